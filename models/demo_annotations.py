"""Labels and feature values of artifacts, runs and records, each stored where LaminDB looks for it."""

import json
import re
from collections.abc import Mapping
from typing import Any

from .demo_rows import Rows
from .hashes import json_value_hash

CATEGORICAL = re.compile(r"(?:list\[)?cat\[(?:(?P<app>[a-z]\w*)\.)?(?P<registry>\w+)")
"""The first registry that a dtype such as `list[cat[bionty.CellType]]` draws its labels from."""

PLAIN_TEXT = {"str", "date", "datetime", "datetime64[ns, UTC]", "url", "path"}
"""The dtypes whose values are stored as strings."""


class Annotator:
    """Annotates the rows of an instance in the making. A host is `artifact`, `run` or `record`."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._json_values: dict[tuple[int, str], int] = {}

    def label(self, host: str, host_id: int, registry: str, name: str, feature_id: int | None = None) -> None:
        """Link a label, such as registry `bionty.CellType`, name `T cell`, plainly or as the value of a feature."""
        app, _, singular = registry.lower().rpartition(".")
        label_id = self.rows.id(f"{app or 'lamindb'}_{singular}", name)
        column = "value_id" if host in ("record", singular) else f"{singular}_id"
        table = f"{app or 'lamindb'}_{host}{singular}"
        self.rows.add(table, **{f"{host}_id": host_id, column: label_id, "feature_id": feature_id})

    def annotate(self, host: str, host_id: int, values: Mapping[str, Any]) -> None:
        """Set values by feature name: of categorical features names of labels, one or a list; else JSON values."""
        for name, value in values.items():
            feature = self.rows.row("lamindb_feature", name)
            categorical = CATEGORICAL.match(feature["_dtype_str"])
            if categorical:
                registry = ".".join(part for part in categorical.groups() if part)
                for label in value if isinstance(value, list) else [value]:
                    self.label(host, host_id, registry, label, feature["id"])
            elif host == "record":
                self.rows.add("lamindb_recordjson", record_id=host_id, feature_id=feature["id"], value=value)
            else:
                value_id = self.json_value(feature["id"], value)
                self.rows.add(f"lamindb_{host}jsonvalue", **{f"{host}_id": host_id, "jsonvalue_id": value_id})

    def parse(self, feature: str, cell: str) -> Any:
        """Read the value of a feature from text: labels are separated by `;`, all but strings is JSON."""
        dtype = self.rows.row("lamindb_feature", feature)["_dtype_str"]
        if CATEGORICAL.match(dtype):
            return cell.split(";")
        return cell if dtype in PLAIN_TEXT else json.loads(cell)

    def json_value(self, feature_id: int, value: Any) -> int:
        """The id of a value, which all artifacts and runs share."""
        key = feature_id, json_value_hash(value)
        if key not in self._json_values:
            self._json_values[key] = self.rows.add("lamindb_jsonvalue", feature_id=feature_id, value=value, hash=key[1])
        return self._json_values[key]
