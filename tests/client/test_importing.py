"""Tables into registries, through the client, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import lnql as ln
import lnql.bionty as bt
from lnql.connection import Connection
from lnql.errors import (
    FieldError,
    FieldValidationError,
    InvalidArgument,
    InvalidValueError,
    LnqlError,
    ObjectDoesNotExist,
)

from ..conftest import Copies, Dialect

pytestmark = pytest.mark.usefixtures("writable")

GENES = "symbol\tensembl_gene_id\tsynonyms\tbiotype\nNA\tENSG1\tone|uno\tprotein_coding\nCD8A\tENSG00000153563\t\t\n"


@pytest.fixture(scope="module")
def writable(copies: Copies, real_folder: Path, dialect: Dialect) -> Iterator[Connection]:
    """The client, connected to a copy of the real instance that may be changed."""
    connection = ln.connect(copies(real_folder, dialect), write=True)
    yield connection
    connection.close()


def written(table: Any, **options: Any) -> int:
    return ln.import_table(bt.Gene, table, **options)


def test_rows_are_made_or_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "genes.tsv"
    path.write_text(GENES)
    before = bt.Gene.get(symbol="CD8A")
    assert written(path, organism="human") == 1  # CD8A says nothing new
    new = bt.Gene.get(ensembl_gene_id="ENSG1")
    assert (new.symbol, new.synonyms, new.biotype, new.organism.name) == ("NA", "one|uno", "protein_coding", "human")
    assert bt.Gene.get(symbol="CD8A").synonyms == before.synonyms  # an empty cell leaves it
    assert written(path, organism="human") == 0
    path.write_text(GENES.replace("one|uno", "eins"))
    assert written(str(path), organism="human") == 1
    assert bt.Gene.get(ensembl_gene_id="ENSG1").synonyms == "eins"


@pytest.mark.parametrize("name", ["genes.csv", "genes.csv.gz", "genes.txt", "genes.parquet"])
def test_tables_come_in_any_form(tmp_path: Path, name: str) -> None:
    frame = pd.DataFrame({"Gene name": [f"of {name}"], "ensembl_gene_id": [name], "organism": ["mouse"]})
    path = tmp_path / name
    if name.endswith(".parquet"):
        frame.to_parquet(path)
    else:
        frame.to_csv(path, sep="\t" if ".txt" in name else ",", index=False)
    assert written(path, rename={"Gene name": "symbol"}) == 1
    assert bt.Gene.get(ensembl_gene_id=name).organism.name == "mouse"


def test_many_rows_are_written_in_parts(capsys: pytest.CaptureFixture[str]) -> None:
    frame = pd.DataFrame({"name": [f"label {number}" for number in range(1_500)], "description": "imported"})
    assert ln.import_table(ln.ULabel, frame) == 1_500
    assert ln.ULabel.filter(description="imported").count() == 1_500
    assert "1500" in capsys.readouterr().err
    assert ln.import_table(ln.ULabel, frame[:3]) == 0


REFUSED: list[tuple[dict[str, list[Any]], dict[str, str], type[LnqlError], str]] = [
    ({"symbl": ["x"]}, {}, FieldError, r"Gene has no field for the column 'symbl'. Did you mean .symbol"),
    ({"symbol": ["x"]}, {}, InvalidArgument, "The table has none of the columns ensembl_gene_id"),
    ({"symbol": ["x"]}, {"match_on": "uid"}, InvalidArgument, "The table has no column 'uid'"),
    ({"name": ["x"]}, {"rename": {"name": "symbol"}}, InvalidArgument, "none of the columns"),  # type: ignore[dict-item]  # of several types
    ({"ensembl_gene_id": ["E1"]}, {"organism": "humn"}, ObjectDoesNotExist, r"named 'humn'. Did you mean .human"),
    ({"ensembl_gene_id": ["E1", "E2"]}, {}, FieldValidationError, "Row 1: organism_id is required"),
    ({"ensembl_gene_id": ["E1"], "is_locked": ["?"]}, {}, InvalidValueError, "Row 1: "),
]


@pytest.mark.parametrize(("cells", "options", "error", "message"), REFUSED)
def test_what_is_refused_names_the_row(
    cells: dict[str, list[Any]], options: dict[str, Any], error: type[LnqlError], message: str
) -> None:
    before = bt.Gene.objects.count()
    with pytest.raises(error, match=message):
        written(pd.DataFrame(cells), **options)
    assert bt.Gene.objects.count() == before


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgument, match=r"genes.xlsx is no table that can be read"):
        written(tmp_path / "genes.xlsx")


def test_every_registry_can_be_written_in_bulk(writable: Connection) -> None:
    mutations = writable.ask("{ __schema { mutationType { fields { name } } } }")["__schema"]["mutationType"]["fields"]
    names = {field["name"] for field in mutations}
    assert {f"upsert{info.plural_type}" for info in writable.catalog.values()} <= names
