"""The form of a line of the log, by structlog."""

import sys
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, Processor

from .logs import LogFormat, request_id


def formatter(form: LogFormat) -> structlog.stdlib.ProcessorFormatter:
    """What writes a record of `logging` as a line, for people or as JSON."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request_id,
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(form)],
    )


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
