"""Logs: one event a line on stderr, for people or as JSON, with the id of the request that it belongs to.

There are no variables, no documents and no query strings in them: these may be private.
"""

import logging
import sys
from contextvars import ContextVar
from typing import Any, Final, Literal

import orjson
import structlog
from structlog.typing import EventDict, Processor

LogFormat = Literal["console", "json"]
LogLevel = Literal["critical", "error", "warning", "info", "debug"]

request_id: Final[ContextVar[str | None]] = ContextVar("request_id", default=None)
"""The id of the request that is being answered."""


def configure_logs(level: LogLevel, form: LogFormat) -> None:
    """Write what LNQL logs from `level` on, and warnings of the libraries it uses, to stderr."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request_id,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(form)],
        )
    )
    logging.basicConfig(level="WARNING", handlers=[handler], force=True)
    logging.getLogger("lnql").setLevel(level.upper())


def _renderers(form: LogFormat) -> list[Processor]:
    if form == "console":
        plain = structlog.dev.plain_traceback  # the others show the values of variables
        return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(_to_json)]


def _to_json(event: EventDict, **_: Any) -> str:
    return orjson.dumps(event, default=str).decode()


def _add_request_id(_: Any, __: str, event: EventDict) -> EventDict:
    found = request_id.get()
    return event if found is None else {**event, "request_id": found}
