"""What a server can be told, by options of `lnql serve` or by environment variables `LNQL_*`.

`LNQL_PORT=9000` sets the port, `LNQL_LIMITS__STATEMENT_SECONDS=20` a limit.
"""

import os
import re
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct, ValidationError, convert

from lnql.errors import InvalidError
from lnql.suggestions import did_you_mean

from .logs import LogFormat, LogLevel

PREFIX: Final = "LNQL_"
PREFIX_OF_LIMITS: Final = "LNQL_LIMITS__"
OF_CLIENTS: Final = frozenset({"LNQL_URL", "LNQL_TOKEN"})
"""Variables that `ln.connect` reads."""
MISTAKE: Final = re.compile(r".* - at `\$\.(?P<names>[\w.]+).*`")
"""How msgspec tells one."""

# The description of a type is what a mistake is answered with.
PositiveInt = Annotated[int, Meta(gt=0, description="a whole number from 1")]
WholeNumber = Annotated[int, Meta(ge=0, description="a whole number from 0")]
PositiveFloat = Annotated[float, Meta(gt=0, description="a number above 0")]
Seconds = Annotated[float, Meta(ge=0, description="a number from 0")]
Port = Annotated[int, Meta(ge=0, le=65535, description="a whole number from 0 to 65535")]
Origin = Annotated[
    str, Meta(pattern=r"^(\*|https?://[^/\s,*]+)$", description="origins such as https://lab.example, or *")
]


class Limits(Struct, frozen=True, kw_only=True):
    """How much one request may ask for. What is beyond a limit is refused with the number found, never cut."""

    body_bytes: PositiveInt = 1_048_576
    """Size of an HTTP body, in bytes."""
    body_seconds: PositiveFloat = 10.0
    """Time in which an HTTP body has to arrive, in seconds."""
    json_depth: PositiveInt = 32
    """Nesting of the JSON body, in levels."""
    number_digits: PositiveInt = 308
    """Length of a number in the JSON body, in digits."""

    document_characters: PositiveInt = 20_000
    """Length of a GraphQL document, in characters."""
    document_tokens: PositiveInt = 2_000
    """Length of a GraphQL document, in tokens."""
    depth: PositiveInt = 12
    """Nesting of selections, fragments expanded, in levels."""
    aliases: PositiveInt = 50
    """Aliases in an operation, fragments expanded."""
    fields: PositiveInt = 2_000
    """Selected fields in an operation, fragments expanded."""
    directives: PositiveInt = 50
    """Directives in an operation, fragments expanded."""
    root_fields: PositiveInt = 20
    """Root fields of a query."""
    mutations: PositiveInt = 10
    """Root fields of a mutation."""
    persisted_documents: PositiveInt = 1_000
    """Documents known by their hash because a client has sent them, in one process."""

    page: PositiveInt = 20
    """Rows of a page when neither `first` nor `last` is given."""
    root_page: PositiveInt = 10_000
    """Rows of a page at the root."""
    nested_page: PositiveInt = 1_000
    """Rows of a page below another row."""
    rows: PositiveInt = 200_000
    """Rows an operation may return: the product of its nested page sizes, summed over its root fields."""

    filter_nodes: PositiveInt = 200
    """Conditions of a filter."""
    filter_depth: PositiveInt = 8
    """Nesting of `and`, `or` and `not` in a filter, in levels."""
    filter_hops: PositiveInt = 4
    """Relations a filter may follow one after another."""
    query_objects: PositiveInt = 1_000
    """Objects in the variables of a query; a condition is two of them."""
    list_items: PositiveInt = 10_000
    """Items of a list in a filter."""
    regex_characters: PositiveInt = 200
    """Length of a regular expression, in characters."""
    search_text: PositiveInt = 10_000
    """Length of a text that is searched for, in characters."""
    search_characters: PositiveInt = 100_000_000
    """Text that a process keeps in memory to be searched, in characters; also the most that one search reads."""
    search_ahead: WholeNumber = 30_000_000
    """Text that a process reads a second after it started, so that no search has to wait for it, in characters; 0 for
    none."""

    bulk_rows: PositiveInt = 10_000
    """Rows that one field of a mutation may write."""

    statement_seconds: PositiveFloat = 5.0
    """Time of one SQL statement, in seconds."""
    operation_seconds: PositiveFloat = 10.0
    """Time of one operation, in seconds."""
    operations_in_flight: PositiveInt = 64
    """Operations that run at the same time, in one process."""
    connection_seconds: PositiveFloat = 5.0
    """Wait for a database connection, in seconds."""

    subscriptions: PositiveInt = 200
    """Subscriptions that are open at the same time, in one process."""
    connection_operations: PositiveInt = 20
    """Operations that run at the same time over one WebSocket."""
    init_seconds: PositiveFloat = 5.0
    """Time in which the client of a WebSocket has to begin, in seconds."""

    errors: PositiveInt = 20
    """Errors in one answer."""
    error_characters: PositiveInt = 300
    """Length of one error message, in characters."""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of one server."""

    instance: str = "."
    """A LaminDB folder, a `lamin.db` file, a `sqlite:///` or a `postgresql://` URL."""
    host: str = "127.0.0.1"
    """The address to listen on."""
    port: Port = 8000
    """The port to listen on; 0 takes a free one."""
    read_urls: tuple[str, ...] = ()
    """Copies of a PostgreSQL database, from which is read; `postgresql://` URLs, with commas in the environment."""
    write: bool = False
    """Whether the instance is opened for writing."""
    user: str | None = None
    """Handle of the user who writes; by default the first user of the instance."""
    modules: tuple[str, ...] = ()
    """Python modules with further registries, by their import names; with commas between them in the environment."""
    allow_anonymous: bool = False
    """Whether anyone who reaches a host other than this machine may read (and with `write`, change) everything."""
    hosts: tuple[str, ...] = ()
    """Names that the server answers under, beside addresses and `localhost`, as browsers send them in `Host`; split at
    commas. If none is given, any name will do, unless the server listens for this machine only."""
    origins: tuple[Origin, ...] = ()
    """Origins whose web pages may ask, such as `https://lab.example`, or `*` for all; split at commas."""
    workers: PositiveInt = 1
    """Processes that answer; more than one needs PostgreSQL, or an instance that is only read."""
    documents: Path | None = None
    """Trusted documents: a folder of `.graphql` files, or a manifest in JSON."""
    only_trusted: bool = False
    """Whether no other documents are answered."""
    drain_seconds: Seconds = 0.0
    """How long a server that ends says so at /readyz before it lets nobody in, in seconds: time for a load balancer."""
    log_level: LogLevel = "warning"
    """How much is logged; `info` is a line for each request."""
    log_format: LogFormat = "console"
    """Whether logs are for people, or JSON."""
    otel: bool = False
    """Whether traces are sent by OpenTelemetry; its own variables say where to."""
    limits: Limits = Limits()
    """How much one request may ask for."""


def read_settings(given: Mapping[str, Any]) -> Settings:
    """Join what the options of a command say with the environment.

    Raises:
        InvalidError: names the first setting that has a value it cannot have, or that there is none of.
    """
    _refuse_unknown_limits()
    asked = {**_environment(PREFIX, Settings), "limits": _environment(PREFIX_OF_LIMITS, Limits), **given}
    try:
        return convert(asked, Settings, strict=False, dec_hook=lambda type_, text: type_(text))
    except ValidationError as error:
        raise _refusal(str(error), asked) from None


def unknown_settings() -> Iterator[str]:
    """Say which variables of the environment have the name of a setting that there is not.

    They are not refused, as misspelt limits are: another program's may begin so, such as a Kubernetes service's `lnql`.
    """
    known = [PREFIX + name.upper() for name in Settings.__struct_fields__ if name != "limits"]
    for name in sorted(os.environ.keys() - OF_CLIENTS - set(known)):
        if name.startswith(PREFIX) and not name.startswith(PREFIX_OF_LIMITS):
            yield f"{name} has no effect: there is no such setting. {did_you_mean(name, known)}".rstrip()


def _environment(prefix: str, settings: type[Struct]) -> dict[str, Any]:
    """What the environment says of settings; where several things are meant, there are commas between them."""
    return {
        name: _split(text) if isinstance(default, tuple) else text
        for name, default in zip(settings.__struct_fields__, settings.__struct_defaults__, strict=True)
        if (text := os.environ.get(prefix + name.upper())) is not None
    }


def _split(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _refuse_unknown_limits() -> None:
    known = [PREFIX_OF_LIMITS + name.upper() for name in Limits.__struct_fields__]
    for name in os.environ:
        if name.startswith(PREFIX_OF_LIMITS) and name not in known:
            raise InvalidError(f"There is no setting {name}.", hint=did_you_mean(name, known))


def _refusal(message: str, asked: Mapping[str, Any]) -> InvalidError:
    """The mistake that msgspec tells, with the setting as it is spelled, its value, and what it takes."""
    found = MISTAKE.fullmatch(message)
    if not found:
        return InvalidError(f"{message}.")
    names = found["names"].split(".")
    value = reduce(getitem, names, asked)
    taken = _taken(get_type_hints(Settings if len(names) == 1 else Limits, include_extras=True)[names[-1]])
    return InvalidError(f"The setting {PREFIX}{'__'.join(names).upper()} cannot be {value!r}; it takes {taken}.")


def _taken(hint: Any) -> str:
    """What a setting with a type takes, in words."""
    if get_origin(hint) is tuple:
        return _taken(get_args(hint)[0])
    if get_origin(hint) is Literal:
        return f"one of {', '.join(get_args(hint))}"
    return "true or false" if hint is bool else str(hint.__metadata__[0].description)
