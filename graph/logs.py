"""Logs: one event a line on stderr, for people or as JSON, with the id of the request that it belongs to.

There are no variables, no documents and no query strings in them: these may be private.
"""

import logging
import sys
from contextvars import ContextVar
from functools import cached_property
from typing import Final, Literal

LogFormat = Literal["console", "json"]
LogLevel = Literal["critical", "error", "warning", "info", "debug"]

request_id: Final[ContextVar[str | None]] = ContextVar("request_id", default=None)
"""The id of the request that is being answered."""


class LazyFormatter(logging.Formatter):
    """Writes as `log_format` does, which is imported with the first line: a server that starts has nothing to log."""

    def __init__(self, form: LogFormat) -> None:
        super().__init__()
        self._form = form

    @cached_property
    def _formatter(self) -> logging.Formatter:
        from .log_format import formatter

        return formatter(self._form)

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of a record."""
        return self._formatter.format(record)


def configure_logs(level: LogLevel, form: LogFormat) -> None:
    """Write what LNQL logs from `level` on, and warnings of the libraries it uses, to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LazyFormatter(form))
    logging.basicConfig(level="WARNING", handlers=[handler], force=True)
    logging.getLogger("lnql").setLevel(level.upper())
