"""JSON objects and lists as composed text."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement

from .dialects import Dialect, Part


def json_object(members: Iterable[tuple[str, Iterable[Part]]]) -> list[Part]:
    """Write an object; keys are response keys, which need no escape."""
    parts: list[Part] = ["{"]
    for key, value in members:
        parts += [f'{"" if parts == ["{"] else ","}"{key}":', *value]
    return [*parts, "}"]


def json_list(dialect: Dialect, row: ColumnElement[Any], where: ColumnElement[bool] | None = None) -> list[Part]:
    """Write the texts of many rows, in the order of the sub-query they come from, as a list."""
    return ["[", dialect.join_rows(row, where), "]"]
