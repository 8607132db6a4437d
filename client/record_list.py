"""Lists of records: what is found, or made, for a list of values."""

from typing import TYPE_CHECKING, Any

from .errors import MultipleObjectsReturned, ObjectDoesNotExist

if TYPE_CHECKING:
    import pandas as pd


class SQLRecordList(list[Any]):
    """Records in a list, with the methods that query sets have for what was read."""

    def to_list(self, field: str | None = None) -> list[Any]:
        """The records as a plain list, or the values of one field."""
        return list(self) if field is None else [getattr(record, field) for record in self]

    def one(self) -> Any:
        """The only record.

        Raises:
            ObjectDoesNotExist: if there is none.
            MultipleObjectsReturned: if there are several.
        """
        if not self:
            raise ObjectDoesNotExist("There is no record in the list.")
        if len(self) > 1:
            raise MultipleObjectsReturned(f"There are {len(self)} records in the list.", hint="Take the first, [0].")
        return self[0]

    def to_dataframe(self) -> "pd.DataFrame":
        """The records as a pandas DataFrame: a row for each, a column for each field, in the order of the list."""
        import pandas as pd

        fields = list(type(self[0]).__registry_info__.fields) if self else []
        return pd.DataFrame([[getattr(record, name) for name in fields] for record in self], columns=fields)

    df = to_dataframe

    def save(self) -> "SQLRecordList":
        """Save the records that are new, those of public ontologies with their sources and all terms above them."""
        from .public_records import save_public
        from .writable import save

        save_public([record for record in self if getattr(record, "_found", None)])
        save(record for record in self if not getattr(record, "_found", None))
        return self
