"""Making rows as LaminDB does: one that exists already is returned, one that shares a key becomes its next version."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from lnql.errors import InvalidError, LnqlError

from .base import Registry, table_of
from .branches import MAIN, TRASH
from .changes import RowChange
from .completion import Values, complete, missing, uid_error
from .content import content_values
from .existing import changed_values, find_existing, find_repeated
from .feature import Feature
from .feature_dtypes import dtype_error
from .schema import Schema
from .schema_content import empty_schema
from .sheets import sheet_errors
from .typed import type_errors
from .versions import continue_family, demote_others, is_unfinished, is_versioned, known_keys, revised
from .writing import Outcome, Writing


def create(writing: Writing, model: type[Registry], changes: Sequence[RowChange]) -> list[Outcome]:
    """Make rows; one that is refused does not keep the others from being made.

    Rows of families that there are already are made one after the other, since each changes the next one's family.
    """
    apart = _in_families(writing.connection, model, changes)
    together = [change for number, change in enumerate(changes) if number not in apart]
    made = iter(_create_together(writing, model, together))
    return [
        _create_version(writing, model, change) if number in apart else next(made)
        for number, change in enumerate(changes)
    ]


def _in_families(connection: sa.Connection, model: type[Registry], changes: Sequence[RowChange]) -> set[int]:
    """The numbers of the rows that revise others or share a key, with rows that exist or with each other."""
    if not is_versioned(model):
        return set()
    keys = [change.values.get("key") for change in changes]
    seen = known_keys(connection, model, {key for key in keys if key}) if "key" in table_of(model).c else set()
    apart = set()
    for number, (key, change) in enumerate(zip(keys, changes, strict=True)):
        if change.revises is not None or (key in seen and "uid" not in change.values):
            apart.add(number)
        if key:
            seen.add(key)
    return apart


def _create_together(writing: Writing, model: type[Registry], changes: Sequence[RowChange]) -> list[Outcome]:
    said = [dict(change.values) for change in changes]
    errors = type_errors(writing.connection, model, changes)
    errors = [
        wrong or uid_error(model, change.values.get("uid")) or _complete(writing, model, change)
        for wrong, change in zip(errors, changes, strict=True)
    ]
    existing = _existing(writing, model, said, [change.values for change in changes])
    outcomes: list[Outcome | None] = list(errors)
    for number, id_ in enumerate(existing):
        if outcomes[number] is None and id_ is not None:
            outcomes[number] = _update_existing(writing, model, id_, said[number], changes[number])
    unfitting = sheet_errors(writing.connection, model, changes)
    outcomes = [wrong if outcome is None else outcome for outcome, wrong in zip(outcomes, unfitting, strict=True)]
    new = [number for number, outcome in enumerate(outcomes) if outcome is None]
    made = iter(_insert(writing, model, [said[number] for number in new], [changes[number] for number in new]))
    return [next(made) if outcome is None else outcome for outcome in outcomes]


def _insert(
    writing: Writing, model: type[Registry], said: Sequence[Values], changes: Sequence[RowChange]
) -> list[Outcome]:
    """Insert rows; one that is the same as one before it in the list is that one, as if they came one by one."""
    firsts = find_repeated(model, said, [change.values for change in changes])
    made = iter(writing.insert(model, [change for change, first in zip(changes, firsts, strict=True) if first is None]))
    outcomes: list[Outcome] = []
    for first, values, change in zip(firsts, said, changes, strict=True):
        known = next(made) if first is None else outcomes[first]
        if first is None:
            outcomes.append(known)
        elif isinstance(known, int):
            outcomes.append(_update_existing(writing, model, known, values, change))
        else:
            outcomes += writing.insert(model, [change])
    return outcomes


def _create_version(writing: Writing, model: type[Registry], change: RowChange) -> Outcome:
    """Make the next version of a family, unless the same content is there already."""
    connection, said = writing.connection, dict(change.values)
    change.values = complete(model, said, writing.user)
    change.values |= content_values(connection, model, change)
    (existing,) = _existing(writing, model, [said], [change.values])
    before = revised(connection, model, change.values, change.revises)
    if before is not None and before["id"] not in writing.sees(model, [before["id"]]):
        before = None
    if existing is None and change.revises is None and is_unfinished(model, before):
        existing = before["id"] if before else None
    if existing is not None:
        return _update_existing(writing, model, existing, said, change)
    try:
        if before is not None:
            change.values = continue_family(connection, model, change.values, before)
    except LnqlError as error:
        return error
    if lacking := _complete(writing, model, change):
        return lacking
    (outcome,) = writing.insert(model, [change])
    if isinstance(outcome, int):
        demote_others(connection, model, outcome)
    return outcome


def _existing(
    writing: Writing, model: type[Registry], said: Sequence[Values], full: Sequence[Values]
) -> list[int | None]:
    """The rows that exist already; one that whoever writes does not see is none."""
    found = find_existing(writing.connection, model, said, full)
    seen = writing.sees(model, [id_ for id_ in found if id_ is not None])
    return [id_ if id_ is not None and id_ in seen else None for id_ in found]


def _complete(writing: Writing, model: type[Registry], change: RowChange) -> LnqlError | None:
    """Fill in what a new row lacks; an error where that is not possible."""
    change.values = complete(model, change.values, writing.user, _organism(writing, change.values))
    change.values |= content_values(writing.connection, model, change)
    lacking = missing(model, change.values)
    if lacking:
        verb = "is" if len(lacking) == 1 else "are"
        return InvalidError(f"{', '.join(lacking)} {verb} required.", path=(lacking[0],))
    if model is Feature:
        return dtype_error(writing.connection, change.values, writing.present)
    return empty_schema(change) if model is Schema else None


def _organism(writing: Writing, values: Values) -> str:
    """The name of the organism of a biological entity, which its uid may depend on."""
    id_ = values.get("organism_id")
    if id_ is None or values.get("uid") is not None:
        return ""
    return writing.organism_name(id_)


def _update_existing(writing: Writing, model: type[Registry], id_: int, said: Values, change: RowChange) -> Outcome:
    """Give a row that exists what was said anew of it, and take it out of the trash."""
    table = table_of(model)
    columns = [table.c[name] for name in {*said, "id", "branch_id", "_dtype_str"} if name in table.c]
    row: Any = writing.connection.execute(sa.select(*columns).where(table.c.id == id_)).mappings().one()
    dtype = said.get("_dtype_str")
    if dtype is not None and dtype != row["_dtype_str"]:
        name = said.get("name")
        message = f"The feature {name!r} exists with the dtype {row['_dtype_str']}, not {dtype}."
        return InvalidError(message, path=("_dtype_str",))
    values = {name: value for name, value in changed_values(model, said).items() if row[name] != value}
    if row.get("branch_id") == TRASH:
        values["branch_id"] = MAIN
    try:
        if values or change.links or change.features:
            writing.update(model, [id_], RowChange(values, change.links, change.features))
    except LnqlError as error:
        return error
    return id_
