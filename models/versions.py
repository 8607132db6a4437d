"""Versions: rows whose uids share a stem are a family, of which one on each branch is the latest."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from lnql.errors import InvalidError, NotUniqueError

from .artifact import Artifact
from .base import Registry, table_of
from .branches import MAIN, TRASH
from .collection import Collection
from .completion import Values
from .mixins import Versioned
from .transform import Transform
from .uids import VERSION_LENGTH, next_version_uid

FAMILY: dict[type[Registry], tuple[str, ...]] = {
    Artifact: ("key", "storage_id"),
    Collection: ("key",),
    Transform: ("key",),
}
"""Columns whose values make a new row a version of those that have the same."""


def revised(
    connection: sa.Connection, model: type[Registry], values: Values, revises: int | None
) -> sa.RowMapping | None:
    """The version that a new row comes after: of the family that it revises, or of the one that has the same key."""
    return _latest(connection, model, values) if revises is None else _latest_like(connection, model, revises)


def continue_family(connection: sa.Connection, model: type[Registry], values: Values, before: sa.RowMapping) -> Values:
    """The values of a new row as those of the next version.

    A key and a description that are not given are those of the version before. Raises NotUniqueError for its tag,
    InvalidError where the family has no room for another version.
    """
    tag = values.get("version_tag")
    if tag is not None and tag == before["version_tag"]:
        raise NotUniqueError(
            f"The version tag {tag!r} is already taken.", hint="Change it or leave it out.", path=("version_tag",)
        )
    try:
        uid = next_version_uid(_largest_uid(connection, model, before["uid"]))
    except ValueError as error:
        raise InvalidError(str(error), path=("revises",)) from None
    taken = {name: before[name] for name in ("key", "description") if name in before and values.get(name) is None}
    return {**values, **taken, "uid": uid}


def is_unfinished(model: type[Registry], latest: sa.RowMapping | None) -> bool:
    """Whether the latest version is a transform without source code yet: LaminDB returns that one as it is."""
    return model is Transform and latest is not None and latest["source_code"] is None


def known_keys(connection: sa.Connection, model: type[Registry], keys: Iterable[str]) -> set[str]:
    """Those of some keys that rows have."""
    wanted = set(keys)
    column = table_of(model).c.key
    return set(connection.scalars(sa.select(column).where(column.in_(wanted)).distinct())) if wanted else set()


def demote_others(connection: sa.Connection, model: type[Registry], id_: int) -> None:
    """Let a new version be the only latest one of its family on its branch."""
    table = table_of(model)
    row = connection.execute(sa.select(table).where(table.c.id == id_)).mappings().one()
    others = sa.update(table).where(*_family(connection, table, row["uid"]), table.c.id != id_, table.c.is_latest)
    if "branch_id" in table.c:
        others = others.where(table.c.branch_id == row["branch_id"])
    connection.execute(others.values(is_latest=False))


def promote_previous(connection: sa.Connection, model: type[Registry], ids: Sequence[int]) -> None:
    """Before rows go: where one is the latest version, let the newest of the others on its branch be it."""
    table = table_of(model)
    heads = sa.select(table).where(table.c.id.in_(ids), table.c.is_latest)
    for head in connection.execute(heads).mappings().all():
        others = sa.select(table.c.id).where(*_family(connection, table, head["uid"]), table.c.id.not_in(ids))
        if "branch_id" in table.c:
            others = others.where(table.c.branch_id == head["branch_id"])
        newest = connection.scalar(others.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(1))
        connection.execute(sa.update(table).where(table.c.id == newest).values(is_latest=True))
        if newest is not None:
            connection.execute(sa.update(table).where(table.c.id == head["id"]).values(is_latest=False))


def move_versions(connection: sa.Connection, model: type[Registry], ids: Sequence[int], branch: int) -> None:
    """Move rows to a branch. Where they leave and where they come to, one version of their family is the latest."""
    table = table_of(model)
    if branch == TRASH:
        promote_previous(connection, model, ids)
    moving = sa.select(table.c.uid, table.c.branch_id).where(table.c.id.in_(ids), table.c.branch_id != branch)
    left = connection.execute(moving).all()
    connection.execute(sa.update(table).where(table.c.id.in_(ids)).values(branch_id=branch))
    for stem, of in dict.fromkeys((uid[:-VERSION_LENGTH], of) for uid, before in left for of in (before, branch)):
        if of != TRASH:
            _settle(connection, table, stem + "0" * VERSION_LENGTH, of)


def _settle(connection: sa.Connection, table: sa.Table, uid: str, branch: int) -> None:
    """Keep one latest version of a family on a branch: the newest of several, or of all where there is none."""
    own = sa.select(table.c.id).where(*_family(connection, table, uid), table.c.branch_id == branch)
    newest = sa.select(
        own.order_by(table.c.is_latest.desc(), table.c.created_at.desc(), table.c.id.desc()).limit(1).subquery().c.id
    )
    latest = connection.scalar(newest)
    changed = table.c.is_latest != (table.c.id == latest)
    connection.execute(sa.update(table).where(table.c.id.in_(own), changed).values(is_latest=table.c.id == latest))


def is_versioned(model: type[Registry]) -> bool:
    """Whether the rows of a registry come in versions."""
    return issubclass(model, Versioned)


def _latest_like(connection: sa.Connection, model: type[Registry], id_: int) -> sa.RowMapping:
    """The latest version of the family of a row."""
    table = table_of(model)
    row = connection.execute(sa.select(table).where(table.c.id == id_)).mappings().one()
    if row["is_latest"]:
        return row
    heads = sa.select(table).where(*_family(connection, table, row["uid"]), table.c.is_latest)
    return connection.execute(heads.order_by(table.c.uid.desc()).limit(1)).mappings().one_or_none() or row


def _latest(connection: sa.Connection, model: type[Registry], values: Values) -> sa.RowMapping | None:
    """The latest version with the same key, preferably on the branch that the new row is made on."""
    names = FAMILY.get(model)
    if names is None or any(values.get(name) is None for name in names):
        return None
    table = table_of(model)
    same = [table.c[name] == values[name] for name in names]
    own = sa.case((table.c.branch_id == values.get("branch_id", MAIN), 0), else_=1)
    heads = sa.select(table).where(*same, table.c.is_latest).order_by(own, table.c.uid.desc()).limit(1)
    return connection.execute(heads).mappings().one_or_none()


def _largest_uid(connection: sa.Connection, model: type[Registry], uid: str) -> str:
    table = table_of(model)
    uids: Iterable[str] = connection.scalars(sa.select(table.c.uid).where(*_family(connection, table, uid)))
    return max(uids)  # compared here: the database's order of characters is its own


def _family(connection: sa.Connection, table: sa.Table, uid: str) -> list[sa.ColumnElement[bool]]:
    """Whether rows share the stem of a uid, case included, in the form that lets an index find them."""
    stem, column = uid[:-VERSION_LENGTH], table.c.uid
    starts = column.op("GLOB")(f"{stem}*") if connection.dialect.name == "sqlite" else column.startswith(stem)
    return [starts, sa.func.length(column) == len(uid)]
