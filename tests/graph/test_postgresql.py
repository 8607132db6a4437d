"""What only PostgreSQL can hold."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lnql.graph.visibility import EVERYTHING_VISIBLE
from lnql.models.initialize import init_instance

from ..conftest import PostgresServer
from .conftest import LIMITS, Server, recorded


@pytest.mark.parametrize("part", ["year", "month", "day", "hour", "minute", "second", "week", "weekDay", "quarter"])
def test_what_is_infinite_has_no_parts(server: Server, part: str) -> None:
    assert server.uids("ulabels", f"filter: {{createdAt: {{{part}: {{gte: 0}}}}}}") == ["now"]
    assert server.uids("ulabels", f"filter: {{createdAt: {{{part}: {{isNull: true}}}}}}") == ["never"]


def test_what_is_infinite_is_later_than_all_else(server: Server) -> None:
    assert server.uids("ulabels", 'filter: {createdAt: {gt: "9999-12-31T23:59:59.999999Z"}}') == ["never"]
    assert server.uids("ulabels", "orderBy: [{createdAt: DESC}]") == ["never", "now"]


@pytest.fixture(scope="module")
def server(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An instance with a label that was made now, and one that was made never."""
    database, storage = postgres.create(), Path(tmp_path_factory.mktemp("storage"))
    init_instance(postgres.url(database), storage=storage)
    insert = "INSERT INTO lamindb_ulabel (uid, name, is_type, created_by_id, created_at) VALUES"
    postgres.execute(
        f"{insert} ('now', 'now', false, 1, now()), ('never', 'never', false, 1, 'infinity')", database=database
    )
    with recorded() as statements:
        server = Server(postgres.url(database), EVERYTHING_VISIBLE, LIMITS, statements)
        yield server
        server.close()
