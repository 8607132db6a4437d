"""Link tables with the values of a record's features."""

from sqlalchemy import Column, Table, UniqueConstraint, text

from .link_tables import key, link, owner
from .types import JSONColumn


def record_value(name: str, doc: str, value: Column[int]) -> Table:
    """Values of a record's features: the same value once per record and feature."""
    return link(name, doc, *of_record(), value, UniqueConstraint("record_id", "feature_id", "value_id"))


def of_record() -> tuple[Column[int], Column[int]]:
    """Which record has a value, and of which feature."""
    return (
        owner("record_id -> lamindb_record", "The record that has the value."),
        key("feature_id -> lamindb_feature", "The feature that the value is of."),
    )


link(
    "lamindb_recordjson",
    "Values of a record's features that are no records: numbers, text, dates, lists and so on.",
    *of_record(),
    Column(
        "value",
        JSONColumn,
        server_default=text("'null'"),
        nullable=False,
        doc="The value: a number, a text, a date as text, a list or a dictionary.",
    ),
    UniqueConstraint("record_id", "feature_id"),
)

for name in ("artifact", "collection", "project", "record", "reference", "run", "transform", "ulabel", "user"):
    record_value(
        f"lamindb_record{name}",
        f"Values of a record's features that are {name}s.",
        key(f"value_id -> lamindb_{name}", f"The {name} that is the value."),
    )
