"""Connections: to a server by its address, or to an instance by its path."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any
from weakref import finalize

from . import __version__, background, schema_cache
from .catalog import QUERY, Catalog
from .errors import AnswerError, InvalidError, InvalidValueError, NotConnectedError, SchemaChangedError
from .registry import Registry, make_registry
from .suggestions import did_you_mean

if TYPE_CHECKING:
    from .queryset import QuerySet
    from .tracking import Tracked
    from .transport import Transport


MAIN, ALL = 1, 1
"""The branch and the space that every instance has."""


@dataclass(frozen=True)
class Instance:
    """What a server says of what it serves: its name, its version, and how much one request may ask for."""

    name: str
    version: str
    schema_hash: str
    dialect: str
    writable: bool
    root_page: int
    nested_page: int
    rows: int
    list_items: int


ABOUT = "{ instance { name version schemaHash dialect writable rootPage nestedPage rows listItems } }"


class Connection:
    """One instance: its registries, and how to ask it.

    Args:
        target: the address of a server (`http://…/graphql`), or what `lnql serve` takes: a folder, a `lamin.db` file, a
            `sqlite:///` or `postgresql://` URL.
        token: who is asking.
        write: whether an instance that is opened here may be changed.
    """

    def __init__(self, target: str, token: str | None = None, *, write: bool = False) -> None:
        from .transport import Transport

        self.url = target
        if target.startswith(("http://", "https://")):
            self._transport = Transport(_endpoint(target), token)
        else:
            from .in_process import make_app

            self._transport = Transport("http://localhost/graphql", app=make_app(target, write=write))
        self.writes = 0
        """How much was written: what was read ahead before is not used any more."""
        self.branch_id, self.space_id = MAIN, ALL
        """Where new records are made; `ln.setup.settings` changes it."""
        self.tracked: Tracked | None = None
        """What `ln.track()` has started."""
        self._registries: dict[str, Registry] = {}
        try:
            self.instance, self.catalog = background.run(self._open())
        except BaseException:
            self.close()
            raise
        finalize(self, _close, self._transport).atexit = False

    @property
    def branches(self) -> tuple[int, ...]:
        """The branches whose records are shown unless others are asked for: main, and the one that is worked on."""
        return tuple(dict.fromkeys((MAIN, self.branch_id)))

    async def _open(self) -> tuple[Instance, Catalog]:
        """Ask what is served; what is known of its schema is not asked again."""
        await self._transport.open()
        try:
            about = await self._about()
        except InvalidError as error:
            raise AnswerError(f"{self.url} speaks another GraphQL than LNQL {__version__}: {error.message}") from None
        described = schema_cache.read(about.schema_hash)
        if described is None:
            described = (await self._transport.execute(QUERY))["registries"]
            schema_cache.write(about.schema_hash, described)
        return about, Catalog(described, about.dialect)

    async def _about(self) -> Instance:
        return Instance(*(await self._transport.execute(ABOUT))["instance"].values())

    async def execute(
        self, text: str, variables: Mapping[str, Any] | None = None, *, read: bool = True, accept: str | None = None
    ) -> Any:
        """Give the data that answers a document; to be run in the background.

        With `accept`, rows may come as a table; see `tables.py`.

        Raises:
            SchemaChangedError: if the server's schema is not that which was connected to.
            LnqlError: if the server refuses.
        """
        self.writes += not read
        try:
            return await self._transport.execute(text, variables, read=read, accept=accept)
        except InvalidError:
            if (await self._about()).schema_hash == self.instance.schema_hash:
                raise
            raise SchemaChangedError(
                f"{self.url} has another schema than when you connected.", hint="Connect again: ln.connect(…)."
            ) from None

    def ask(self, text: str, variables: Mapping[str, Any] | None = None) -> Any:
        """Answer any GraphQL document.

        >>> connection.ask("{ artifacts { totalCount } }")  # doctest: +SKIP
        """
        return background.run(self.execute(text, variables, read=text.lstrip().startswith(("{", "query"))))

    def registry(self, name: str) -> Registry:
        """A registry by its name.

        Raises:
            KeyError: if there is none.
        """
        if name not in self._registries:
            self._registries[name] = make_registry(self, self.catalog[name])
        return self._registries[name]

    def close(self) -> None:
        """End the connection."""
        background.run(self._transport.close())

    def __repr__(self) -> str:
        return f"Connection({self.url!r})"


def _close(transport: "Transport") -> None:
    """End what nobody can use any more, in whatever thread that is found out."""
    background.submit(transport.close())


def _endpoint(url: str) -> str:
    """The address of GraphQL: what is given, or /graphql below it."""
    return url if url.rstrip("/").endswith("/graphql") else f"{url.rstrip('/')}/graphql"


_current: Connection | None = None
_named: dict[str, Connection] = {}


def connect(
    url_or_path: str | None = None, token: str | None = None, *, write: bool = False, name: str | None = None
) -> Connection:
    """Connect to an instance, which `ln.Artifact` and the other registries then speak of.

    Args:
        url_or_path: the address of a server, or the path or database URL of an instance, which is then opened in this
            process (that needs `lnql[server]`); by default what the environment variable LNQL_URL says.
        token: who is asking; by default what LNQL_TOKEN says.
        write: whether an instance that is opened here may be changed.
        name: what to call the instance, such as "lab/main"; `ln.DB("lab/main")` then finds it.

    Raises:
        UnreachableError: if no server answers there.
        InstanceError: if no instance can be opened there.
        MissingExtraError: if the server would be needed and is not installed.
    """
    global _current
    _current = Connection(_target(url_or_path), token or os.environ.get("LNQL_TOKEN"), write=write)
    if name:
        _named[name] = _current
    return _current


def _target(url_or_path: str | None) -> str:
    target = url_or_path or os.environ.get("LNQL_URL")
    if not target:
        raise NotConnectedError(
            "Not connected to an instance.", hint='Call ln.connect("http://…" or a path), or set LNQL_URL.'
        )
    target = os.fspath(target)
    if re.fullmatch(r"[\w.-]+:\d+(/.*)?", target):
        raise InvalidValueError(
            f"'{target}' is neither an address nor a path.", hint=f'Did you mean "http://{target}"?'
        )
    return target


def current() -> Connection:
    """The connection in use; the first use connects to what LNQL_URL says.

    Raises:
        NotConnectedError: if there is none and LNQL_URL is not set.
    """
    return _current or connect()


def find(instance: str, token: str | None = None) -> Connection:
    """The connection to an instance by the name it was given, its address or its path; made on first use."""
    if instance not in _named:
        _named[instance] = Connection(instance, token)
    return _named[instance]


class DB:
    """The registries of another instance, beside the one that is connected to, as query sets on the main branch.

    >>> db = ln.DB("http://…")  # doctest: +SKIP
    >>> db.Artifact.filter(suffix=".csv"), db.bionty.CellType.get(name="T cell")  # doctest: +SKIP
    """

    def __init__(self, instance: str, token: str | None = None) -> None:
        self._instance = instance
        self._connection = find(instance, token)

    @property
    def bionty(self) -> "Module":
        """The biological registries."""
        return Module(self._connection, "bionty")

    def __getattr__(self, name: str) -> "QuerySet":
        return registry_of(self._connection, name).filter()

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._connection.catalog]

    def __repr__(self) -> str:
        return f"DB('{self._instance}')"


QueryDB = DB


class Models:
    """All registries of the instance that is connected to, `ln.models.JsonValue`; else what `lnql.models` has."""

    def __getattr__(self, name: str) -> Any:
        if _current is not None and name in _current.catalog:
            return _current.registry(name)
        return getattr(import_module("lnql.models"), name)


class Module:
    """The registries of one module of an instance."""

    def __init__(self, connection: Connection, module: str) -> None:
        self._connection = connection
        self._module = module

    def __getattr__(self, name: str) -> "QuerySet":
        return registry_of(self._connection, name).filter()

    def __dir__(self) -> list[str]:
        return self._connection.catalog.of_module(self._module)


def registry_of(connection: Connection, name: str) -> Registry:
    """A registry by the name of its class, or by what it calls its rows: `Artifact`, `artifacts`.

    Raises:
        AttributeError: if there is none.
    """
    if name in connection.catalog:
        return connection.registry(name)
    called = {info.plural_name: info.name for info in connection.catalog.values()}
    if found := called.get(name):
        return connection.registry(found)
    hint = did_you_mean(name, connection.catalog)
    raise AttributeError(f"Registry '{name}' not found in {connection.url}. {hint}".rstrip())
