"""Uids, compared with those that LaminDB gave in the real instance."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lnql.models.sqlite import connect, sqlite3
from lnql.models.uids import (
    ALPHABET,
    base62,
    entity_uid,
    instance_uid,
    next_version_uid,
    random_uid,
    source_uid,
    versioned_uid,
)


@pytest.fixture(scope="module")
def real(real_folder: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(real_folder / ".lamindb" / "lamin.db", readonly=True)
    yield connection
    connection.close()


@pytest.mark.parametrize("length", [8, 12, 16, 20])
def test_random_uids_have_their_length_and_alphabet_and_differ(length: int) -> None:
    uids = {random_uid(length) for _ in range(1000)}
    assert len(uids) == 1000
    assert {len(uid) for uid in uids} == {length}
    assert set().union(*uids) == set(ALPHABET)


def test_a_first_version_has_a_random_stem_and_four_zeros() -> None:
    assert len(versioned_uid(16)) == 20
    assert versioned_uid(12)[12:] == "0000"
    assert versioned_uid(16)[:16] != versioned_uid(16)[:16]


@pytest.mark.parametrize(
    ("latest", "following"),
    [("0000", "0001"), ("0009", "000A"), ("000Z", "000a"), ("000z", "0010"), ("0zzz", "1000"), ("zzzy", "zzzz")],
)
def test_versions_count_in_base62(latest: str, following: str) -> None:
    assert next_version_uid("stem" + latest) == "stem" + following
    assert following > latest  # so that the largest uid of a family is its latest


def test_a_family_has_a_last_version() -> None:
    with pytest.raises(ValueError, match="'stemzzzz' is the last version"):
        next_version_uid("stemzzzz")


def test_leading_zero_bytes_of_a_digest_are_counted() -> None:
    assert base62(b"\0\0\x3e") == "0210"
    assert base62(b"\x3d") == "z"


@pytest.mark.parametrize("entity", ["celltype", "tissue", "disease", "experimentalfactor", "organism"])
def test_entities_have_uids_of_their_ontology_id(real: sqlite3.Connection, entity: str) -> None:
    rows = real.execute(f"SELECT uid, ontology_id FROM bionty_{entity} WHERE ontology_id IS NOT NULL").fetchall()
    assert rows
    assert [uid for uid, _ in rows] == [entity_uid(ontology_id) for _, ontology_id in rows]


def test_genes_have_uids_of_their_ensembl_id_or_their_symbol_and_organism(real: sqlite3.Connection) -> None:
    rows = real.execute(
        "SELECT g.uid, ensembl_gene_id, symbol, o.name FROM bionty_gene g JOIN bionty_organism o ON o.id = organism_id"
    ).fetchall()
    assert {ensembl is None for _, ensembl, _, _ in rows} == {True, False}
    for uid, ensembl, symbol, organism in rows:
        assert uid == (entity_uid(ensembl) if ensembl else entity_uid(symbol, organism))


def test_sources_have_uids_of_what_identifies_them(real: sqlite3.Connection) -> None:
    rows = real.execute("SELECT uid, entity, name, organism, version FROM bionty_source").fetchall()
    assert rows
    assert [uid for uid, *_ in rows] == [source_uid(*identity) for _, *identity in rows]


def test_an_instance_has_the_uid_that_its_storage_notes(real_folder: Path) -> None:
    lines = (real_folder / ".lamindb" / "storage_uid.txt").read_text().splitlines()
    noted = dict(line.split("=") for line in lines if "=" in line)
    assert instance_uid(noted["instance_id"]) == noted["instance_uid"]
