"""What an instance shows: asked in the same words of LNQL's client and, when run as a script, of the real LaminDB."""

import json
import sys
from datetime import date
from typing import Any

COLUMNS = {
    "ULabel": "uid name is_type type__name branch__name created_by__handle run__uid",
    "Record": "uid name is_type type__name branch__name created_by__handle run__uid",
    "Feature": "uid name branch__name created_by__handle",
    "Project": "uid name branch__name created_by__handle",
    "Artifact": "uid key description is_latest version_tag branch__name created_by__handle run__uid",
    "Collection": "uid key hash is_latest version_tag branch__name created_by__handle",
    "Transform": "uid key kind hash is_latest version_tag branch__name created_by__handle",
    "Run": "uid transform__uid branch__name created_by__handle",
    "Branch": "uid name created_by__handle",
}
"""The columns that are compared of all rows of a registry, those in the trash too."""


def shown(ln: Any, bt: Any) -> dict[str, Any]:
    """Rows, versions, hierarchies, labels and values of features, as JSON."""
    return {
        "rows": {name: rows(getattr(ln, name), columns.split()) for name, columns in COLUMNS.items()},
        "by default": {name: getattr(ln, name).filter().count() for name in COLUMNS},
        "dtypes": {feature.uid: feature.dtype_as_str for feature in ln.Feature.filter()},
        "cell types": rows(bt.CellType, ["uid", "name", "ontology_id", "synonyms", "abbr"], name__startswith="lnql"),
        "parents": {
            label.name: [related(label.parents), related(label.children)]
            for registry in (ln.ULabel, bt.CellType)
            for label in registry.filter(name__startswith="lnql")
        },
        "types": {label.name: sorted(label.query_parents().to_list("name")) for label in ln.ULabel.filter()},
        "versions": {
            one.uid: sorted(one.versions.to_list("uid"))
            for registry in (ln.Transform, ln.Collection, ln.Artifact)
            for one in registry.filter(key__startswith="lnql")
        },
        "members": {one.uid: related(one.artifacts) for one in ln.Collection.filter()},
        "values": {
            one.uid: plain(one.features.get_values())
            for registry, key in ((ln.Artifact, "key"), (ln.Record, "description"), (ln.Run, "transform__key"))
            for one in registry.filter(**{f"{key}__startswith": "lnql"})
        },
        "labels": {one.uid: labels(ln, one) for one in ln.Artifact.filter(key__startswith="lnql")},
    }


def rows(registry: Any, columns: list[str], **conditions: Any) -> list[Any]:
    """Columns of all rows on whatever branch, by uid."""
    found = registry.objects.filter(**conditions) if conditions else registry.objects.all()
    return sorted(plain(list(row)) for row in found.values_list(*columns))


def related(records: Any) -> list[str]:
    """The uids of related records."""
    return sorted(records.all().to_list("uid"))


def labels(ln: Any, artifact: Any) -> dict[str, Any]:
    """The names of an artifact's labels, altogether and as values of a feature."""
    by_feature = {
        feature.name: plain(set(artifact.labels.get(feature, flat_names=True)))
        for feature in ln.Feature.filter(name__startswith="lnql")
        if "ULabel" in feature.dtype_as_str
    }
    return {"all": sorted(artifact.ulabels.all().to_list("name")), **by_feature}


def plain(value: Any) -> Any:
    """A value as JSON has it; sets in an order, dates with their type."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return {"set": sorted((plain(item) for item in value), key=str)}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return {type(value).__name__: value.isoformat()}
    return value if value is None or isinstance(value, str | bool | int | float) else repr(value)


if __name__ == "__main__":
    import bionty  # type: ignore[import-not-found]  # in an environment of its own
    import lamindb  # type: ignore[import-not-found]  # it has an environment of its own

    with open(sys.argv[1], "w") as file:
        json.dump(shown(lamindb, bionty), file)
