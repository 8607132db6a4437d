"""Values of features in patches: looked up, checked against their dtypes, and turned into what is to be written."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from lnql.errors import InvalidError, LnqlError
from lnql.models.base import Registry
from lnql.models.dtypes import Dtype, LabelSource, parse_dtype
from lnql.models.feature_values import stored_value
from lnql.models.feature_writing import FeatureChange, FeatureValue
from lnql.suggestions import did_you_mean

from .feature_places import label_field
from .global_ids import parse_global_id
from .matching import Matching
from .registry import Catalog, RegistryInfo

FEATURE_FIELDS = ("databaseId", "uid", "name", "dtype", "coerce", "typeId")
WORDS = ("set", "add", "remove")
Entry = Mapping[str, Any]


class _Feature(Struct, frozen=True):
    """What is known of a feature that a patch names."""

    id: int
    uid: str
    name: str
    dtype: Dtype
    coerce: bool
    is_top: bool


LabelKey = tuple[str, str, str | None, Any]
"""A label that is told by a value: its registry, the field, what narrows the registry down, the value."""


class FeatureReader:
    """Reads the values of features of many patches together: features in one statement, labels in one per registry."""

    def __init__(self, catalog: Catalog, matching: Matching, patches: Sequence[Entry]) -> None:
        self._catalog = catalog
        self._matching = matching
        entries = [entry for patch in patches for word in WORDS for entry in patch.get(word) or ()]
        self._features = self._load(entries)
        self._labels = self._find_labels(entries)

    def read(self, patch: Entry) -> tuple[FeatureChange, list[LnqlError]]:
        """What a patch asks for, and what is wrong with it; paths start with the key in the patch."""
        errors: list[LnqlError] = []
        values: dict[str, list[FeatureValue]] = {word: [] for word in WORDS}
        for word in WORDS:
            for number, entry in enumerate(patch.get(word) or ()):
                try:
                    values[word] += self._values(entry, removed=word == "remove")
                except LnqlError as error:
                    error.path = ("features", word, str(number))
                    errors.append(error)
        return FeatureChange(bool(patch.get("clear")), **values), errors

    def _values(self, entry: Entry, *, removed: bool) -> list[FeatureValue]:
        feature = self._feature(entry)
        value, labels = entry.get("value"), entry.get("labels")
        if value is not None and labels is not None:
            raise InvalidError(f'The feature "{feature.name}" is given a value and labels.', hint="Say one of them.")
        if value is None and labels is None:
            return [FeatureValue(feature.id)] if removed else []
        if feature.dtype.is_categorical:
            keys = self._label_keys(feature, value, labels)
            return [FeatureValue(feature.id, labels=keys, is_list=feature.dtype.is_list)]
        if labels is not None:
            raise InvalidError(f'The feature "{feature.name}" ({feature.dtype.text}) has no labels.', hint="Say value.")
        several = isinstance(value, list) and not feature.dtype.is_list and feature.dtype.scalar != "object"
        items = value if isinstance(value, list) and several else [value]
        try:
            stored = [stored_value(feature.dtype, item, coerce=feature.coerce) for item in items]
        except InvalidError as error:
            raise InvalidError(f'The feature "{feature.name}": {error}') from None
        return [FeatureValue(feature.id, json=stored, is_list=feature.dtype.is_list)]

    # Features

    def _load(self, entries: Iterable[Entry]) -> dict[str, list[_Feature]]:
        """The features that entries name, by name and by uid."""
        told = list(entries)
        info = self._catalog.get("Feature")
        if not told or info is None:
            return {}
        found: dict[str, list[_Feature]] = {}
        for name, by in (
            ("name", {entry.get("name") for entry in told}),
            ("uid", {entry.get("uid") for entry in told}),
        ):
            for row in self._matching.rows(info, name, by - {None}, FEATURE_FIELDS, main_only=name == "name"):
                feature = _Feature(
                    row["databaseId"],
                    row["uid"],
                    row["name"],
                    parse_dtype(row["dtype"] or ""),
                    bool(row["coerce"]),
                    row["typeId"] is None,
                )
                found.setdefault(row[name], []).append(feature)
        return found

    def _feature(self, entry: Entry) -> _Feature:
        name, uid = entry.get("name"), entry.get("uid")
        if (name is None) == (uid is None):
            raise InvalidError("Say the name of a feature, or its uid.")
        found = [feature for feature in self._features.get(name or uid or "", ()) if feature.dtype.text]
        if not found and self._features.get(name or uid or ""):
            raise InvalidError(f"{name or uid!r} is a type of features, and has no values.")
        if not found:
            raise InvalidError(f"There is no feature {name or uid!r}.", hint=did_you_mean(name or "", self._features))
        top = [feature for feature in found if feature.is_top]
        if len(found) > 1 and len(top) != 1:
            which = ", ".join(f"{feature.uid} ({feature.dtype.text})" for feature in found)
            raise InvalidError(f"{len(found)} features are named {name!r}.", hint=f"Say the uid: {which}.")
        return top[0] if len(found) > 1 else found[0]

    # Labels

    def _sources(self, dtype: Dtype) -> list[tuple[RegistryInfo, LabelSource]]:
        by_table = {info.table.name: info for info in self._catalog.values()}
        return [(by_table[source.table], source) for source in dtype.labels if source.table in by_table]

    def _find_labels(self, entries: Iterable[Entry]) -> dict[LabelKey, int]:
        """The keys of the labels that entries tell by value."""
        wanted: dict[tuple[str, LabelSource], set[str]] = {}
        infos: dict[str, RegistryInfo] = {}
        for entry in entries:
            value = entry.get("value")
            texts = {text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)}
            for feature in self._features.get(entry.get("name") or entry.get("uid") or "", ()):
                for info, source in self._sources(feature.dtype):
                    infos[info.name] = info
                    wanted.setdefault((info.name, source), set()).update(texts)
        found: dict[LabelKey, int] = {}
        for (name, source), texts in wanted.items():
            by = label_field(infos[name], source.field)
            for row in self._matching.rows(infos[name], by.name, texts, ("databaseId",), source.within, main_only=True):
                found.setdefault((name, by.name, source.within, row[by.name]), row["databaseId"])
        return found

    def _label_keys(self, feature: _Feature, value: Any, ids: Sequence[str] | None) -> dict[type[Registry], list[int]]:
        keys: dict[type[Registry], list[int]] = {}
        for item in ids if ids is not None else value if isinstance(value, list) else [value]:
            model, key = self._label_by_id(feature, item) if ids is not None else self._label(feature, item)
            keys.setdefault(model, []).append(key)
        return keys

    def _label(self, feature: _Feature, value: Any) -> tuple[type[Registry], int]:
        for info, source in self._sources(feature.dtype):
            by = label_field(info, source.field)
            key = self._labels.get((info.name, by.name, source.within, value)) if isinstance(value, str) else None
            if key is not None:
                return info.model, key
        words = " or ".join(info.singular_words for info, _ in self._sources(feature.dtype))
        raise InvalidError(f'The feature "{feature.name}" ({feature.dtype.text}): there is no {words} {value!r}.')

    def _label_by_id(self, feature: _Feature, id_: str) -> tuple[type[Registry], int]:
        info, key = parse_global_id(id_, self._catalog)
        if not any(info is own for own, _ in self._sources(feature.dtype)) or not self._matching.visible(info, [key]):
            raise InvalidError(f'The feature "{feature.name}" ({feature.dtype.text}) has no label {id_!r}.')
        return info.model, key
