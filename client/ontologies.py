"""Public ontologies: terms with their names, synonyms, definitions and parents.

They come with the package `cellxgene-ontology-guide`, which the extra `ontologies` installs; none is downloaded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from .extras import require

Entry = Mapping[str, Any]
"""`label`, `ancestors` with their distances, and where there are any `description`, `synonyms`, `deprecated`."""


class Match(Enum):
    """What counts as the name of a term."""

    EXACT = "its name"
    SYNONYMS = "its name or a synonym"
    ANY_CASE = "its name or a synonym in any case"


@dataclass(frozen=True)
class Term:
    """A term of an ontology; `parents` are the ids of those directly above it."""

    ontology_id: str
    name: str
    synonyms: tuple[str, ...]
    description: str | None
    parents: tuple[str, ...]


@dataclass(frozen=True)
class Ontology:
    """A public ontology: its name in the package, the registry whose terms it has, and of which organism they are."""

    code: str
    registry: str
    organism: str
    description: str

    @property
    def entity(self) -> str:
        """What LaminDB calls the registry in its sources."""
        return f"bionty.{self.registry}"

    @property
    def name(self) -> str:
        """What LaminDB calls the ontology in its sources."""
        return self.code.lower()

    @cached_property
    def version(self) -> str:
        """The version that the package has."""
        return str(self._guide.supported_ontologies[self.code]["version"]).removeprefix("v")

    @cached_property
    def _guide(self) -> Any:
        task = f"The {self.description}"
        return require("cellxgene_ontology_guide.supported_versions", extra="ontologies", task=task).CXGSchema()

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """All terms by their ids, but those that are obsolete.

        Raises:
            MissingExtraError: if the package is not installed.
        """
        return {key: entry for key, entry in self._guide.ontology(self.code).items() if not entry.get("deprecated")}

    def term(self, ontology_id: str) -> Term:
        """The term with an id.

        Raises:
            KeyError: if there is none.
        """
        entry = self.entries[ontology_id]
        synonyms = tuple(dict.fromkeys(name for name in entry.get("synonyms", ()) if name != entry["label"]))
        return Term(ontology_id, entry["label"], synonyms, entry.get("description"), self.parents(ontology_id))

    def parents(self, ontology_id: str) -> tuple[str, ...]:
        """The ids of the nearest ancestors of a term."""
        ancestors = self.entries[ontology_id]["ancestors"]
        distances = {key: distance for key, distance in ancestors.items() if key in self.entries}
        return tuple(key for key, distance in distances.items() if distance == min(distances.values()))

    def with_ancestors(self, ontology_ids: Iterable[str]) -> list[Term]:
        """Terms and all that are above them; parents stand before their children."""
        ordered: dict[str, Term] = {}
        for ontology_id in ontology_ids:
            self._add(ontology_id, ordered)
        return list(ordered.values())

    def _add(self, ontology_id: str, ordered: dict[str, Term]) -> None:
        if ontology_id not in ordered:
            term = self.term(ontology_id)
            for parent in term.parents:
                self._add(parent, ordered)
            ordered[ontology_id] = term

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return _first((entry["label"], key) for key, entry in self.entries.items())

    @cached_property
    def _synonyms(self) -> Mapping[str, str]:
        return _first((name, key) for key, entry in self.entries.items() for name in entry.get("synonyms", ()))

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        """What names and synonyms in any case stand for; names come first."""
        return _first((name.lower(), key) for names in (self._names, self._synonyms) for name, key in names.items())

    def find(self, field: str, value: str, match: Match = Match.ANY_CASE) -> str | None:
        """The id of the term whose `ontology_id` or `name` is a value; None if there is none."""
        if field == "ontology_id":
            return value if value in self.entries else None
        found = self._names.get(value)
        if found is None and match is not Match.EXACT:
            known = self._folded if match is Match.ANY_CASE else self._synonyms
            found = known.get(value.lower() if match is Match.ANY_CASE else value)
        return found


def _first(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """A dictionary in which the first of equal keys counts."""
    found: dict[str, str] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


ONTOLOGIES = (
    Ontology("CL", "CellType", "all", "Cell Ontology"),
    Ontology("UBERON", "Tissue", "all", "Uberon multi-species anatomy ontology"),
    Ontology("MONDO", "Disease", "all", "Mondo Disease Ontology"),
    Ontology("EFO", "ExperimentalFactor", "all", "Experimental Factor Ontology"),
    Ontology("PATO", "Phenotype", "all", "Phenotype And Trait Ontology"),
    Ontology("HANCESTRO", "Ethnicity", "human", "Human Ancestry Ontology"),
    Ontology("HsapDv", "DevelopmentalStage", "human", "Human Developmental Stages"),
    Ontology("MmusDv", "DevelopmentalStage", "mouse", "Mouse Developmental Stages"),
    Ontology("CVCL", "CellLine", "all", "Cellosaurus"),
)
"""The ontologies of LaminDB's registries; of a registry's several the first is asked first."""


def ontologies_of(registry: str, organism: str | None = None) -> list[Ontology]:
    """The ontologies of a registry's terms, of an organism's where one is named."""
    of_registry = [found for found in ONTOLOGIES if found.registry == registry]
    return [found for found in of_registry if organism is None or found.organism in (organism, "all")]


Found = tuple[Ontology, str]
"""A term: its ontology, and its id there."""


def find_terms(
    registry: str, field: str, values: Iterable[str], match: Match = Match.ANY_CASE, organism: str | None = None
) -> dict[str, Found]:
    """The terms that values are, by these; what is no term is left out. See `Ontology.find`.

    Raises:
        MissingExtraError: if the registry has ontologies and the package is not installed.
    """
    found: dict[str, Found] = {}
    for ontology in ontologies_of(registry, organism):
        for value in values:
            if value not in found and (term := ontology.find(field, value, match)):
                found[value] = (ontology, term)
    return found
