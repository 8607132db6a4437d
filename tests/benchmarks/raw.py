"""The yardstick: a bare Starlette endpoint that runs one hand-written statement and returns its JSON.

    python -m tests.benchmarks.raw TARGET PORT

It does as little as can be done: the query is chosen by the path, its parameters come as JSON, the database's text goes
out as it is.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import local
from typing import Any

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lnql.models.database import open_instance
from lnql.models.sqlite import connect

from .queries import QUERIES


def create_app(target: str) -> Starlette:
    """Serve the queries on one database."""
    instance = open_instance(target)
    return _sqlite_app(instance.path) if instance.path else _postgresql_app(instance.dsn)


def _sqlite_app(path: Path) -> Starlette:
    statements = {query.name: query.sqlite() for query in QUERIES}
    thread = local()

    def fetch(text: str, values: dict[str, Any]) -> str:
        if not hasattr(thread, "connection"):
            thread.connection = connect(path, readonly=True)
        row: tuple[str] = thread.connection.execute(text, values).fetchone()
        return row[0]

    async def answer(request: Request) -> Response:
        values = orjson.loads(await request.body())
        text = await run_in_threadpool(fetch, statements[request.path_params["name"]], values)
        return Response(text, media_type="application/json")

    return Starlette(routes=[Route("/{name}", answer, methods=["POST"])])


def _postgresql_app(dsn: str) -> Starlette:
    import asyncpg

    statements = {query.name: query.postgresql() for query in QUERIES}
    pools: list[asyncpg.Pool[Any]] = []

    async def keep(_: Any) -> None: ...

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        settings = {"timezone": "UTC", "jit": "off"}
        async with asyncpg.create_pool(dsn, min_size=1, server_settings=settings, reset=keep) as pool:
            pools.append(pool)
            yield

    async def answer(request: Request) -> Response:
        values = orjson.loads(await request.body())
        text = await pools[0].fetchval(statements[request.path_params["name"]], *values.values())
        return Response(text, media_type="application/json")

    return Starlette(routes=[Route("/{name}", answer, methods=["POST"])], lifespan=lifespan)


if __name__ == "__main__":
    uvicorn.run(create_app(sys.argv[1]), port=int(sys.argv[2]), log_level="warning", access_log=False)
