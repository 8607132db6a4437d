"""From a mutation to its answer: one transaction for all its fields, in order, then one statement to read them back."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import Any, Self

import orjson
import sqlalchemy as sa
from graphql import ExecutionResult, FieldNode, get_named_type
from msgspec import Struct, json, structs

from lnql.errors import InvalidError, LnqlError, RolledBackError
from lnql.models.idempotency import recall, remember

from .documents import Document
from .execution import PlannerOf, read_operation
from .feature_catalog import FeatureError, Features, FeatureSource
from .loader import Loader
from .mutation_fields import Write
from .mutation_payloads import Payload, UserError, UserErrorCode, Written
from .mutation_writing import Mutations, RefusedError
from .registry import Catalog
from .schema import Api
from .selection import Operation
from .writers import Writer

Begin = Callable[[sa.Connection, Features], Mutations]
"""Makes the mutations of one transaction."""


class _Field(Struct, frozen=True):
    """A root field of the mutation: its key in the answer, its nodes, and what it is to do."""

    key: str
    nodes: list[FieldNode]
    payload: str
    write: Write
    given: Mapping[str, Any]


class _Request(Struct, frozen=True):
    """A request that has a key, and what tells it from others."""

    key: str
    digest: str

    @classmethod
    def of(cls, key: str, document: Document, variables: Mapping[str, Any] | None) -> Self:
        said = orjson.dumps([document.text, document.name, variables], option=orjson.OPT_SORT_KEYS)
        return cls(key, sha256(said).hexdigest())


class _UndoneError(Exception):
    """The field of this number was refused."""

    def __init__(self, number: int, errors: Sequence[UserError]) -> None:
        super().__init__(number)
        self.number = number
        self.errors = errors


class _RehearsedError(Exception):
    """What was done was only tried; the transaction is not to be committed."""

    def __init__(self, done: list[Written]) -> None:
        super().__init__()
        self.done = done


class MutationExecution:
    """Executes mutations.

    Args:
        begin: makes the mutations of one transaction.
        planner: makes the planner of one record that is read back.
        committed: is called when something was written.
    """

    def __init__(
        self,
        api: Api,
        catalog: Catalog,
        begin: Begin,
        writer: Writer,
        planner: PlannerOf,
        loader: Loader,
        features: FeatureSource,
        committed: Callable[[], None],
    ) -> None:
        self._api = api
        self._catalog = catalog
        self._begin = begin
        self._writer = writer
        self._planner = planner
        self._loader = loader
        self._features = features
        self._committed = committed

    async def execute(
        self, document: Document, variables: Mapping[str, Any] | None, idempotency_key: str | None = None
    ) -> ExecutionResult:
        """Answer one mutation: all of its fields are written, or none is.

        Of the requests with the same key only the first one writes; the others answer with what it wrote.
        """
        operation = read_operation(self._api.schema, document, variables)
        if isinstance(operation, ExecutionResult):
            return operation
        selection = operation.select_root(document.operation)
        fields = [self._field(operation, *item) for item in selection.items() if item[1] != "__typename"]
        request = None if idempotency_key is None else _Request.of(idempotency_key, document, variables)
        written = await self._write(fields, request)
        payloads = {
            field.key: Payload(operation, field.payload, field.nodes, done, self._catalog.get(done.registry))
            for field, done in zip(fields, written, strict=True)
        }
        answers = await self._features.answer(partial(self._read_back, operation, payloads))
        data = {key: answers.get(key, operation.root.name) for key in selection.fields}
        return ExecutionResult(data, None)

    def _field(self, operation: Operation, key: str, name: str, nodes: list[FieldNode]) -> _Field:
        definition = operation.root.fields[name]
        given = operation.arguments(definition, nodes[0])["input"]
        return _Field(key, nodes, get_named_type(definition.type).name, self._api.writes[name], given)

    async def _write(self, fields: Sequence[_Field], request: "_Request | None") -> list[Written]:
        try:
            return await self._features.answer(partial(self._transaction, fields, request, final=False))
        except FeatureError:  # and the features are up to date
            return await self._features.answer(partial(self._transaction, fields, request, final=True))

    async def _transaction(
        self, fields: Sequence[_Field], request: "_Request | None", features: Features, *, final: bool
    ) -> list[Written]:
        work = _Work(self._begin, features, fields, final)
        try:
            written = await self._writer.run(work if request is None else partial(_write_once, request, work))
        except _UndoneError as undone:
            return [_undone(number, undone) for number, _ in enumerate(fields)]
        except _RehearsedError as rehearsed:
            return rehearsed.done
        self._committed()
        return written

    async def _read_back(
        self, operation: Operation, payloads: Mapping[str, Payload], features: Features
    ) -> dict[str, Any]:
        planned = {key: payload.plans(partial(self._planner, features, operation)) for key, payload in payloads.items()}
        plans = [plan for own in planned.values() for plan in own.values()]
        loaded = iter(await self._loader.load(self._loader.prepare(plans), {}) if plans else ())
        found = {key: {own: next(loaded) for own in plans} for key, plans in planned.items()}
        return {key: payload.data(found[key]) for key, payload in payloads.items()}


def _write_once(
    request: _Request, write: Callable[[sa.Connection], list[Written]], connection: sa.Connection
) -> list[Written]:
    """Write unless this request has been written before, and note what it did."""
    known = recall(connection, request.key, request.digest)
    if known is not None:
        return json.decode(known, type=list[Written])
    written = write(connection)
    remember(connection, request.key, request.digest, json.encode(written).decode())
    return written


class _Work(Struct, frozen=True):
    """What the fields of an operation say, to be done in one transaction.

    With `final` the features are up to date: what does not fit them is a mistake of who asks.
    """

    begin: Begin
    features: Features
    fields: Sequence[_Field]
    final: bool

    def __call__(self, connection: sa.Connection) -> list[Written]:
        """Do it."""
        dry = {bool(field.given.get("dryRun")) for field in self.fields}
        if len(dry) > 1:
            raise InvalidError("dryRun is true in one field and false in another.", hint="Send two operations.")
        if dry == {True}:
            raise _RehearsedError(self._rehearse(connection))
        return self._do(self.begin(connection, self.features))

    def _do(self, mutations: Mutations) -> list[Written]:
        """Do one field after the other; the first that is refused undoes the others."""
        done: list[Written] = []
        for number, field in enumerate(self.fields):
            try:
                done.append(field.write(mutations, field.given))
            except RefusedError as refused:
                raise _UndoneError(number, refused.errors) from None
            except LnqlError as error:
                outdated = isinstance(error, FeatureError) and not self.final
                if outdated or error.code not in UserErrorCode.__members__:
                    raise
                raise _UndoneError(number, [UserError.of(error)]) from None
        return done

    def _rehearse(self, connection: sa.Connection) -> list[Written]:
        """Do it and undo it; of the rows that it names, keep those that were there before."""
        savepoint = connection.begin_nested()
        mutations = self.begin(connection, self.features)
        try:
            done = [mutations.rehearsed(one) for one in self._do(mutations)]
        finally:
            savepoint.rollback()
        return [_undone_again(mutations, one) for one in done]


def _undone_again(mutations: Mutations, done: Written) -> Written:
    """What is left of what a rehearsal did: rows that were there before, or what the row that would be made is like."""
    keys = mutations.existing(done.registry, done.keys)
    left = structs.replace(done, keys=keys)
    return left if keys == [None] else structs.replace(left, new_row=None, new_uid=None)


def _undone(number: int, undone: _UndoneError) -> Written:
    """What a field of an operation that was undone answers."""
    if number == undone.number:
        return Written(errors=undone.errors)
    error = RolledBackError("Nothing was written, because another field of the operation was refused.")
    return Written(errors=[UserError.of(error)])
