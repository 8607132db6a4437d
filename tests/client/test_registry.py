"""Registries: classes of the instance, what they show of themselves, and what their records are."""

import pytest

import lnql as ln
import lnql.bionty as bt
from lnql.connection import Connection

pytestmark = pytest.mark.usefixtures("connected")


def test_a_registry_shows_its_columns_and_relations_as_lamindb_does() -> None:
    lines = repr(ln.Artifact).splitlines()
    assert lines[:2] == ["Artifact", "  Simple fields"]
    for line in ("    .uid: CharField", "    .size: BigIntegerField", "    .created_by: User", "  Bionty fields"):
        assert line in lines
    assert "    .cell_types: bionty.CellType" in lines[lines.index("  Bionty fields") :]
    assert not any("._" in line for line in lines)


def test_completion_knows_registries_fields_and_relations() -> None:
    assert {"Artifact", "ULabel", "connect", "Q"} <= set(dir(ln))
    assert {"CellType", "Gene"} <= set(dir(bt))
    assert {"key", "created_by", "filter", "get", "search"} <= set(dir(ln.Artifact))
    assert {"sys", "reading", "TYPE_CHECKING", "mro"}.isdisjoint({*dir(ln), *dir(ln.Artifact)})
    assert repr(ln.Artifact.key) == "FieldAttr(Artifact.key)"
    assert repr(ln.Artifact.ulabels) == "Relation(Artifact.ulabels: any number of ULabel)"
    assert repr(ln.Artifact.created_by) == "Relation(Artifact.created_by: one User)"
    assert {"key", "created_by", "ulabels", "versions"} <= set(dir(ln.Artifact.get(1)))


def test_records_are_equal_by_what_they_are() -> None:
    artifact = ln.Artifact.get(1)
    assert artifact == ln.Artifact.filter(id=1).one() != ln.Artifact.get(2)
    assert artifact != ln.ULabel.get(1)
    assert len({artifact, ln.Artifact.get(1), ln.Artifact.get(2)}) == 2


def test_other_names_of_fields_are_attributes_too() -> None:
    artifact = ln.Artifact.filter(transform__isnull=False).order_by("id").first()
    assert artifact.transform == artifact.run.transform
    assert ln.Artifact.get(key="iris.parquet").transform is None


def test_an_unknown_attribute_is_answered_with_a_suggestion() -> None:
    with pytest.raises(AttributeError, match=r"'sufix'.* Did you mean .suffix"):
        ln.Artifact.get(1).sufix  # noqa: B018  it raises
    with pytest.raises(AttributeError, match="Artifact has no attribute 'sufix'"):
        ln.Artifact.sufix  # noqa: B018  it raises


def test_registries_are_found_by_what_they_call_their_rows(connected: Connection) -> None:
    db = ln.DB("testuser1/test-registries")
    assert db.cell_types.get(name="T cell") == bt.CellType.get(name="T cell")
    assert ln.QueryDB is ln.DB
