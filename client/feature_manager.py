"""The values of features that a record has: `artifact.features`."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from . import background
from .documents import KEY
from .errors import ValidationError
from .feature_values import by_feature
from .links import Link, links_of
from .mutations import mutate
from .patches import feature_entries, global_id
from .record import BaseRecord
from .record_list import SQLRecordList
from .schema import SchemaRecord, schemas_by_slot
from .schema_config import optional_uids

VALUES = f"features {{ name dtype value feature {{ {KEY} }} }}"
DATASET = f"schemas(first: 100) {{ nodes {{ itype features(first: 1000) {{ nodes {{ {KEY} }} }} }} }}"
"""The features of a dataset itself: those of the schemas of its slots."""
REQUIRED = f"type {{ schema {{ _aux features(first: 1000) {{ nodes {{ uid name dtype nullable {KEY} }} }} }} }}"
"""What records of a type should have values of."""

MORE = {"Artifact": DATASET, "Record": REQUIRED}
"""What is read besides the values, by the name of the registry."""

Row = Mapping[str, Any]

PARSED: tuple[tuple[str, Callable[[str], Any]], ...] = (
    ("datetime", datetime.fromisoformat),
    ("date", date.fromisoformat),
)
"""How texts are read back, by the beginning of the dtype."""
EMPTY: tuple[tuple[str, Callable[[], Any]], ...] = (("list[", list), ("dict", dict))
"""What stands for a missing value, by the beginning of the dtype."""


class HasFeatures(BaseRecord):
    """A record with values of features: an artifact, a run or a record."""

    @property
    def features(self) -> "FeatureManager":
        """Its values of features.

        >>> artifact.features.get_values()  # doctest: +SKIP
        """
        return FeatureManager(self)


class FeatureManager:
    """The values of features that a record has.

    >>> artifact.features["temperature"]  # doctest: +SKIP
    21.6
    """

    def __init__(self, record: HasFeatures) -> None:
        self._record = record

    def get_values(self, external_only: bool = False) -> dict[str, Any]:
        """All values by the names of their features: several values as a set, labels by the field that the dtype names.

        Args:
            external_only: whether to leave out what the dataset itself holds (the features of its schemas).
        """
        row = self._read(MORE.get(self._record.__registry_info__.name, ""))
        inner = _dataset_features(row) if external_only else set[int]()
        values = {
            item["name"]: read_value(item["dtype"], item["value"])
            for item in row["features"]
            if item["feature"][KEY] not in inner
        }
        return values | {name: missing for name, missing in _required(row) if name not in values}

    def __getitem__(self, name: str) -> Any:
        """The value of one feature: for labels the record, or the records if there are several.

        Raises:
            ValidationError: if there is no such feature.
        """
        found = [item for item in self._read("")["features"] if item["name"] == name]
        if not found:
            if not self._record.__connection__.registry("Feature").objects.filter(name=name).exists():
                raise ValidationError(f"Feature with name {name} not found")
            return {}
        if re.match(r"(list\[)?cat", found[0]["dtype"]):
            return self._labels(found[0])
        value = read_value(found[0]["dtype"], found[0]["value"])
        return sorted(value) if isinstance(value, set) else value

    def add_values(self, values: Mapping[Any, Any]) -> None:
        """Add values by the names of features, or by features themselves; None and what is empty is passed over.

        >>> artifact.features.add_values({"temperature": 21.6, "perturbation": ["DMSO", "IFNG"]})  # doctest: +SKIP

        Raises:
            ValidationError: for a feature that does not exist, a label that does not exist, a value of another dtype.
        """
        given = self._by_feature(values)
        if self._record.__registry_info__.name == "Record":
            _refuse_single(given)
        self._write({"add": feature_entries(_said(given))})

    def set_values(self, values: Mapping[Any, Any]) -> None:
        """Replace all values by these, except those that the dataset itself holds."""
        self._write({"clear": True, "set": feature_entries(_said(self._by_feature(values)))})

    def update_values(self, values: Mapping[Any, Any]) -> None:
        """Replace the values of these features and leave those of others; None and what is empty take them away.

        >>> record.features.update_values({"score": 2.0, "cell_types": ["B cell", "T cell"]})  # doctest: +SKIP

        Raises:
            ValidationError: as `add_values`, and for a feature that the dataset itself holds.
        """
        given = self._by_feature(values)
        said = _said(given)
        emptied = dict.fromkeys(feature for feature in given if feature not in said)
        if given:
            removed = [_unvalued(entry) for entry in feature_entries(emptied)]
            self._write({"set": feature_entries(said), "remove": removed})

    def remove_values(self, feature: Any = None, *, value: Any = None) -> None:
        """Remove one value of a feature, all values of one or several features, or all values.

        Args:
            feature: a feature or its name, a list of them, or values by features; by default all that have values.
            value: which value of a single feature.

        Raises:
            ValidationError: for a feature that does not exist, or that the dataset itself holds.
        """
        if feature is None:
            self._write({"clear": True})
            return
        features = feature if isinstance(feature, list | tuple) else [feature]
        given = feature if isinstance(feature, Mapping) else dict.fromkeys(features, value)
        entries = feature_entries(self._by_feature(given))
        self._write(
            {"remove": [entry if entry.get("value", "") is not None else _unvalued(entry) for entry in entries]}
        )

    def _by_feature(self, values: Mapping[Any, Any]) -> dict[Any, Any]:
        return by_feature(self._record.__connection__, values)

    def _write(self, change: Mapping[str, Any]) -> None:
        given = {"id": global_id(self._record), "patch": {"features": change}}
        background.run(mutate(type(self._record), "update", given))

    @property
    def slots(self) -> dict[str, SchemaRecord]:
        """The schemas of a dataset by the slots that they describe, such as `obs` and `var.T`."""
        if "schemas" not in self._record.__registry_info__.relations:
            return {}
        return schemas_by_slot(self._record, "schemas")

    def describe(self, return_str: bool = False) -> str | None:
        """Show the features and their values as a tree, or give it as text."""
        from .describing import describe_features

        return describe_features(self._record, return_str)

    def __repr__(self) -> str:
        return str(self.describe(return_str=True))

    def _read(self, more: str) -> Row:
        info = self._record.__registry_info__
        row = f"row: {info.singular}(by: {{databaseId: $id}}) {{ {VALUES} {more} }}"
        data = self._record.__connection__.ask(
            f"query($id: {info.fields['id'].kind}!) {{ {row} }}", {"id": self._record.id}
        )
        return data["row"] or {"features": []}

    def _labels(self, item: Row) -> Any:
        """The records behind labels."""
        ids = background.run(self._label_ids(item))
        registry = self._record.__connection__.registry(label_registry(item["dtype"]))
        labels = registry.objects.filter(id__in=ids)
        if item["dtype"].startswith("list"):
            return SQLRecordList(labels)
        return labels.one() if len(ids) == 1 else labels

    async def _label_ids(self, item: Row) -> list[int]:
        links: list[Link] = []
        for relation in label_relations(self._record, label_registry(item["dtype"])):
            links += await links_of(self._record, relation)
        return list(dict.fromkeys(link.target for link in links if link.feature == item["feature"][KEY]))


def _said(values: Mapping[Any, Any]) -> dict[Any, Any]:
    return {feature: value for feature, value in values.items() if value is not None}


def _refuse_single(values: Mapping[Any, Any]) -> None:
    """Of a feature that is no list a record has one value, to which none can be added."""
    dtypes = {feature.name: str(feature._dtype_str) for feature in values if not isinstance(feature, str)}
    single = [name for name, dtype in dtypes.items() if not dtype.startswith("list")]
    if single:
        raise ValidationError(
            f"Cannot use add_values() for to-one features on a Record: {single}.",
            hint="Use set_values() to replace all values.",
        )


def _unvalued(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "value"}


def label_registry(dtype: str) -> str:
    """The name of the registry that labels of a categorical dtype are of.

    >>> label_registry("list[cat[bionty.CellType.ontology_id]]"), label_registry("cat[Record[uid]]")
    ('CellType', 'Record')
    """
    names = re.findall(r"[A-Z]\w*", dtype.partition("cat[")[2])
    return str(names[0]) if names else "ULabel"


def label_relations(record: BaseRecord, registry: str) -> list[str]:
    """The relations of a record that lead to its labels from one registry, not to what it is a label of."""
    relations = record.__registry_info__.relations.values()
    return [
        relation.name
        for relation in relations
        if relation.many
        and relation.target == registry
        and not relation.name.startswith(("linked_in_", "linked_by_", "_"))
    ]


def read_value(dtype: str, value: Any) -> Any:
    """A value as LaminDB gives it: dates and instants read, several values of a feature as a set."""
    if dtype.startswith(("list", "dict")):
        return value
    if isinstance(value, list):
        return {read_value(dtype, item) for item in value}
    parse = next((parse for start, parse in PARSED if dtype.startswith(start)), None)
    return parse(value) if parse and isinstance(value, str) else value


def _dataset_features(row: Row) -> set[int]:
    schemas = row.get("schemas", {"nodes": ()})["nodes"]
    inferred = [schema for schema in schemas if str(schema["itype"]).startswith("Feature")]
    return {feature[KEY] for schema in inferred for feature in schema["features"]["nodes"]}


def _required(row: Row) -> list[tuple[str, Any]]:
    """The features that the type of a record asks for and that may be empty, each with what stands for nothing."""
    schema = (row.get("type") or {}).get("schema")
    if not schema:
        return []
    optional = optional_uids(schema["_aux"])
    asked = [
        feature for feature in schema["features"]["nodes"] if feature["nullable"] and feature["uid"] not in optional
    ]
    return [(feature["name"], _empty(str(feature["dtype"]))) for feature in asked]


def _empty(dtype: str) -> Any:
    return next((make() for start, make in EMPTY if dtype.startswith(start)), None)
