"""Records of public ontologies: made from a term, and saved with their source and all terms above them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import background
from .curation import Reference
from .documents import KEY, everything
from .errors import InvalidArgument, ObjectDoesNotExist
from .mutations import mutate
from .ontologies import Found, Match, Ontology, Term, find_terms
from .peers import Peers
from .record import BaseRecord
from .record_list import SQLRecordList

if TYPE_CHECKING:
    from .registry import Registry

CHUNK = 500
"""How many terms one request writes."""


class FromSource(BaseRecord):
    """A record of a biological registry, whose terms public ontologies have."""

    _found: Found | None = None
    """The term that it was made from and will be saved as; None if it is in the registry."""

    @classmethod
    def from_source(cls, *, organism: Any = None, source: Any = None, mute: bool = False, **field: str) -> Any:
        """The record with this name or id: of the registry, or else a new one from a public ontology, to be saved.

        Args:
            organism: look among the records of this one only, a name or a record.
            source: look in this version of an ontology only, a `bt.Source`.
            mute: taken as in LaminDB; nothing is printed anyway.
            field: one field and its value, `name="T cell"` or `ontology_id="CL:0000084"`.

        Raises:
            InvalidArgument: unless exactly one field is given.
            ObjectDoesNotExist: if neither the registry nor an ontology has it.
            MissingExtraError: if the registry does not have it, and the package with the ontologies is not installed.

        >>> bt.CellType.from_source(name="T cell").save()  # doctest: +SKIP
        """
        if len(field) != 1:
            given = f"not {', '.join(field)}" if field else "for example name"
            raise InvalidArgument(f"{cls.__name__}.from_source() takes exactly one field, {given}.")
        ((name, value),) = field.items()
        known = Reference(cls.filter(), name, [value], organism).records([value])
        found = known or list(public_records(cls, name, [value], Match.EXACT, source).values())
        if not found:
            raise ObjectDoesNotExist(_not_found(cls, name, value))
        return found[0] if len(found) == 1 else SQLRecordList(found)

    def save(self) -> Any:
        """Save the record; one that was made from a term with its source and all terms above it."""
        if self._found is None:
            return super().save()
        save_public([self])
        return self

    def _identity(self) -> tuple[Any, ...]:
        return super()._identity() if self._found is None else (*super()._identity()[:-1], self._found[1])


def _not_found(registry: type[BaseRecord], field: str, value: str) -> str:
    name = registry.__registry_info__.name
    similar = find_terms(name, field, [value])
    hint = "".join(f' Did you mean "{ontology.term(key).name}"?' for ontology, key in similar.values())
    return f"Neither the registry nor a public ontology of {name} has {field}='{value}'.{hint}"


def public_records(
    registry: "Registry", field: str, values: Sequence[str], match: Match, source: Any = None
) -> dict[str, Any]:
    """Make unsaved records for values that are terms of public ontologies, by these values.

    A term that the registry has, under whatever name, is its record.
    """
    if field not in ("name", "ontology_id") or not values:
        return {}
    found = find_terms(registry.__registry_info__.name, field, values, match)
    if source is not None:
        found = {value: term for value, term in found.items() if _is_of(term[0], source)}
    if not found:
        return {}
    known = _by_term(registry, {term for _, term in found.values()})
    made = {term: known.get(term) or _new(registry, ontology, term) for ontology, term in found.values()}
    return {value: made[term] for value, (_, term) in found.items()}


def _is_of(ontology: Ontology, source: Any) -> bool:
    return (ontology.name, ontology.version) == (source.name, source.version)


def _by_term(registry: "Registry", terms: Iterable[str]) -> dict[str, Any]:
    """The records that the registry has of terms, on whatever branch, by their ids in the ontology."""
    records = Reference(registry.objects, "ontology_id").records(sorted(terms))
    return {record.ontology_id: record for record in records}


def _new(registry: "Registry", ontology: Ontology, key: str) -> Any:
    info = registry.__registry_info__
    values = _values(ontology.term(key))
    row = {field.graphql: values.get(field.name) for field in info.fields.values()}
    record = registry.__from_row__(row, everything(info), Peers())
    record._found = (ontology, key)
    return record


def _values(term: Term) -> dict[str, Any]:
    synonyms = "|".join(term.synonyms) or None
    return {
        "name": term.name,
        "ontology_id": term.ontology_id,
        "synonyms": synonyms,
        "description": term.description,
    }


# Saving --------------------------------------------------------------------------------------------------------------


def save_public(records: Sequence[Any]) -> None:
    """Save records that were made from terms: the source first, then terms from the roots of the ontology down.

    Raises:
        ReadOnlyError: if the instance may not be changed.
    """
    by_ontology: dict[tuple[Any, Ontology], list[Any]] = defaultdict(list)
    for record in records:
        by_ontology[type(record), record._found[0]].append(record)
    for (registry, ontology), group in by_ontology.items():
        keys = {record._found[1] for record in group}
        _save_terms(registry, ontology, keys)
        saved = _by_term(registry, keys)
        for record in group:
            values = saved[record._found[1]]._values
            record.__dict__.update(_values=values, _related={}, _read_ahead={}, _found=None)


def _save_terms(registry: "Registry", ontology: Ontology, keys: Iterable[str]) -> None:
    terms = ontology.with_ancestors(keys)
    ids = {key: record.id for key, record in _by_term(registry, {term.ontology_id for term in terms}).items()}
    source = _source(registry, ontology)
    for level in _levels([term for term in terms if term.ontology_id not in ids]):
        for start in range(0, len(level), CHUNK):
            rows = [_patch(registry, term, ids, source) for term in level[start : start + CHUNK]]
            fields = f"{KEY} ontologyId"
            written = background.run(mutate(registry, "create", {"data": rows}, many=True, fields=fields))
            ids |= {row["ontologyId"]: row["databaseId"] for row in written}


def _levels(terms: Sequence[Term]) -> Iterator[list[Term]]:
    """The terms in groups, such that the parents of each that are among them stand in earlier groups."""
    depths: dict[str, int] = {}
    for term in terms:
        depths[term.ontology_id] = 1 + max((depths.get(parent, 0) for parent in term.parents), default=0)
    for depth in sorted(set(depths.values())):
        yield [term for term in terms if depths[term.ontology_id] == depth]


def _patch(registry: "Registry", term: Term, ids: Mapping[str, int], source: str) -> dict[str, Any]:
    info = registry.__registry_info__
    values = {info.fields[name].graphql: value for name, value in _values(term).items()}
    return {**values, "source": source, "parents": {"set": [f"{info.name}:{ids[parent]}" for parent in term.parents]}}


def _source(registry: "Registry", ontology: Ontology) -> str:
    """The global id of the ontology's source, which is added if the instance does not have this version."""
    sources = registry.__connection__.registry("Source")
    of_ontology = sources.objects.filter(entity=ontology.entity, name=ontology.name, organism=ontology.organism)
    known = list(of_ontology)
    found = next((source.id for source in known if source.version == ontology.version), None)
    if found is None:
        row = {
            "entity": ontology.entity,
            "name": ontology.name,
            "organism": ontology.organism,
            "version": ontology.version,
            "description": ontology.description,
            "currentlyUsed": not any(source.currently_used for source in known),
        }
        (written,) = background.run(mutate(sources, "create", {"data": [row]}, many=True, fields=KEY))
        found = written["databaseId"]
    return f"Source:{found}"
