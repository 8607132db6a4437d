"""What each mutation does, within the transaction of its operation."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace

from lnql.errors import InvalidError, LnqlError, NotUniqueError, TooComplexError
from lnql.models.changes import RowChange
from lnql.models.creation import create
from lnql.models.trash import delete_for_good, move_to_trash, restore
from lnql.models.writing import Outcome, Writing

from .matching import Matching, columns_to_match
from .mutation_features import FeatureReader
from .mutation_inputs import OnError
from .mutation_patches import ParsedPatch, PatchParser, Path, by_registry, not_found, own_key
from .mutation_payloads import DeletedRows, UserError, Written, names_new_rows
from .registry import Catalog, RegistryInfo
from .scalars import Kind

Input = Mapping[str, Any]


class RefusedError(Exception):
    """What a mutation does not take, so that the operation is undone. Never leaves the server."""

    def __init__(self, errors: Sequence[LnqlError]) -> None:
        super().__init__(*errors)
        self.errors = [UserError.of(error) for error in errors]


class Mutations(Struct, frozen=True):
    """The mutations of every registry. Rows that the scope hides do not exist for them.

    Raises:
        LnqlError: for what is refused, with the path in the input that leads to it.
        RefusedError: for several errors together.
    """

    catalog: Catalog
    most_rows: int
    matching: Matching
    writing: Writing

    def create(self, info: RegistryInfo, given: Input) -> Written:
        """Make one row."""
        (outcome,) = self._create(info, [given["data"]])
        return _one(info, outcome, ("input", "data"))

    def create_many(self, info: RegistryInfo, given: Input) -> Written:
        """Make rows; with `onError: SKIP` also if some are refused."""
        self._limit(len(given["data"]), "data")
        return _many(info, self._create(info, given["data"]), given["onError"])

    def update(self, info: RegistryInfo, given: Input) -> Written:
        """Change one row."""
        key = self._existing(info, given["id"])
        change = self._change(info, given["patch"])
        self._update(info, [key], change, given.get("ifUpdatedAt"))
        return Written(info.name, [key])

    def update_many(self, info: RegistryInfo, given: Input) -> Written:
        """Change all rows that a filter finds."""
        keys = self._matching(info, given)
        self._update(info, keys, self._change(info, given["patch"]))
        return Written(info.name, keys)

    def upsert_many(self, info: RegistryInfo, given: Input) -> Written:
        """Change rows where they exist, make them where they do not."""
        self._limit(len(given["data"]), "data")
        columns = columns_to_match(info, given["matchOn"])
        patches = self._parse(info, given["data"])
        outcomes = self._refused_as_unmatchable(columns, patches)
        told = [tuple(patch.change.values.get(column.key) for column in columns) for patch in patches]
        keys = self.matching.by_columns(info, columns, told)
        for number, values in enumerate(told):
            if outcomes[number] is None and values in keys:
                change = patches[number].change
                for column in columns:
                    del change.values[column.key]  # they are the same
                outcomes[number] = self._change_one(info, keys[values], change)
        return _many(info, self._make(info, patches, outcomes), OnError.ROLL_BACK)

    def delete(self, info: RegistryInfo, given: Input) -> Written:
        """Delete one row."""
        return self._delete(info, [self._existing(info, given["id"])], given)

    def delete_many(self, info: RegistryInfo, given: Input) -> Written:
        """Delete all rows that a filter finds."""
        return self._delete(info, self._matching(info, given), given)

    def restore(self, info: RegistryInfo, given: Input) -> Written:
        """Take one row out of the trash."""
        key = self._existing(info, given["id"])
        try:
            restore(self.writing.connection, info.model, [key])
        except LnqlError as error:
            raise _at(error, ("input",)) from error
        return Written(info.name, [key])

    def existing(self, registry: str, keys: Sequence[int | None]) -> list[int | None]:
        """The keys of the rows that are there, None for the others."""
        asked = [key for key in keys if key is not None]
        found: set[int] = self.matching.visible(self.catalog[registry], asked) if asked else set()
        return [key if key in found else None for key in keys]

    def rehearsed(self, written: Written) -> Written:
        """What was done, with what is known of the row that was written, if it is one."""
        info = self.catalog.get(written.registry)
        if info is None or len(written.keys) != 1 or written.keys[0] is None:
            return written
        known = [
            field.name for field in info.fields.values() if field is not info.key and field.kind is not Kind.DATETIME
        ]
        row = next(iter(self.matching.rows(info, info.key.name, [written.keys[0]], known)), None)
        if row is None:  # it would be hidden from who makes it
            return written
        made = {name: _as_json(row[name]) for name in known}
        return replace(written, new_row=made, new_uid=made["uid"] if names_new_rows(info) else None)

    # Steps

    def _create(self, info: RegistryInfo, patches: Sequence[Input]) -> list[Outcome]:
        parsed = self._parse(info, patches)
        return self._make(info, parsed, [patch.errors[0] if patch.errors else None for patch in parsed])

    def _parse(self, info: RegistryInfo, patches: Sequence[Input]) -> list[ParsedPatch]:
        parser = PatchParser(self.catalog, info)
        parsed = [parser.parse(patch) for patch in patches]
        references = [reference for patch in parsed for reference in patch.references]
        seen = {target: self.matching.visible(target, keys) for target, keys in by_registry(references)}
        for patch in parsed:
            patch.errors += [
                not_found(reference.info, reference.key, reference.path)
                for reference in patch.references
                if reference.key not in seen[reference.info]
            ]
        self._read_features([patch for patch in parsed if patch.features is not None])
        return parsed

    def _read_features(self, patches: Sequence[ParsedPatch]) -> None:
        said = [patch.features or {} for patch in patches]
        reader = FeatureReader(self.catalog, self.matching, said)
        for patch, features in zip(patches, said, strict=True):
            patch.change.features, errors = reader.read(features)
            patch.errors += errors

    def _make(
        self, info: RegistryInfo, patches: Sequence[ParsedPatch], outcomes: Sequence[Outcome | None]
    ) -> list[Outcome]:
        """Make the rows that have no outcome yet."""
        made = iter(
            create(
                self.writing,
                info.model,
                [patch.change for patch, outcome in zip(patches, outcomes, strict=True) if outcome is None],
            )
        )
        full = [next(made) if outcome is None else outcome for outcome in outcomes]
        return [_named(info, outcome) if isinstance(outcome, LnqlError) else outcome for outcome in full]

    def _refused_as_unmatchable(
        self, columns: Sequence[sa.Column[Any]], patches: Sequence[ParsedPatch]
    ) -> list[Outcome | None]:
        """What is wrong with each patch, if anything: it has to say the values to match, and no two the same."""
        outcomes: list[Outcome | None] = []
        seen: dict[tuple[Any, ...], int] = {}
        for number, patch in enumerate(patches):
            lacking = next((column.key for column in columns if column.key not in patch.change.values), None)
            values = tuple(patch.change.values.get(column.key) for column in columns)
            first = seen.setdefault(values, number)
            if patch.errors:
                outcomes.append(patch.errors[0])
            elif lacking is not None:
                outcomes.append(InvalidError(f"{lacking} is not given, and rows are matched on it.", path=(lacking,)))
            elif first != number:
                outcomes.append(NotUniqueError(f"Number {first} of the list is the same row.", path=(columns[0].key,)))
            else:
                outcomes.append(None)
        return outcomes

    def _change_one(self, info: RegistryInfo, keys: Sequence[int], change: RowChange) -> Outcome:
        if len(keys) > 1:
            return NotUniqueError(f"{len(keys)} {info.plural_words} match.", hint="Match on more fields.")
        try:
            self.writing.update(info.model, keys, change)
        except LnqlError as error:
            return _named(info, error)
        return keys[0]

    def _change(self, info: RegistryInfo, patch: Input) -> RowChange:
        (parsed,) = self._parse(info, [patch])
        if parsed.errors:
            raise RefusedError([_at(error, ("input", "patch")) for error in parsed.errors])
        return parsed.change

    def _update(self, info: RegistryInfo, keys: Sequence[int], change: RowChange, since: Any = None) -> None:
        try:
            self.writing.update(info.model, keys, change, since)
        except LnqlError as error:
            place = ("input",) if error.path[:1] == ("ifUpdatedAt",) else ("input", "patch")
            raise _at(_named(info, error), place) from error

    def _delete(self, info: RegistryInfo, keys: Sequence[int], given: Input) -> Written:
        connection = self.writing.connection
        try:
            self.writing.refuse_locked(info.model, keys)
            if given["permanent"]:
                counts = delete_for_good(connection, info.model, keys, self.writing.present, self.writing.sees)
            else:
                counts = Counter()
                move_to_trash(connection, info.model, keys, self.writing.sees)
        except LnqlError as error:
            raise _at(error, ("input",)) from error
        tables = [DeletedRows(table, count) for table, count in counts.items()]
        return Written(info.name, count=len(keys), tables=tables)

    # Finding rows

    def _existing(self, info: RegistryInfo, id_: str) -> int:
        path = ("input", "id")
        key = own_key(info, id_, self.catalog, path)
        if not self.matching.visible(info, [key]):
            raise not_found(info, key, path)
        return key

    def _matching(self, info: RegistryInfo, given: Input) -> list[int]:
        most = given["atMost"]
        if most < 0:
            raise InvalidError(f"atMost is {most}; it takes a number from 0.", path=("input", "atMost"))
        self._limit(most, "atMost")
        try:
            keys = self.matching.by_filter(info, given["filter"], most)
        except InvalidError as error:
            raise _at(error, ("input", "filter")) from error
        if len(keys) > most:
            raise InvalidError(
                f"The filter finds more than {most} {info.plural_words}; nothing was changed.",
                hint="Say a larger atMost if all of them are meant.",
                path=("input", "atMost"),
            )
        return keys

    def _limit(self, rows: int, what: str) -> None:
        if rows > self.most_rows:
            raise TooComplexError(f"{what} stands for {rows} rows; at most {self.most_rows} are written at once.")


def _one(info: RegistryInfo, outcome: Outcome, path: Path) -> Written:
    if isinstance(outcome, LnqlError):
        raise _at(outcome, path)
    return Written(info.name, [outcome])


def _many(info: RegistryInfo, outcomes: Sequence[Outcome], on_error: OnError) -> Written:
    """What became of several rows.

    Raises:
        RefusedError: if one was refused and none is to be passed over.
    """
    errors = [
        _at(outcome, ("input", "data", str(number)))
        for number, outcome in enumerate(outcomes)
        if isinstance(outcome, LnqlError)
    ]
    if errors and on_error is not OnError.SKIP:
        raise RefusedError(errors)
    return Written(
        info.name,
        [None if isinstance(outcome, LnqlError) else outcome for outcome in outcomes],
        0,
        [UserError.of(error) for error in errors],
    )


def _named(info: RegistryInfo, error: LnqlError) -> LnqlError:
    """An error whose path starts with the name of a field, where it started with the key of its column."""
    names = {field.column.key: name for name, field in info.fields.items()}
    names |= {relation.local.key: name for name, relation in info.to_one.items()}
    error.path = tuple(names.get(part, part) for part in error.path)
    return error


def _at(error: LnqlError, path: Path) -> LnqlError:
    """An error with the path that leads to what it is about."""
    error.path = (*path, *error.path)
    return error


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
