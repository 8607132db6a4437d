"""Sheets: the records of one type as a frame of their features, in the order of the type's schema."""

from typing import TYPE_CHECKING, Any

from .record import BaseRecord

if TYPE_CHECKING:
    import pandas as pd

    from .queryset import QuerySet

INDEX = "__lamindb_record_id__"
UID = "__lamindb_record_uid__"
NAME = "__lamindb_record_name__"


class _FrameOfClassOrRecord:
    """`Record.to_dataframe()` is of the newest records, `samples.to_dataframe()` of the records of a type."""

    def __get__(self, record: Any, registry: Any) -> Any:
        return registry.filter().to_dataframe if record is None else record._sheet


class HasSheet(BaseRecord):
    """A record; if it is a type, the records of the type as a sheet."""

    to_dataframe = _FrameOfClassOrRecord()

    def _sheet(self, recurse: bool = False, **options: Any) -> "pd.DataFrame":
        """The records of this type as a frame of their features.

        Args:
            recurse: whether records of types below this one are meant too.
            options: as of `QuerySet.to_dataframe`.

        Raises:
            TypeError: if this record is no type.
        """
        from .errors import InvalidTypeError

        if not self.is_type:
            raise InvalidTypeError(f"{self!r} is no type.", hint="to_dataframe() is for types, and for query sets.")
        rows = self.query_records() if recurse else type(self).filter(type=self)
        return sheet(rows, self, **({"include": "features"} | options))


def type_of_all(rows: "QuerySet") -> Any | None:
    """The type that all records of a query set have; None if they have several, or one has none."""
    if rows._query.sliced or rows._query.search:
        return None
    types = set(rows.order_by().values_list("type_id", flat=True).distinct()[:2])
    key = types.pop() if len(types) == 1 else None
    return None if key is None else rows._registry.objects.get(id=key)


def sheet(rows: "QuerySet", type_: Any, **options: Any) -> "pd.DataFrame":
    """Make the sheet of the records of a type: all of them, oldest first, unless options say otherwise."""
    from .dataframe import to_dataframe

    chosen = {"include": None, "features": None, "limit": None, "order_by": "id"} | options
    frame = to_dataframe(rows, **chosen).rename(columns={"uid": UID, "name": NAME})
    if "id" in frame.columns:
        frame = frame.set_index("id")
    members = type_.schema.members.to_list("name") if type_.schema else sorted(frame.columns.difference([UID, NAME]))
    frame = frame.reindex(columns=[*members, *frame.columns.difference(members, sort=False)])
    return frame.rename_axis(index=INDEX)
