"""Tables into registries: genes, proteins or any records, from a file or a frame, made or brought up to date."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import background
from .curation import is_missing
from .documents import KEY
from .errors import FieldError, InvalidArgument, InvalidTypeError, InvalidValueError, LnqlError, ObjectDoesNotExist
from .mutations import mutate
from .suggestions import did_you_mean
from .values import encode

if TYPE_CHECKING:
    import pandas as pd

    from .catalog import Field, RegistryInfo
    from .registry import Registry

CHUNK = 1_000
"""How many rows one request writes."""
DELIMITERS = {".csv": ",", ".tsv": "\t", ".txt": "\t"}
KEYS = ("ensembl_gene_id", "uniprotkb_id", "ontology_id", "uid", "name")
"""By which field rows are found that exist: by the first of these that the table has."""
NAMED_BY = {"organism": "Organism", "source": "Source"}
"""Columns with the names of related records, and of which registry these are."""

Row = dict[str, Any]


def import_table(
    registry: "Registry",
    table: "str | Path | pd.DataFrame",
    *,
    match_on: str | None = None,
    organism: str | None = None,
    rename: Mapping[str, str] | None = None,
) -> int:
    """Write the rows of a table into a registry: those that exist are brought up to date, the others made.

    A thousand rows are written at a time, all of them or none; empty cells leave things as they are.

    Args:
        registry: such as `bt.Gene`.
        table: a frame, or the path of a file with commas (.csv), tabs (.tsv, .txt) or of Parquet (.parquet), the first
            two also with .gz. Columns are named as fields; `organism` holds names.
        match_on: the field by which rows that exist are found; by default the first that the table has of
            ensembl_gene_id, uniprotkb_id, ontology_id, uid and name.
        organism: the name of the organism of all rows.
        rename: fields by the names of columns that are called otherwise.

    Returns:
        How many rows were written; those that were there already are not.

    Raises:
        InvalidTypeError: for what is no registry.
        FieldError: if a column is no field.
        InvalidValueError: if a cell does not fit its field, or the server refuses a row; the message has its number.

    >>> ln.import_table(bt.Gene, "genes.tsv", organism="human")  # doctest: +SKIP
    """
    if not hasattr(registry, "__registry_info__"):
        raise InvalidTypeError(f"{registry!r} is no registry: pass one, such as bt.Gene.")
    frame = (_read(Path(table)) if isinstance(table, str | Path) else table).rename(columns=dict(rename or {}))
    columns = _columns(registry.__registry_info__, list(frame.columns))
    rows = [_row(columns, number, cells) for number, cells in enumerate(frame.itertuples(index=False), start=1)]
    _relate(registry, frame, rows, organism)
    key = _key(registry.__registry_info__, columns, match_on)
    starts = _progress(range(0, len(rows), CHUNK), len(rows))
    return sum(_write(registry, rows[start : start + CHUNK], key, start) for start in starts)


def _read(path: Path) -> "pd.DataFrame":
    """Read a file; ids stay texts, and NA is a name like any other."""
    import pandas as pd

    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    if suffix == ".parquet":
        return pd.read_parquet(path)
    if suffix not in DELIMITERS:
        raise InvalidArgument(f"{path.name} is no table that can be read: take .csv, .tsv, .txt or .parquet.")
    return pd.read_csv(path, sep=DELIMITERS[suffix], dtype=str, keep_default_na=False, na_values=[""])


def _columns(info: "RegistryInfo", names: Sequence[str]) -> "list[Field | None]":
    """The field of each column; None for those that name related records."""
    for name in names:
        if name not in info.fields and not (name in NAMED_BY and name in info.relations):
            hint = did_you_mean(name, [*info.fields, *NAMED_BY])
            raise FieldError(
                f"{info.name} has no field for the column '{name}'.", hint=hint or "Rename it, or leave it out."
            )
    return [info.fields.get(name) for name in names]


def _row(columns: "Sequence[Field | None]", number: int, cells: Sequence[Any]) -> Row:
    row = {}
    for field, cell in zip(columns, cells, strict=True):
        if field is not None and not is_missing(cell):
            try:
                row[field.graphql] = encode(field.kind, cell, field.name)
            except ValueError as error:
                raise InvalidValueError(f"Row {number}: {error}") from None
    return row


def _relate(registry: "Registry", frame: "pd.DataFrame", rows: list[Row], organism: str | None) -> None:
    """Add the related records that columns name, and the organism of all rows."""
    named = {name: list(frame[name]) for name in NAMED_BY if name in frame.columns}
    if organism is not None:
        named["organism"] = [organism] * len(rows)
    for relation, names in named.items():
        ids = {name: _named(registry, NAMED_BY[relation], name) for name in set(names) if not is_missing(name)}
        for row, name in zip(rows, names, strict=True):
            if name in ids:
                row[relation] = ids[name]


def _named(registry: "Registry", target: str, name: str) -> str:
    """The global id of a related record."""
    records = registry.__connection__.registry(target)
    found = records.filter(name=name).first()
    if found is None:
        hint = did_you_mean(name, records.filter().values_list("name", flat=True))
        raise ObjectDoesNotExist(f"There is no {target} named '{name}'.", hint=hint or "Create it first.")
    return f"{target}:{found.id}"


def _key(info: "RegistryInfo", columns: "Sequence[Field | None]", match_on: str | None) -> "Field":
    """The field by which rows are found."""
    fields = {field.name: field for field in columns if field is not None}
    wanted = [match_on] if match_on else [name for name in KEYS if name in fields]
    if not wanted or wanted[0] not in fields:
        missing = f"no column '{match_on}'" if match_on else f"none of the columns {', '.join(KEYS)}"
        raise InvalidArgument(f"The table has {missing} to find the rows of {info.name} by that exist.")
    return fields[wanted[0]]


def _write(registry: "Registry", rows: list[Row], key: "Field", start: int) -> int:
    """Write the rows that are new or say something new, and tell how many they are."""
    known = _known(registry, rows, key)
    places = [place for place, row in enumerate(rows) if not row.items() <= known.get(row.get(key.graphql), {}).items()]
    if not places:
        return 0
    try:
        new = [rows[place] for place in places]
        given = {"data": new, "matchOn": [key.graphql]}
        return len(background.run(mutate(registry, "upsert", given, many=True, fields=KEY)))
    except LnqlError as refused:
        numbers = [start + places[int(step)] + 1 for step in refused.path if step.isdigit()]
        if numbers:
            refused.message = f"Row {numbers[0]}: {refused.message} The rows from {start + 1} on were not written."
        raise


def _known(registry: "Registry", rows: list[Row], key: "Field") -> dict[Any, Row]:
    """What the registry has on its main branch, by the keys of the rows."""
    info = registry.__registry_info__
    names = {name for row in rows for name in row}
    related = [name for name in NAMED_BY if name in names]
    fields = [field for field in info.fields.values() if field.graphql in names]
    values = [row[key.graphql] for row in rows if key.graphql in row]
    paths = [field.name for field in fields] + [f"{name}_id" for name in related]
    known = {}
    for cells in registry.filter(**{f"{key.name}__in": values}).values_list(*paths):
        row = {field.graphql: _encoded(field, cell) for field, cell in zip(fields, cells, strict=False)}
        row |= {name: f"{NAMED_BY[name]}:{cell}" for name, cell in zip(related, cells[len(fields) :], strict=True)}
        known[row[key.graphql]] = row
    return known


def _encoded(field: "Field", cell: Any) -> Any:
    return None if cell is None else encode(field.kind, cell, field.name)


def _progress(starts: range, rows: int) -> Iterator[int]:
    """Go through the parts of a table, with a bar if there are several."""
    from tqdm.auto import tqdm

    with tqdm(total=rows, unit=" rows", leave=False, disable=len(starts) < 2) as bar:
        for start in starts:
            yield start
            bar.update(min(CHUNK, rows - start))
