"""Dtypes are read from LaminDB's texts."""

import pytest

from lnql.models.dtypes import Dtype, LabelSource, parse_dtype

CELL_TYPE = LabelSource("bionty", "CellType")


@pytest.mark.parametrize(
    "text", ["int", "float", "num", "str", "bool", "date", "datetime", "dict", "object", "url", "path"]
)
def test_scalars(text: str) -> None:
    assert parse_dtype(text) == Dtype(text, text)
    assert parse_dtype(f"list[{text}]") == Dtype(f"list[{text}]", text, is_list=True)
    assert not parse_dtype(text).is_categorical


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("cat[Record]", (LabelSource("lamindb", "Record"),)),
        ("cat[bionty.CellType]", (CELL_TYPE,)),
        ("cat[bionty.Gene.ensembl_gene_id]", (LabelSource("bionty", "Gene", "ensembl_gene_id"),)),
        ("cat[ULabel[tF7q6uV1]]", (LabelSource("lamindb", "ULabel", within="tF7q6uV1"),)),
        ("cat[Record[parent[child]].uid]", (LabelSource("lamindb", "Record", "uid", "parent[child]"),)),
        ("cat[ULabel|bionty.CellType]", (LabelSource("lamindb", "ULabel"), CELL_TYPE)),
        (
            "cat[bionty.CellType[source__uid='a|b'] | Record]",
            (LabelSource("bionty", "CellType", within="source__uid='a|b'"), LabelSource("lamindb", "Record")),
        ),
        ("cat[]", ()),
    ],
)
def test_categoricals(text: str, labels: tuple[LabelSource, ...]) -> None:
    assert parse_dtype(text) == Dtype(text, "", labels)
    assert parse_dtype(f"list[{text}]") == Dtype(f"list[{text}]", "", labels, is_list=True)
    assert parse_dtype(text).is_categorical


def test_the_table_of_labels() -> None:
    assert CELL_TYPE.table == "bionty_celltype"


def test_times_with_a_unit_are_times() -> None:
    assert parse_dtype("datetime64[ns, UTC]").scalar == "datetime"


def test_what_is_not_known_is_an_object() -> None:
    assert parse_dtype("tensor").scalar == "object"
