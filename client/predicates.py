"""Conditions on the values of features: `feature == "DMSO"`, `feature > 21`, and keywords that name features."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from .catalog import RegistryInfo
from .errors import FieldError, InvalidArgument, InvalidValueError, ObjectDoesNotExist, QueryStateError
from .leaves import Leaf, among_booleans
from .lookups import LOOKUPS, MEANT, PARTS_OF_TEXT, Filter
from .messages import warn_caller
from .q import Q
from .suggestions import did_you_mean
from .values import encode, plain

if TYPE_CHECKING:
    from .connection import Connection

FEATURE_COLUMNS = ("uid", "name", "_dtype_str")


@dataclass(frozen=True)
class FeaturePredicate:
    """A condition on the value of one feature, to be passed to `filter` or joined with `Q` objects."""

    uid: str
    name: str
    condition: tuple[tuple[str, Any], ...]
    """Of the filter's entry; none where nothing meets it."""
    label: tuple[str, str, str] | None = None
    """What has to be the name of a label: a dtype, a lookup and a text."""

    def check(self, connection: "Connection") -> None:
        """Refuse a label that does not exist, as LaminDB does: it is more often a slip of the pen than a question.

        Raises:
            ObjectDoesNotExist: if there is none.
        """
        if self.label:
            _require_label(connection, *self.label)

    def as_leaf(self, info: RegistryInfo) -> Leaf:
        """Make it a condition of a filter.

        Raises:
            FieldError: if records of this registry have no values of features.
        """
        if not info.has_features:
            raise FieldError(f"Feature predicates are only supported for Artifact, Run, and Record, not {info.name}.")
        return Leaf((), {"features": [{"uid": self.uid, **dict(self.condition)}]} if self.condition else {"or": []})

    def __bool__(self) -> bool:
        raise QueryStateError(
            "Feature predicates cannot be used as booleans: pass them to filter(), join them by & and |."
        )

    def __and__(self, other: Any) -> Q:
        return Q(self).__and__(other)

    def __or__(self, other: Any) -> Q:
        return Q(self).__or__(other)

    def __invert__(self) -> Q:
        return ~Q(self)


NUMBERS = ("int", "float", "num")
ORDERED = ("gt", "gte", "lt", "lte", "between")
INSTANTS: Mapping[str, str] = {"datetime": "DateTime", "date": "Date"}
"""The scalars whose texts may be shorter than they are stored, by the dtype."""


def condition_of(dtype: str | None, comparator: str, value: Any, path: tuple[str, ...] = ()) -> Filter:
    """Write a comparison of a feature's value: None means no value, records stand for themselves.

    Raises:
        ValidationError: for a text that is no date, of a feature with dates.
    """
    kind = "JSON" if path else INSTANTS.get(kind_of(dtype), "JSON")
    place: Filter = {"path": list(path)} if path else {}
    if value is None and comparator == "eq":
        return place | {"isJsonNull" if path else "isNull": True}
    if comparator == "isNull" and not isinstance(value, bool):
        raise InvalidValueError("The value for an isnull lookup must be True or False.")
    if hasattr(value, "__registry_info__"):
        return {"label": {"uid": {comparator: _uid(dtype, value)}}}
    if not path and comparator in ORDERED and kind_of(dtype) in NUMBERS:
        value = [_number(item) for item in value] if comparator == "between" else _number(value)
    if comparator in ("in", "notIn", "between"):
        values = list(value)
        if values and all(hasattr(item, "__registry_info__") for item in values):
            return {"label": {"uid": {comparator: [_uid(dtype, item) for item in values]}}}
        encoded = [encode(kind, item) for item in values]
        return (
            among_booleans(encoded)
            if kind_of(dtype) == "bool" and comparator == "in"
            else place | {comparator: encoded}
        )
    return place | {comparator: value if comparator == "isNull" else encode(kind, value)}


def kind_of(dtype: str | None) -> str:
    """The outermost part of a dtype: `list` of `list[int]`, `datetime` of `datetime64[ns, UTC]`."""
    return re.split(r"\W", dtype or "")[0].removesuffix("64")


def _uid(dtype: str | None, record: Any) -> str:
    """The uid of a record that is to be a label.

    Raises:
        InvalidValueError: if labels of the dtype are of other registries.
    """
    registries = [name for name, _ in label_parts(dtype)]
    if registries and type(record).__name__ not in registries:
        raise InvalidValueError(f'Cannot query "{record!r}": Must be "{" or ".join(registries)}" instance.')
    return str(record.uid)


def _number(value: Any) -> Any:
    """A text as the number that it spells; the server refuses one that spells none."""
    try:
        return float(value) if isinstance(value, str) and isfinite(float(value)) else value
    except ValueError:
        return value


def keyword_predicates(
    connection: "Connection", info: RegistryInfo, keywords: Mapping[str, Any]
) -> list[FeaturePredicate]:
    """Turn keywords that are no fields into predicates: `temperature__gt=21`, `study_metadata__detail1="123"`.

    Raises:
        InvalidArgument: if one names no feature either.
        MultipleObjectsReturned: if several features have the name.
        ObjectDoesNotExist: if a feature's label does not exist.
    """
    heads = {keyword: keyword.partition("__")[0] for keyword in keywords}
    features = _features(connection, sorted(set(heads.values())))
    unknown = [head for head in heads.values() if head not in features]
    if unknown:
        fields = ", ".join(info.available_fields)
        hint = did_you_mean(unknown[0], [*info.available_fields, *_names(connection)])
        raise InvalidArgument(
            f"You can query either by available fields: {fields}\nOr fix invalid feature names: {', '.join(unknown)}.",
            hint=hint or None,
        )
    return [_predicate(connection, features[head], keyword, keywords[keyword]) for keyword, head in heads.items()]


def _features(connection: "Connection", names: list[str]) -> dict[str, tuple[str, str, str]]:
    """The features of these names: uid, name and dtype."""
    registry = connection.registry("Feature")
    rows = registry.filter(name__in=names, is_type=False).values_list(*FEATURE_COLUMNS)
    found = {name: (uid, name, dtype) for uid, name, dtype in rows}
    if len(rows) > len(found):
        twice = sorted({name for _, name, _ in rows if [row[1] for row in rows].count(name) > 1})
        raise registry.MultipleObjectsReturned(
            f"Several features are called {', '.join(map(repr, twice))}.",
            hint="Get the one you mean, ln.Feature.get(…), and compare it: feature == value.",
        )
    return found


def _names(connection: "Connection") -> list[str]:
    return connection.registry("Feature").filter(is_type=False).values_list("name", flat=True).to_list()


def _predicate(connection: "Connection", feature: tuple[str, str, str], keyword: str, value: Any) -> FeaturePredicate:
    uid, name, dtype = feature
    *path, last = keyword.split("__")[1:] or ["exact"]
    if last == "has_key" and dtype == "dict":
        return FeaturePredicate(uid, name, (("path", [*path, str(value)]), ("isNull", False)))
    if last not in LOOKUPS:
        path, last = [*path, last], "exact"
    if path and "cat[" in dtype:
        raise FieldError(
            f"Unsupported lookup '{'__'.join(path)}' for {name}, whose values are labels ({dtype}).",
            hint=f"Name a label or pass records: {name}='…', {name}__in=records.",
        )
    if dtype == "dict" and not path and last in PARTS_OF_TEXT:
        if not last.endswith("contains"):
            raise FieldError(f"The values of {name} are dictionaries: say the key, {name}__key__{last}={value!r}.")
        last = "icontains"  # of the dictionary as text, as LaminDB does
    if "cat[" in dtype:
        last = MEANT.get(connection.catalog.dialect, {}).get(last, last)
    comparator = LOOKUPS[last].comparator
    if last == "exact" and not path and value is not None and not fits(dtype, value):
        warn_caller(f"{name} is of dtype {dtype}, so no value equals {value!r}.")
        return FeaturePredicate(uid, name, ())
    if last in PARTS_OF_TEXT and dtype.startswith("list[cat["):
        condition = {"label": {_label_field(dtype): {comparator: encode("String", value)}}}
    else:
        condition = condition_of(dtype, comparator, value, tuple(path))
    return FeaturePredicate(uid, name, tuple(condition.items()), label_of(dtype, value, last))


def label_of(dtype: str | None, value: Any, lookup: str = "exact") -> tuple[str, str, str] | None:
    """What has to be the name of a label, if the values of a dtype are labels."""
    if dtype is None or "cat[" not in dtype or not isinstance(value, str):
        return None
    return dtype, lookup, value


def _require_label(connection: "Connection", dtype: str, lookup: str, value: str) -> None:
    tried = []
    for registry, field in label_fields(connection, dtype):
        if registry.filter(**{f"{field}__{lookup}": value}).exists():
            return
        tried.append(f"{registry.__name__} matching `{field}={value}`")
    raise ObjectDoesNotExist(f"Did not find a {' or a '.join(tried)}")


FITTING: Mapping[str, type | tuple[type, ...]] = {
    "int": (int, float),
    "float": (int, float),
    "num": (int, float),
    "str": str,
    "bool": bool,
    "date": (str, date),
    "datetime": (str, date),
    "dict": dict,
    "list": (list, tuple, set),
    "url": str,
    "path": (str, PurePath),
}
"""What can equal a value of a dtype."""


def fits(dtype: str, value: Any) -> bool:
    """Tell whether a value can equal one of a dtype; labels are looked up, so anything may name one."""
    kind = kind_of(dtype)
    if "cat[" in dtype or kind not in FITTING:
        return True
    value = plain(value)
    return isinstance(value, FITTING[kind]) and (kind == "bool" or not isinstance(value, bool))


def label_fields(connection: "Connection", dtype: str) -> list[tuple[Any, str]]:
    """The registries of a categorical dtype, each with the field by which its labels are known.

    `cat[Record]`, `cat[bionty.Gene.ensembl_gene_id]`, `list[cat[ULabel[uid]|bionty.CellType]]`.
    """
    found = []
    for name, field in label_parts(dtype):
        registry = connection.registry(name)
        found.append((registry, field or registry.__registry_info__.name_field or "name"))
    return found


def label_parts(dtype: str | None) -> list[tuple[str, str | None]]:
    """The names of the registries of a categorical dtype, each with the field that it names, if it does.

    >>> label_parts("cat[Record[vODwTHGgv6q5Hydn]|bionty.Gene.ensembl_gene_id]")
    [('Record', None), ('Gene', 'ensembl_gene_id')]
    """
    _, categorical, inner = (dtype or "").partition("cat[")
    parts = [part.split("[")[0].rstrip("]").split(".") for part in inner.split("|")] if categorical else []
    named = [[name for name in part if name != "bionty"] for part in parts]
    return [(names[0], names[1] if len(names) > 1 else None) for names in named]


def _label_field(dtype: str) -> str:
    """What a filter of labels calls the field by which labels of a dtype are known."""
    return {"ontology_id": "ontologyId", "uid": "uid"}.get(label_parts(dtype)[0][1] or "", "name")
