"""Values of features that are to be written: of which feature each is, and in the form that its dtype asks for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from .errors import ValidationError

if TYPE_CHECKING:
    from .connection import Connection

SEVERAL = (list, tuple, set, frozenset)
LENGTH_OF_DAY = len("2026-01-31")


def by_feature(connection: "Connection", values: Mapping[Any, Any]) -> dict[Any, Any]:
    """Values by their features, in the form of the dtype; what is empty as None. Names without a feature stay names.

    Raises:
        ValidationError: for a value that the dtype does not take, or a name of several features of one rank.
    """
    found = _features(connection, [name for name in values if isinstance(name, str)])
    given = {found.get(key, key) if isinstance(key, str) else key: value for key, value in values.items()}
    return {feature: None if is_empty(value) else _formed(feature, value) for feature, value in given.items()}


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: None, what pandas takes for missing, and what holds nothing."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(value, float):
        return value != value
    return isinstance(value, (*SEVERAL, dict)) and not value


def _features(connection: "Connection", names: list[str]) -> dict[str, Any]:
    """The features of these names; of several of one name the one that is under the fewest types, as in LaminDB."""
    if not names:
        return {}
    registry = connection.registry("Feature")
    rows: list[Any] = sorted(registry.filter(name__in=names), key=lambda feature: str(feature.name))
    return {name: _topmost(name, list(features)) for name, features in groupby(rows, key=lambda row: str(row.name))}


def _topmost(name: str, features: list[Any]) -> Any:
    if len(features) == 1:
        return features[0]
    ranked = sorted(((sum(1 for _ in _types(feature)), feature) for feature in features), key=lambda pair: pair[0])
    least = ranked[0][0]
    first, *others = [feature for rank, feature in ranked if rank == least]
    if others:
        same = ", ".join(f"{feature.uid} ({feature.dtype_as_str})" for feature in (first, *others))
        raise ValidationError(
            f"{1 + len(others)} features are named '{name}': {same}.", hint="Pass the feature itself."
        )
    return first


def _types(feature: Any) -> Iterator[Any]:
    """The types that a feature is under, the nearest first."""
    while feature.type_id is not None:
        feature = feature.type
        yield feature


def _formed(feature: Any, value: Any) -> Any:
    """A value in the form that its feature's dtype asks for; the server checks the rest."""
    if getattr(feature, "_dtype_str", None) is None:
        return value
    dtype = str(feature._dtype_str)
    form = next((form for start, form in FORMS if dtype.startswith(start)), _single)
    return form(feature, value)


def _as_it_is(feature: Any, value: Any) -> Any:
    return value


def _labels(feature: Any, value: Any) -> Any:
    value = _plain_list(value)
    if hasattr(value, "to_list") and not isinstance(value, SEVERAL):
        raise _refusal(feature, value, "Pass a list of labels: call its to_list().")
    return value


def _list(feature: Any, value: Any) -> Any:
    """Lists are in order, so that no set is one."""
    value = _plain_list(value)
    if not isinstance(value, list | tuple):
        raise _refusal(
            feature, value, f"Pass a list, such as [{value!r}]." if isinstance(value, str) else "Pass a list."
        )
    return value


def _plain_list(value: Any) -> Any:
    """Arrays and columns of frames as lists."""
    return value.tolist() if hasattr(value, "tolist") else value


def _single(feature: Any, value: Any) -> Any:
    if isinstance(value, SEVERAL):
        raise _refusal(feature, value, "It takes one value at a time: add them one after the other.")
    return value


def _day(feature: Any, value: Any) -> Any:
    """An instant is on a day."""
    if isinstance(value, str) and len(value) > LENGTH_OF_DAY:
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return value
    return value.date() if isinstance(value, datetime) else _single(feature, value)


def _instant(feature: Any, value: Any) -> Any:
    """Days and texts are instants only where the feature coerces; those with a time zone are of another dtype."""
    days_or_texts = isinstance(value, str) or (isinstance(value, date) and not isinstance(value, datetime))
    if not feature.coerce and (days_or_texts or getattr(value, "tzinfo", None)):
        raise _refusal(feature, value, "Pass a datetime.datetime without a time zone, or set feature.coerce.")
    return _single(feature, value)


def _refusal(feature: Any, value: Any, hint: str) -> ValidationError:
    return ValidationError(f"The feature '{feature.name}' ({feature.dtype_as_str}) does not take {value!r}.", hint=hint)


FORMS: Iterable[tuple[str, Callable[[Any, Any], Any]]] = (
    ("list[", _list),
    ("cat", _labels),
    ("dict", _as_it_is),
    ("datetime64", _single),
    ("datetime", _instant),
    ("date", _day),
)
"""How values are formed, by the beginning of the dtype."""
