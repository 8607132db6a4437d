import gzip
import io
from collections.abc import Callable
from importlib import import_module
from random import Random
from statistics import mean
from typing import Any

import pytest

from lnql.models.demo_files import fastq_gz, h5ad, iris_parquet, jpeg

h5py: Any = import_module("h5py")  # neither comes with types
parquet: Any = import_module("pyarrow.parquet")

COUNTS = [[1, 0], [2, 5], [0, 3]]
GENES = ["ENSG00000153563", "ENSG00000010610"]


def dataset() -> bytes:
    obs = {"perturbation": ["DMSO", "IFNG", "DMSO"]}
    uns = {"temperature": 21.6, "study_note": "fine", "study_metadata": {"detail1": "123", "detail2": 1}}
    return h5ad(COUNTS, obs, GENES, uns)


@pytest.mark.parametrize("maker", [fastq_gz, iris_parquet])
def test_the_same_seed_gives_the_same_bytes(maker: Callable[[Random], bytes]) -> None:
    assert maker(Random(3)) == maker(Random(3))
    assert maker(Random(3)) != maker(Random(4))


def test_an_anndata_file_has_the_same_bytes_each_time() -> None:
    assert dataset() == dataset()


def test_reads_have_four_lines_of_equal_length_bases_and_qualities() -> None:
    lines = gzip.decompress(fastq_gz(Random(0), reads=5, length=30)).decode().splitlines()
    assert len(lines) == 5 * 4
    assert lines[0] == "@DEMO:1:FC01:0"
    assert {len(line) for line in lines[1::4] + lines[3::4]} == {30}
    assert set("".join(lines[1::4])) == set("ACGT")


def test_a_jpeg_begins_and_ends_as_one() -> None:
    assert jpeg()[:3] == b"\xff\xd8\xff"
    assert jpeg()[-2:] == b"\xff\xd9"


def test_iris_has_150_flowers_of_three_species() -> None:
    flowers = parquet.read_table(io.BytesIO(iris_parquet(Random(0)))).to_pylist()
    assert len(flowers) == 150
    assert list(flowers[0]) == ["sepal_length", "sepal_width", "petal_length", "petal_width", "species"]
    means = {
        species: mean(flower["petal_length"] for flower in flowers if flower["species"] == species)
        for species in ("setosa", "versicolor", "virginica")
    }
    assert means["setosa"] < 2 < means["versicolor"] < 5 < means["virginica"]


def test_an_anndata_file_says_how_each_part_is_encoded() -> None:
    with h5py.File(io.BytesIO(dataset())) as file:
        encodings = {name: file[name].attrs["encoding-type"] for name in file}
        assert encodings == {
            "X": "array",
            **dict.fromkeys(("obs", "var"), "dataframe"),
            **dict.fromkeys(("layers", "obsm", "obsp", "uns", "varm", "varp"), "dict"),
        }
        assert (file.attrs["encoding-type"], file.attrs["encoding-version"]) == ("anndata", "0.1.0")


def test_an_anndata_file_holds_counts_labels_and_features() -> None:
    with h5py.File(io.BytesIO(dataset())) as file:
        assert file["X"][()].tolist() == COUNTS
        assert file["var/_index"].asstr()[()].tolist() == GENES
        assert list(file["obs"].attrs["column-order"]) == ["perturbation"]
        assert file["obs/perturbation/categories"].asstr()[()].tolist() == ["DMSO", "IFNG"]
        assert file["obs/perturbation/codes"][()].tolist() == [0, 1, 0]
        assert file["uns/temperature"][()] == 21.6
        assert file["uns/study_metadata/detail1"].asstr()[()] == "123"
