"""Finding records by a text, by attributes, by lists of values: methods of query sets and of registries."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from . import curation
from .completion import Completions, Keep
from .curation import Reference, as_list, texts
from .errors import InvalidTypeError, InvalidValueError, MissingExtraError
from .field_names import field_of
from .inspect_result import InspectResult
from .lazy import Lazy
from .messages import tell
from .ontologies import Match
from .public_terms import public_names, public_terms
from .record_list import SQLRecordList

if TYPE_CHECKING:
    from .queryset import QuerySet

SEARCH_LIMIT = 20


class Finding(Lazy):
    """What query sets can do to find records."""

    def search(
        self,
        string: str,
        *,
        field: Any = None,
        limit: int | None = SEARCH_LIMIT,
        case_sensitive: bool = False,
        fuzzy: bool = False,
    ) -> "QuerySet":
        """Those in which a text is found, the best first.

        >>> bt.CellType.search("gamma delta", fuzzy=True).to_list("name")  # doctest: +SKIP

        Args:
            string: what to find; blanks around it do not count.
            field: a field with text or a list of them; all by default.
            limit: how many at most; None for all.
            case_sensitive: whether case counts.
            fuzzy: whether those follow whose names only resemble the text.

        Raises:
            InvalidValueError: if there is no text.
        """
        if string is None:
            raise InvalidValueError("Cannot search for None value! Please pass a valid string.")
        if not isinstance(string, str):
            raise InvalidTypeError(f"Cannot search for {string!r}: pass a string.")
        search = {"text": string, "caseSensitive": case_sensitive, "fuzzy": fuzzy}
        if field is not None:
            fields = field if isinstance(field, list | tuple) else [field]
            search["fields"] = [field_of(self._info, name).graphql for name in fields]
        self._refuse_slice("search")
        return cast("QuerySet", self._with(search=search, order=(), limit=limit))

    def lookup(self, field: Any = None, return_field: Any = None, *, keep: Keep = "first") -> Any:
        """The records behind attributes that are named after the values of a field, for completion by the tab key.

        >>> bt.CellType.lookup().t_cell  # doctest: +SKIP
        >>> bt.CellType.lookup().dict()["T cell"]  # doctest: +SKIP

        Args:
            field: the field; by default that by which people know a record.
            return_field: a field whose values are given instead of the records.
            keep: of several with the same name give the "first", the "last" or, with False, all of them.
        """
        name = field_of(self._info, field).name
        returned = None if return_field is None else field_of(self._info, return_field).name
        return Completions((getattr(record, name), record) for record in self).named_tuple(returned, keep)

    def _reference(self, field: Any, values: list[Any], organism: Any, source: Any) -> Reference:
        return Reference(cast("QuerySet", self), field, values, organism, source)

    def validate(
        self,
        values: Any,
        field: Any = None,
        *,
        mute: bool = False,
        organism: Any = None,
        source: Any = None,
        strict_source: bool = False,
    ) -> Any:
        """Tell of each value whether the field has it, exactly so: an array, or a boolean for a single text.

        >>> bt.CellType.validate(["T cell", "T-cell"])  # doctest: +SKIP
        array([ True, False])

        Args:
            values: texts in a list, an array or a column of a frame.
            field: the field; by default that by which people know a record.
            mute: whether to keep silent.
            organism: compare with records of this organism only, a name or a record.
            source: a `bt.Source`.
            strict_source: whether to compare with records of that source only.
        """
        import numpy as np

        listed = as_list(values)
        reference = self._reference(field, listed, organism, source if strict_source else None)
        found = curation.inspect(reference, listed)
        _tell(found, mute)
        return found.flags[0] if isinstance(values, str) else np.array(found.flags, dtype=bool)

    def inspect(
        self,
        values: Any,
        field: Any = None,
        *,
        mute: bool = False,
        organism: Any = None,
        source: Any = None,
        from_source: bool = True,
        strict_source: bool = False,
    ) -> InspectResult:
        """Tell which values the field has, which it lacks, and what these stand for. Arguments as for `validate`.

        >>> bt.CellType.inspect(["T cell", "T-cell"]).synonyms_mapper  # doctest: +SKIP
        {'T-cell': 'T cell'}
        """
        listed = as_list(values)
        reference = self._reference(field, listed, organism, source if strict_source else None)
        found = curation.inspect(reference, listed, reference.synonyms())
        _tell(found, mute)
        if from_source and not mute:
            unknown = [value for value in texts(found.non_validated) if value not in found.synonyms_mapper]
            public_terms(self._info.name, reference.field.name, unknown, mute=mute)
        return found

    def standardize(
        self,
        values: Any,
        field: Any = None,
        *,
        return_field: Any = None,
        return_mapper: bool = False,
        case_sensitive: bool = False,
        mute: bool = False,
        from_source: bool = True,
        keep: Keep = "first",
        synonyms_field: str = "synonyms",
        organism: Any = None,
        source: Any = None,
        strict_source: bool = False,
    ) -> Any:
        """Replace synonyms, and names in other case, by the names that they stand for; other values stay.

        >>> bt.CellType.standardize(["T-cell", "t cell", "unknown"])  # doctest: +SKIP
        ['T cell', 'T cell', 'unknown']

        Args:
            values: texts in a list, an array or a column of a frame, or one text.
            field: the field with the names; synonyms are known of no other.
            return_field: a field whose values are given instead of the names.
            return_mapper: give a dictionary of the values that were replaced instead.
            case_sensitive: whether case counts.
            mute: whether to keep silent.
            from_source: whether to ask the public ontology about values that the registry does not know.
            keep: of several names take the "first", the "last" or, with False, all of them.
            synonyms_field: the field with the synonyms, separated by |.
            organism: compare with records of this organism only, a name or a record.
            source: a `bt.Source`.
            strict_source: whether to compare with records of that source only.
        """
        listed = as_list(values)
        reference = self._reference(field, listed, organism, source if strict_source else None)
        found = curation.standardize(
            reference,
            listed,
            return_field=return_field,
            case_sensitive=case_sensitive,
            keep=keep,
            synonyms_field=synonyms_field,
        )
        if from_source and found.unknown:
            returned = field_of(self._info, return_field or reference.field.name).name
            found = found.also(
                public_names(self._info.name, found.unknown, returned, case_sensitive=case_sensitive, mute=mute)
            )
        if return_mapper:
            return found.mapper
        return found.values[0] if isinstance(values, str) else found.values


def _tell(found: InspectResult, mute: bool) -> None:
    if not mute:
        tell(found.summary())


def _found_in_public(
    registry: Any, field: str, values: list[str], match: Match, source: Any, mute: bool
) -> dict[str, Any]:
    """Make records of public terms; without the package, tell how to get it and make none."""
    from .public_records import public_records

    try:
        return public_records(registry, field, values, match, source)
    except MissingExtraError as missing:
        if not mute:
            tell(str(missing))
        return {}


P = ParamSpec("P")
R = TypeVar("R")


def _of_objects(method: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
    """Make a method of query sets one of registries: of all records, on whatever branch."""

    @wraps(method)
    def call(registry: Any, /, *args: P.args, **options: P.kwargs) -> R:
        return method(registry.objects, *args, **options)

    return call


def _of_main(method: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
    """Make a method of query sets one of registries: of the records on the main branch."""

    @wraps(method)
    def call(registry: Any, /, *args: P.args, **options: P.kwargs) -> R:
        return method(registry.filter(), *args, **options)

    return call


class FindingRegistry(type):
    """What registries can do to find records: as in LaminDB, search and lookup on every branch, the rest on main."""

    search = _of_objects(Finding.search)
    lookup = _of_objects(Finding.lookup)
    validate = _of_main(Finding.validate)
    inspect = _of_main(Finding.inspect)
    standardize = _of_main(Finding.standardize)

    def from_values(
        cls: Any,
        values: Any,
        field: Any = None,
        *,
        organism: Any = None,
        source: Any = None,
        standardize: bool = True,
        from_source: bool = True,
        create: bool = False,
        mute: bool = False,
    ) -> SQLRecordList:
        """The records that values are, or are synonyms of, in the order of the registry.

        After them come new records, to be saved, for values that public ontologies have; others are left out.

        >>> bt.CellType.from_values(["T-cell", "B cell"]).save().to_list("name")  # doctest: +SKIP
        ['B cell', 'T cell']

        Args:
            values: texts in a list, an array or a column of a frame.
            field: the field; by default that by which people know a record.
            organism: look among the records of this one only, a name or a record.
            source: make new records of this version of an ontology only, a `bt.Source`.
            standardize: whether synonyms and other case are understood.
            from_source: whether public ontologies are asked about what the registry does not have.
            create: whether to make new records, to be saved, for values that are still unknown.
            mute: whether to keep silent.
        """
        listed = texts(as_list(values))
        reference = Reference(cls.filter(), field, listed, organism)
        mapper = curation.standardize(reference, listed).mapper if standardize else {}
        names = dict.fromkeys(mapper.get(value, value) for value in listed)
        records = reference.records(names)
        known = {getattr(record, reference.field.name) for record in records}
        unknown = [name for name in names if name not in known]
        if unknown and from_source:
            match = Match.ANY_CASE if standardize else Match.EXACT
            found = _found_in_public(cls, reference.field.name, unknown, match, source, mute)
            records += [record for record in dict.fromkeys(found.values()) if record not in records]
            unknown = [name for name in unknown if name not in found]
        if create:
            records += [cls(**{reference.field.name: name}) for name in unknown]
        elif unknown and not mute:
            tell(f"no {cls.__name__} for {len(unknown)} of the values: {', '.join(map(repr, unknown[:10]))}")
        return SQLRecordList(records)
