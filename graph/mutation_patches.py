"""From the patch of a mutation to the change of a row: values that fit their columns, links to rows that exist."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from msgspec import Struct, field

from lnql.errors import InvalidError, LnqlError, NotFoundError
from lnql.models.changes import LinkChange, RowChange
from lnql.suggestions import did_you_mean

from .global_ids import parse_global_id
from .registry import Catalog, Field, RegistryInfo, ToMany
from .scalars import BITS_32, BITS_64, Kind
from .writable import writable

Path = tuple[str, ...]

INTEGERS: tuple[tuple[type[sa.types.TypeEngine[Any]], range], ...] = (
    (sa.SmallInteger, range(-(2**15), 2**15)),
    (sa.BigInteger, BITS_64),
    (sa.Integer, BITS_32),
)
"""The numbers that a column of each type takes; the first that fits decides."""


class Reference(Struct, frozen=True):
    """A row that a patch names, and where in the patch."""

    info: RegistryInfo
    key: int
    path: Path


class ParsedPatch(Struct):
    """The change of a row, the other rows that it names, and what is wrong with it."""

    change: RowChange = field(default_factory=RowChange)
    references: list[Reference] = field(default_factory=list)
    errors: list[LnqlError] = field(default_factory=list)
    features: Mapping[str, Any] | None = None
    """What it says of features, to be read together with what other patches say."""


class PatchParser:
    """Reads patches of one registry. Everything that is wrong with a patch is found, not only the first."""

    def __init__(self, catalog: Catalog, info: RegistryInfo) -> None:
        self._catalog = catalog
        self._info = info
        self._writable = writable(info)

    def parse(self, patch: Mapping[str, Any]) -> ParsedPatch:
        """Read a patch; the paths of errors start with its keys."""
        parsed = ParsedPatch()
        for name, value in patch.items():
            try:
                self._entry(name, value, parsed)
            except LnqlError as error:
                error.path = error.path or (name,)
                parsed.errors.append(error)
        return parsed

    def _entry(self, name: str, value: Any, parsed: ParsedPatch) -> None:
        if (one := self._writable.one.get(name)) is not None:
            key = None if value is None else self._refer(one.target, value, (name,), parsed)
            _require_value(one.local, value, name)
            parsed.change.values[one.local.key] = key
        elif (many := self._writable.many.get(name)) is not None:
            parsed.change.links.append(self._link(many, value, (name,), parsed))
        elif name == "revises":
            parsed.change.revises = None if value is None else self._refer(self._info, value, (name,), parsed)
        elif name == "features":
            if value is None:
                raise InvalidError("features is null.", hint="To take all values away, say clear: true.")
            parsed.features = value
        else:
            column = self._writable.fields[name]
            parsed.change.values[column.column.key] = checked(column, value)

    def _link(self, relation: ToMany, value: Mapping[str, Any] | None, path: Path, parsed: ParsedPatch) -> LinkChange:
        assert relation.link is not None  # noqa: S101  it is writable
        if value is None:
            raise InvalidError(f"{relation.name} is null.", hint="To remove all links, say set: [].")
        keys = {
            word: [self._refer(relation.target, id_, (*path, word), parsed) for id_ in value[word]]
            for word in ("set", "add", "remove")
            if value.get(word) is not None
        }
        change = LinkChange(
            link=relation.link,
            set=keys.get("set"),
            add=keys.get("add", ()),
            remove=keys.get("remove", ()),
            feature=self._feature(relation, value.get("feature"), path, parsed),
            slots=value.get("slots") or (),
        )
        _refuse_slots(change, path)
        return change

    def _feature(self, relation: ToMany, id_: str | None, path: Path, parsed: ParsedPatch) -> int | None:
        column = relation.link.feature if relation.link else None
        if id_ is None:
            if column is not None and not column.nullable:
                raise InvalidError(f"{relation.name} are values of features.", hint="Say feature, its global id.")
            return None
        if column is None:
            raise InvalidError(f"Links of {relation.name} have no feature.", path=(*path, "feature"))
        return self._refer(self._catalog["Feature"], id_, (*path, "feature"), parsed)

    def _refer(self, info: RegistryInfo, id_: str, path: Path, parsed: ParsedPatch) -> int:
        key = own_key(info, id_, self._catalog, path)
        parsed.references.append(Reference(info, key, path))
        return key


def _refuse_slots(change: LinkChange, path: Path) -> None:
    """Refuse parts that new links are of where links have none, or there is not one for each."""
    given, wanted = len(change.slots), len((*(change.set or ()), *change.add))
    if given and change.link.slot is None:
        raise InvalidError("These links have no parts.", path=(*path, "slots"))
    if given not in (0, wanted):
        raise InvalidError(f"{given} slots are given for {wanted} rows.", path=(*path, "slots"))


def own_key(info: RegistryInfo, id_: str, catalog: Catalog, path: Path) -> int:
    """The key in a global id, which has to be one of the registry."""
    try:
        owner, key = parse_global_id(id_, catalog)
    except InvalidError as error:
        error.path = path
        raise
    if owner is not info:
        raise InvalidError(f"{id_!r} is {owner.with_article}; {info.with_article} is needed here.", path=path)
    return key


def not_found(info: RegistryInfo, key: int, path: Path) -> LnqlError:
    """The error of a row that does not exist, or that the request may not see."""
    return NotFoundError(f"There is no {info.singular_words} {info.name}:{key}.", path=path)


def checked(column: Field, value: Any) -> Any:
    """A value that its column takes.

    Raises InvalidError for a null where there has to be a value, a text that is too long or of another form, a number
    that is too large, a word that is no status, or one that LaminDB does not write; such may be in the database from
    before.
    """
    _require_value(column.column, value, column.name)
    if value is None:
        return None
    if column.words and value not in column.words:
        hint = did_you_mean(value, column.words) or f"There are {', '.join(column.words)}."
        raise InvalidError(f"{value!r} is no status.", hint=hint)
    accepted = column.column.info.get("accepted", (value,))
    if value not in accepted:
        hint = did_you_mean(value, accepted) or f"It takes {', '.join(accepted)}."
        raise InvalidError(f"{value!r} is no {column.name}.", hint=hint)
    form = column.column.info.get("form")
    if form and not form.fits(value):
        raise InvalidError(f"{value!r} is no {form.words}.", hint=f'Write it like "{form.example}".')
    length = getattr(column.column.type, "length", None)
    if isinstance(value, str) and length is not None and len(value) > length:
        raise InvalidError(f"{column.name} has {len(value)} characters; at most {length} fit.")
    if column.kind in (Kind.INT, Kind.BIGINT):
        _refuse_large(column, value)
    return value


def _require_value(column: sa.Column[Any], value: Any, name: str) -> None:
    if value is None and not column.nullable:
        raise InvalidError(f"{name} is null; it needs a value.")


def _refuse_large(column: Field, value: int) -> None:
    taken = next(numbers for type_, numbers in INTEGERS if isinstance(column.column.type, type_))
    if value not in taken:
        raise InvalidError(f"{column.name} is {value}; it takes {taken.start} to {taken.stop - 1}.")


def by_registry(references: Iterable[Reference]) -> Iterator[tuple[RegistryInfo, list[int]]]:
    """The keys that are referred to, registry by registry."""
    keys: dict[RegistryInfo, list[int]] = {}
    for reference in references:
        keys.setdefault(reference.info, []).append(reference.key)
    yield from ((info, list(dict.fromkeys(found))) for info, found in keys.items())
