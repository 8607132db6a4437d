"""Comparing values with a registry: which it has, what the others stand for, which records they are.

The server compares, thousands of values at a time (`inspection` of its lists); here its answer becomes LaminDB's.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from . import background
from .catalog import Field
from .completion import Keep, choose
from .errors import FieldError, InvalidTypeError, InvalidValueError, OrganismNotSet
from .field_names import field_of, text_field_of
from .inspect_result import InspectResult
from .suggestions import did_you_mean

if TYPE_CHECKING:
    from .queryset import QuerySet

CHUNK_VALUES = 10_000
CHUNK_BYTES = 900_000
"""How much the server takes in one request."""

ARGUMENTS = {"values": "[String]!", "field": "String", "synonymsField": "String", "caseSensitive": "Boolean"}
"""The arguments of an inspection and their types."""
PASSED = ", ".join(f"{name}: ${name}" for name in ARGUMENTS)

ENSEMBL_PREFIXES = {
    "ENSG": "human",
    "ENSMUSG": "mouse",
    "ENSRNOG": "rat",
    "ENSDARG": "zebrafish",
    "ENSGALG": "chicken",
    "ENSSSCG": "pig",
    "ENSBTAG": "cow",
    "ENSCAFG": "dog",
    "ENSMMUG": "macaque",
    "ENSPTRG": "chimpanzee",
}
"""Whose genes Ensembl ids are, by what they begin with."""


class Compared(NamedTuple):
    """Which texts a field has, and what others stand for: those of the oldest records first."""

    validated: set[str]
    standards: dict[str, list[str]]


def as_list(values: Any) -> list[Any]:
    """Values as a list: a text alone, what is in the lists of a list, Python's values of an array or a column."""
    if isinstance(values, str):
        return [values]
    listed = values.tolist() if hasattr(values, "tolist") else list(values)
    if listed and isinstance(listed[0], list):
        return [value for inner in listed if isinstance(inner, list) for value in inner]
    return listed


def texts(values: Iterable[Any]) -> list[str]:
    """The different texts that are not empty, in their order."""
    return [value for value in dict.fromkeys(filter(_is_text, values)) if value]


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_missing(value: Any) -> bool:
    """Whether a value is None, or what NumPy and pandas have for it."""
    return (
        value is None or type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and value != value)
    )


class Reference:
    """What values are compared with: a field of the records of a query set.

    Args:
        organism: compare with the records of this one only, a name or a record; by default with those of
            `bt.settings.organism`, and Ensembl ids with those of the organism that they are of.
        source: compare with the records of this source only.
    """

    def __init__(
        self, rows: "QuerySet", field: Any = None, values: Iterable[Any] = (), organism: Any = None, source: Any = None
    ) -> None:
        self.info = rows._registry.__registry_info__
        self.field = text_field_of(self.info, field)
        self.rows = self._restricted(rows, values, organism, source)

    def _restricted(self, rows: "QuerySet", values: Iterable[Any], organism: Any, source: Any) -> "QuerySet":
        if rows._query.sliced or rows._query.also:
            rows = rows._registry.objects.filter(id__in=rows.values_list("id", flat=True))
        if source is not None:
            rows = rows.filter(source=_of_instance(rows, source, "source"))
        if "organism" not in self.info.relations:
            if organism is not None and self.info.module == "bionty":  # of other registries LaminDB takes any
                raise FieldError(f"{self.info.name} has no organism to compare with {organism!r}.")
            return rows
        found = self._organism(rows, values, organism)
        return rows if found is None else rows.filter(organism=found)

    def _organism(self, rows: "QuerySet", values: Iterable[Any], organism: Any) -> Any:
        """The record of the organism whose records are compared with, None for all of them."""
        from .bionty import settings

        if organism is None and self.field.name == "ensembl_gene_id":
            return _organism_of(rows, values)
        organism = settings.organism if organism is None else organism
        if organism is None or not isinstance(organism, str):
            return organism and _of_instance(rows, organism, "organism")
        known = _organisms(rows).filter(name=organism).first()
        if known is None:
            names = _organisms(rows).values_list("name", flat=True)
            hint = did_you_mean(organism, filter(None, names)) or "Create it, or ask without an organism."
            raise OrganismNotSet(f"No organism is named '{organism}' here.", hint=hint)
        return known

    def synonyms(self, name: str = "synonyms") -> Field | None:
        """The field with the synonyms of the values of the field; None if they have none, as all but names.

        Raises:
            FieldError: for another name than the usual that is no field.
        """
        if self.field.name != self.info.name_field or (name == "synonyms" and name not in self.info.fields):
            return None
        return text_field_of(self.info, name)

    def compare(
        self, values: Iterable[str], synonyms: Field | None = None, *, case_sensitive: bool = False
    ) -> Compared:
        """Ask which of the values the field has; with `synonyms` also what the others stand for."""
        return background.run(self._compare(values, synonyms, case_sensitive))

    async def _compare(self, values: Iterable[str], synonyms: Field | None, case_sensitive: bool) -> Compared:
        known = Compared(set(), {})
        selected = "validated standardized { value standard }" if synonyms else "validated"
        given = {
            "field": self.field.graphql,
            "synonymsField": synonyms and synonyms.graphql,
            "caseSensitive": case_sensitive,
        }
        for chunk in () if self.rows._query.empty else _chunks(values):
            reader = self.rows._reader()
            found = await reader.ask(f"inspection({PASSED}) {{ {selected} }}", ARGUMENTS, values=chunk, **given)
            known.validated.update(found["inspection"]["validated"])
            for pair in found["inspection"].get("standardized", ()):
                known.standards.setdefault(pair["value"], []).append(pair["standard"])
        return known

    def records(self, values: Iterable[str]) -> list[Any]:
        """The records that have these values, in the order of the registry."""
        keyword = f"{self.field.name}__in"
        found = [record for chunk in _chunks(values) for record in self.rows.filter(**{keyword: chunk})]
        return sorted(found, key=lambda record: record.id)


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    """The values in parts that one request takes."""
    chunk: list[str] = []
    size = 0
    for value in values:
        length = len(value.encode()) + 4
        if chunk and (len(chunk) == CHUNK_VALUES or size + length > CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(value)
        size += length
    if chunk:
        yield chunk


def _of_instance(rows: "QuerySet", record: Any, name: str) -> Any:
    """Make sure that a record is one of the instance that is asked."""
    connection = getattr(type(record), "__connection__", None)
    if connection is not rows._registry.__connection__:
        raise InvalidValueError(f"{name}={record!r} is no record of {rows._registry.__connection__.url}.")
    return record


def _organisms(rows: "QuerySet") -> "QuerySet":
    return rows._registry.__connection__.registry("Organism").objects


def _organism_of(rows: "QuerySet", values: Iterable[Any]) -> Any:
    """The organism of the first Ensembl id, if it is among the organisms."""
    first = next((value for value in values if _is_text(value) and value.startswith("ENS")), "")
    name = ENSEMBL_PREFIXES.get(re.sub(r"\d+.*", "", first))
    return name and _organisms(rows).filter(name=name).first()


def inspect(reference: Reference, values: list[Any], synonyms: Field | None = None) -> InspectResult:
    """Tell which of the values the field has; with `synonyms` also what the others stand for.

    Raises:
        InvalidTypeError: if the first value is a number or something else that is no text.
    """
    first = values[0] if values else None
    if not is_missing(first) and not _is_text(first):
        field = f"{reference.info.name}.{reference.field.name}"
        raise InvalidTypeError(f"{field} holds text, but the first value is {first!r}, of type {type(first).__name__}.")
    found = reference.compare(texts(values), synonyms)
    mapper = {value: standards[0] for value, standards in found.standards.items()}
    given = [None if is_missing(value) else value for value in values]
    return InspectResult(given, found.validated, mapper, reference.field.name)


class Standardized(NamedTuple):
    """All values with those replaced that stand for others, what was replaced by what, and what is not known."""

    values: list[Any]
    mapper: dict[str, Any]
    unknown: list[str]

    def also(self, mapper: Mapping[str, Any]) -> "Standardized":
        """Replace more of what is not known."""
        values = [mapper.get(value, value) if _is_text(value) else value for value in self.values]
        unknown = [value for value in self.unknown if value not in mapper]
        return Standardized(values, {**self.mapper, **mapper}, unknown)


def standardize(
    reference: Reference,
    values: list[Any],
    *,
    return_field: Any = None,
    case_sensitive: bool = False,
    keep: Keep = "first",
    synonyms_field: str = "synonyms",
) -> Standardized:
    """Replace values by what they stand for.

    Names are standardized only, and only where there are synonyms; other values stay as they are.
    """
    pick = choose(keep)
    synonyms = reference.synonyms(synonyms_field)
    if synonyms is None:
        return Standardized(values, {}, [])
    found = reference.compare(texts(values), synonyms, case_sensitive=case_sensitive)
    returned = field_of(reference.info, return_field or reference.field.name)
    if returned is reference.field:
        mapper = {value: pick(standards) for value, standards in found.standards.items()}
    else:
        mapper = _returned(reference, found, returned.name, keep)
    replaced = [mapper.get(value, value) if _is_text(value) else value for value in values]
    changed = {value: standard for value, standard in mapper.items() if standard is not None}
    known = found.validated | found.standards.keys()
    return Standardized(replaced, changed, [value for value in texts(values) if value not in known])


def _returned(reference: Reference, found: Compared, return_field: str, keep: Keep) -> dict[str, Any]:
    """The values of another field, of the records that have what the values are or stand for."""
    pick = choose(keep)
    meanings = {**{value: [value] for value in found.validated}, **found.standards}
    names = dict.fromkeys(name for standards in meanings.values() for name in standards)
    values: dict[str, list[Any]] = {}
    for chunk in _chunks(names):
        rows = reference.rows.filter(**{f"{reference.field.name}__in": chunk}).order_by("id")
        for name, value in rows.values_list(reference.field.name, return_field):
            values.setdefault(name, []).append(value)
    chosen = {value: standards if keep is False else [pick(standards)] for value, standards in meanings.items()}
    return {value: pick([other for name in names for other in values[name]]) for value, names in chosen.items()}
