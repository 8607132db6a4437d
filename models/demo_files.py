"""The bytes of the demo's files: real formats, invented content, the same bytes for the same seed."""

import gzip
from base64 import b64decode
from collections.abc import Mapping, Sequence
from io import BytesIO
from random import Random
from typing import Any

from lnql.extras import require

TASK = "The demo instance"

IRIS_COLUMNS = ("sepal_length", "sepal_width", "petal_length", "petal_width")
IRIS_SPECIES = {
    "setosa": ((5.0, 0.35), (3.4, 0.38), (1.5, 0.17), (0.25, 0.10)),
    "versicolor": ((5.9, 0.51), (2.8, 0.31), (4.3, 0.47), (1.3, 0.20)),
    "virginica": ((6.6, 0.63), (3.0, 0.32), (5.6, 0.55), (2.0, 0.27)),
}
"""Mean and standard deviation in cm of each measurement, by species: the flowers themselves are made up."""

FLOWERS_PER_SPECIES = 50
FLOWERS = FLOWERS_PER_SPECIES * len(IRIS_SPECIES)

# A greyscale picture of four blurred discs with dark centres, 48 by 48 pixels, drawn for this demo.
CELLS_JPEG = """
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9
lnN+gXz/wAALCAAwADABAREA/8QAGgAAAwEAAwAAAAAAAAAAAAAAAwQGBQABAv/EACQQAAICAgICAgIDAAAAAAAAAAECAAMEERIxBSEiQRNRFGGh
/9oACAEBAAA/AKuL25tFR0zjcJVclo2jAzuyxaxtzqeK8mqw6VvcNFPJXmjGJHZ9SVycr8be9kmOePyyliOpPE9iP+TubkSBvQ2BM7AyrLSSy8SD
6lRSxapSeyIHPo/kY7KOx7El8nD5NqxSCI547CZ7EHEhB9zVzK6G0DYqsB9mDxcFWPLkpH9TTA0NCcJ0NmLM+Na+mCkwPkskYdAFYALdSauyPlys
b2Y1g5r49gZW2p7EqK3FlauOiNwOcWFPxk5VblHNIYHhNDyddlmLXYQTruT99BsIIMPj1H4ovsywxkNeOinsCEZQw0RsRcYVYfl/kOyKyFSNj9TK
u8IjuSj8QfqM4fjK8U8j8m/cen//2Q==
"""


def jpeg() -> bytes:
    """A small picture of cells."""
    return b64decode(CELLS_JPEG)


def fastq_gz(random: Random, reads: int = 200, length: int = 75) -> bytes:
    """Random reads with their qualities, compressed without a timestamp."""
    text = "".join(
        f"@DEMO:1:FC01:{read}\n{_letters(random, 'ACGT', length)}\n+\n{_letters(random, 'FFFFFF:,#', length)}\n"
        for read in range(reads)
    )
    return gzip.compress(text.encode(), mtime=0)


def iris_parquet(random: Random) -> bytes:
    """Synthetic flowers of three species: four measurements in cm and the species of each."""
    arrow, parquet = (require(name, extra="demo", task=TASK) for name in ("pyarrow", "pyarrow.parquet"))
    flowers = [
        [round(max(random.gauss(mean, deviation), 0.1), 1) for mean, deviation in measurements]
        for measurements in IRIS_SPECIES.values()
        for _ in range(FLOWERS_PER_SPECIES)
    ]
    columns = dict(zip(IRIS_COLUMNS, map(list, zip(*flowers, strict=True)), strict=True))
    species = [name for name in IRIS_SPECIES for _ in range(FLOWERS_PER_SPECIES)]
    file = BytesIO()
    parquet.write_table(arrow.table({**columns, "species": species}), file)
    return file.getvalue()


def h5ad(
    counts: Sequence[Sequence[int]],
    obs: Mapping[str, Sequence[str]],
    genes: Sequence[str],
    uns: Mapping[str, Any],
) -> bytes:
    """An AnnData file: a cells by genes matrix, one categorical column of `obs` per label, `uns` for the rest."""
    h5py = require("h5py", extra="demo", task=TASK)
    file = BytesIO()
    with h5py.File(file, "w") as root:
        _encode(root, "anndata", "0.1.0")
        _encode(root.create_dataset("X", data=counts, dtype="i8"), "array")
        _dataframe(root, "obs", [f"cell{number:03d}" for number in range(len(counts))], obs)
        _dataframe(root, "var", genes, {})
        _mapping(root, "uns", uns)
        for name in ("layers", "obsm", "varm", "obsp", "varp"):
            _mapping(root, name, {})
    return file.getvalue()


def _letters(random: Random, alphabet: str, length: int) -> str:
    return "".join(random.choices(alphabet, k=length))


def _encode(item: Any, kind: str, version: str = "0.2.0") -> Any:
    """Say how `item` is to be read, in the two attributes that the AnnData format asks for."""
    item.attrs["encoding-type"], item.attrs["encoding-version"] = kind, version
    return item


def _strings(parent: Any, name: str, values: Sequence[str]) -> None:
    h5py = require("h5py", extra="demo", task=TASK)
    _encode(parent.create_dataset(name, data=list(values), dtype=h5py.string_dtype()), "string-array")


def _dataframe(parent: Any, name: str, index: Sequence[str], columns: Mapping[str, Sequence[str]]) -> None:
    h5py = require("h5py", extra="demo", task=TASK)
    frame = _encode(parent.create_group(name), "dataframe")
    frame.attrs["_index"] = "_index"
    frame.attrs.create("column-order", list(columns), shape=(len(columns),), dtype=h5py.string_dtype())
    _strings(frame, "_index", index)
    for column, values in columns.items():
        _categorical(frame, column, values)


def _categorical(parent: Any, name: str, values: Sequence[str]) -> None:
    categories = sorted(set(values))
    column = _encode(parent.create_group(name), "categorical")
    column.attrs["ordered"] = False
    _strings(column, "categories", categories)
    codes = [categories.index(value) for value in values]
    _encode(column.create_dataset("codes", data=codes, dtype="i1"), "array")


def _mapping(parent: Any, name: str, values: Mapping[str, Any]) -> None:
    group = _encode(parent.create_group(name), "dict", "0.1.0")
    for key, value in values.items():
        if isinstance(value, Mapping):
            _mapping(group, key, value)
        else:
            kind = "string" if isinstance(value, str) else "numeric-scalar"
            _encode(group.create_dataset(key, data=value), kind)
