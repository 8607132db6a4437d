"""What a server can be told, by options of `lnql serve` or by environment variables `LNQL_*`.

`LNQL_PORT=9000` sets the port, `LNQL_LIMITS__STATEMENT_SECONDS=20` a limit.
"""

from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    NonNegativeFloat,
    PositiveFloat,
    PositiveInt,
    StringConstraints,
    ValidationError,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from lnql.errors import InvalidError

from .logs import LogFormat, LogLevel


def split(names: object) -> object:
    """Split a text at its commas; leave a list as it is."""
    return [name.strip() for name in names.split(",") if name.strip()] if isinstance(names, str) else names


Names = Annotated[tuple[str, ...], BeforeValidator(split), NoDecode]
Origin = Annotated[str, StringConstraints(pattern=r"^(\*|https?://[^/\s,*]+)$")]
Origins = Annotated[tuple[Origin, ...], BeforeValidator(split), NoDecode]


class Limits(BaseModel):
    """How much one request may ask for. What is beyond a limit is refused with the number found, never cut."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

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


class Settings(BaseSettings):
    """The settings of one server."""

    model_config = SettingsConfigDict(
        env_prefix="LNQL_", env_nested_delimiter="__", frozen=True, extra="forbid", use_attribute_docstrings=True
    )

    instance: str = "."
    """A LaminDB folder, a `lamin.db` file, a `sqlite:///` or a `postgresql://` URL."""
    host: str = "127.0.0.1"
    """The address to listen on."""
    port: int = Field(default=8000, ge=0, le=65535)
    """The port to listen on; 0 takes a free one."""
    read_urls: Names = ()
    """Copies of a PostgreSQL database, from which is read; `postgresql://` URLs, with commas in the environment."""
    write: bool = False
    """Whether the instance is opened for writing."""
    user: str | None = None
    """Handle of the user who writes; by default the first user of the instance."""
    modules: Names = ()
    """Python modules with further registries, by their import names; with commas between them in the environment."""
    allow_anonymous: bool = False
    """Whether anyone who reaches a host other than this machine may read (and with `write`, change) everything."""
    hosts: Names = ()
    """Names that the server answers under, beside addresses and `localhost`, as browsers send them in `Host`; split at
    commas. If none is given, any name will do, unless the server listens for this machine only."""
    origins: Origins = ()
    """Origins whose web pages may ask, such as `https://lab.example`, or `*` for all; split at commas."""
    workers: PositiveInt = 1
    """Processes that answer; more than one needs PostgreSQL, or an instance that is only read."""
    documents: Path | None = None
    """Trusted documents: a folder of `.graphql` files, or a manifest in JSON."""
    only_trusted: bool = False
    """Whether no other documents are answered."""
    drain_seconds: NonNegativeFloat = 0.0
    """How long a server that ends says so at /readyz before it lets nobody in, in seconds: time for a load balancer."""
    log_level: LogLevel = "warning"
    """How much is logged; `info` is a line for each request."""
    log_format: LogFormat = "console"
    """Whether logs are for people, or JSON."""
    otel: bool = False
    """Whether traces are sent by OpenTelemetry; its own variables say where to."""
    limits: Limits = Limits()
    """How much one request may ask for."""


def read_settings(given: dict[str, Any]) -> Settings:
    """Join what the options of a command say with the environment.

    Raises:
        InvalidError: names the first setting that has a value it cannot have.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = "__".join(str(part) for part in first["loc"]).upper()
        raise InvalidError(f"The setting LNQL_{name} cannot be {first['input']!r}: {first['msg']}.") from None
