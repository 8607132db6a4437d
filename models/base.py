"""What a registry is."""

import re
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Date, MetaData, Table, Text, event
from sqlalchemy.orm import DeclarativeBase

from .naming import NAMING, add_foreign_keys, complete
from .types import UTCDateTime


class Base(DeclarativeBase):
    """Everything that is mapped to a table; `Base.metadata` holds all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text, datetime: UTCDateTime, date: Date}

    def __init_subclass__(cls, **options: Any) -> None:
        """Map the class, then describe its columns and add its foreign keys."""
        super().__init_subclass__(**options)
        if "__table__" in cls.__dict__ and isinstance(cls.__table__, Table):
            _describe_columns(cls.__table__)
            add_foreign_keys(cls.__table__)


def complete_tables() -> list[Table]:
    """All declared tables, with what follows from their columns.

    That is added when tables are made, or an error about one is to be explained: a server that starts need not wait for
    it.
    """
    for table in Base.metadata.tables.values():
        complete(table)
    return list(Base.metadata.tables.values())


@event.listens_for(Base.metadata, "before_create")
def _complete_tables(_: MetaData, __: Connection, **___: Any) -> None:
    complete_tables()


@event.listens_for(Base.metadata, "after_create")
def _keep_foreign_keys(metadata: MetaData, _connection: Connection, **_: Any) -> None:
    """Where tables refer to each other in a circle, PostgreSQL adds foreign keys after the tables.

    SQLAlchemy then marks them as not to be created with their tables, on any database: SQLite would never get them.
    """
    for table in metadata.tables.values():
        for constraint in table.foreign_key_constraints:
            constraint._create_rule = None


def _describe_columns(table: Table) -> None:
    """A column without a description is described by its name."""
    for column in table.columns:
        column.doc = column.doc or f"{column.name.replace('_', ' ').strip().capitalize()}."


class Registry(Base):
    """A table whose rows are looked up, filtered and linked under their own name: each subclass is a GraphQL type.

    `__singular__` and `__plural__` name one and several of its records; `__name_field__` is what people call one.
    """

    __abstract__ = True
    __singular__: ClassVar[str]
    __plural__: ClassVar[str]
    __name_field__: ClassVar[str] = "name"

    def __init_subclass__(cls, **options: Any) -> None:
        """Fill in the names of one and of several records from the class name: `cell_type`, `cell_types`."""
        own = cls.__dict__
        if "__singular__" not in own:
            cls.__singular__ = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()
        if "__plural__" not in own:
            cls.__plural__ = f"{cls.__singular__}s"
        super().__init_subclass__(**options)
        if "__table__" in own and not hasattr(cls, cls.__name_field__):
            cls.__name_field__ = "uid"


def table_of(model: type[Base]) -> Table:
    """The table that a class is mapped to."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101  no class is mapped to a join
    return table


def singular_words(model: type[Registry]) -> str:
    """What people call one of its records: `cell type`."""
    return model.__singular__.replace("_", " ")


def with_article(model: type[Registry]) -> str:
    """What people call one of its records of which nothing was said yet: `a cell type`, `an artifact`, `a user`."""
    words = singular_words(model)
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"


def plural_words(model: type[Registry]) -> str:
    """What people call several of its records: `cell types`."""
    return model.__plural__.replace("_", " ")


def first_sentence(model: type[Base]) -> str:
    """The description of a registry: the first sentence of its own docstring."""
    doc = model.__dict__.get("__doc__") or f"Records of the registry {model.__name__}."
    return " ".join(doc.split("\n\n")[0].split()).partition(". ")[0].rstrip(".") + "."
