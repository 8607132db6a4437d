"""Features of all dtypes, and the random values that rows have of them."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from lnql.models.hashes import json_value_hash

from .choices import Choices
from .hard_values import INSTANTS
from .reference import Row
from .reference_features import Feature

DOCUMENTS: tuple[Any, ...] = (
    {"a": 1}, {"a": 1.0, "b": [1, "x"]}, {"a": "1"}, {"a": None}, {"a": True}, {"b": {"a": "ß"}}, {}, [], [1, [2]],
    "a", 5, None, {"b": []}, {"b": ["a", None]},
)  # fmt: skip
TEXTS = ("a", "A", "ab", "", "%", "ß", "SS", "x\ny", "🧬")
TIMES = tuple(instant.replace(tzinfo=None).isoformat() for instant in INSTANTS[:6])
SCALARS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "int": ("FLOAT", (1, 2, 10, 0, -1)),
    "float": ("FLOAT", (1.0, 2.5, 1, -0.0, 10.0)),
    "num": ("FLOAT", (2, 2.0, 1e-7)),
    "str": ("STRING", TEXTS),
    "path": ("STRING", ("/a", "/a/b", "s3://ß")),
    "bool": ("BOOLEAN", (False, True)),
    "date": ("DATE", ("2025-01-31", "2024-12-31", "2025-02-01")),
    "datetime": ("DATETIME", TIMES),
    "dict": ("JSON", tuple(document for document in DOCUMENTS if isinstance(document, dict))),
    "object": ("JSON", DOCUMENTS),
    "list[int]": ("JSON", ([], [1], [1, 2], [2, 1, 1])),
    "list[str]": ("JSON", (["a"], ["ß", "a"], [""], [])),
    "list[datetime]": ("JSON", ([], [TIMES[0]], [TIMES[0], TIMES[5]])),
}
"""Of dtypes whose values are JSON: the kind that values are compared as, and values."""
LABELS = {
    "cat[ULabel]": (("ulabels", "name"),),
    "cat[Record]": (("records", "name"),),
    "cat[bionty.CellType.ontology_id]": (("cellTypes", "ontologyId"),),
    "cat[ULabel|bionty.CellType]": (("ulabels", "name"), ("cellTypes", "name")),
    "list[cat[bionty.CellType]]": (("cellTypes", "name"),),
    "cat[Record[type0000]]": (("records", "name"),),
}
"""Of categorical dtypes: the registries of labels, and the field that tells a label."""

KINDS = {**{dtype: kind for dtype, (kind, _) in SCALARS.items()}, **dict.fromkeys(LABELS, "STRING")}
AGAIN = ("int", "bool", "cat[ULabel]")
"""Dtypes of two features, neither of which may have the values of the other."""
FEATURES = tuple(
    Feature(number, f"feature {number}", dtype, KINDS[dtype], LABELS.get(dtype, ()))
    for number, dtype in enumerate([*KINDS, *AGAIN], 1)
)


def stored_values(feature: Feature) -> tuple[Any, ...]:
    """The JSON that a feature may have as values."""
    return SCALARS[feature.dtype][1]


def operands(feature: Feature) -> list[Any]:
    """What values of a feature are compared with: the values themselves; an instant also in another zone."""
    if feature.kind == "DATETIME":
        return [(instant + timedelta(hours=2)).isoformat()[:-6] + "+02:00" for instant in INSTANTS[:6]] + [*TIMES]
    return [value for value in stored_values(feature) if value is not None]


def elements(feature: Feature) -> list[Any]:
    """What a list may have as elements."""
    return [element for value in stored_values(feature) for element in value]


# Drawing -------------------------------------------------------------------------------------------------------------


def used_features(choices: Choices) -> list[Feature]:
    """The few features that an instance has values of."""
    plain = [feature for feature in FEATURES if not feature.labels]
    return [
        *choices.some(plain, 2, 4),
        *choices.some([feature for feature in FEATURES if feature.labels], 2, 3),
    ]


def value_tables(choices: Choices, used: Sequence[Feature], tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """The values that are JSON: shared by artifacts and runs, or a record's own, of each feature one."""
    plain = [feature for feature in used if not feature.labels]
    shared = [
        {"feature": feature.id, "value": value, "hash": json_value_hash(value)}
        for feature in plain
        for value in choices.some(stored_values(feature), 1, 3)
    ]
    values: list[Row] = [{"databaseId": number, **value} for number, value in enumerate(shared, 1)]
    return {
        "values": values,
        "artifactValues": links(choices, {"artifact": ids(tables["artifacts"]), "value": ids(values)}),
        "runValues": links(choices, {"run": ids(tables["runs"]), "value": ids(values)}),
        "recordValues": [
            {**link, "value": choices.one(stored_values(FEATURES[link["feature"] - 1]))}
            for link in links(choices, {"record": ids(tables["records"]), "feature": [one.id for one in plain]})
        ],
    }


def ids(rows: Sequence[Row]) -> list[int]:
    """The ids of rows."""
    return [row["databaseId"] for row in rows]


def links(choices: Choices, ends: Mapping[str, Sequence[Any]]) -> list[Row]:
    """Links between ends that are there, no two the same; up to twelve."""
    if not all(ends.values()):
        return []
    drawn: list[Row] = [{end: choices.one(there) for end, there in ends.items()} for _ in range(choices.number(0, 12))]
    return list({json.dumps(link): link for link in drawn}.values())
