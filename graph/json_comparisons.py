"""Comparisons of JSON values, in columns and of features, with operands of a plan."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from .comparators import Comparator
from .conditions import JsonOperand
from .dialects import Predicate
from .json_values import JsonValue
from .scalars import Kind
from .statements import Draft


def compare_json(
    draft: Draft,
    value: sa.ColumnElement[Any],
    comparator: Comparator,
    operands: Sequence[JsonOperand],
    flag: bool | None,
    *,
    only_true: bool = False,
) -> Predicate:
    """Compare a JSON value with operands that know their types."""
    if flag is not None:
        return comparator.json(draft.dialect, value, flag)
    others = (JsonValue(one.type, one.is_list, draft.operand(Kind.JSON, one.slot), only_true) for one in operands)
    return comparator.json(draft.dialect, value, *others)
