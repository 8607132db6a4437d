"""Lists of records: what is found, or made, for a list of values."""

from typing import Any


class SQLRecordList(list[Any]):
    """Records in a list, with the methods that query sets have for what was read."""

    def to_list(self, field: str | None = None) -> list[Any]:
        """The records as a plain list, or the values of one field."""
        return list(self) if field is None else [getattr(record, field) for record in self]
