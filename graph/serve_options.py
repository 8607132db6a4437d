"""The options of `lnql serve`, each with what `--help` says of it.

None is what is not given; `graph/settings.py` then takes the environment's value or its default.
"""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

INSTANCE = "A LaminDB folder, a lamin.db file, a sqlite:/// or a postgresql:// URL."
MODULES = "A Python module with registries of your own; may be repeated."

Instance = Annotated[str | None, Argument(metavar="INSTANCE", help=INSTANCE, show_default="the current folder")]
Host = Annotated[str | None, Option(metavar="ADDRESS", help="Address to listen on.", show_default="127.0.0.1")]
Port = Annotated[int | None, Option(metavar="NUMBER", help="Port; 0 takes a free one.", show_default="8000")]
ReadUrls = Annotated[
    list[str] | None,
    Option("--read-url", metavar="URL", help="Read from this copy of the PostgreSQL database; may be repeated."),
]
Write = Annotated[bool | None, Option("--write/--read-only", help="Open for writing too.", show_default="read-only")]
User = Annotated[str | None, Option(metavar="HANDLE", help="The user who writes.", show_default="the first one")]
Modules = Annotated[list[str] | None, Option(metavar="MODULE", help=MODULES)]
AllowAnonymous = Annotated[
    bool | None, Option("--allow-anonymous", help="Let anyone in who reaches --host; there is no log-in yet.")
]
Origins = Annotated[
    list[str] | None,
    Option(metavar="ORIGIN", help="Let web pages of this origin ask: https://lab.example; may be repeated."),
]
Workers = Annotated[int | None, Option(metavar="NUMBER", help="Processes that answer.", show_default="1")]
Documents = Annotated[
    Path | None, Option(metavar="PATH", help="Trusted documents: a folder of .graphql files or a manifest.")
]
OnlyTrusted = Annotated[bool | None, Option("--only-trusted", help="Answer no documents but those of --documents.")]
LogLevel = Annotated[
    str | None,
    Option(
        metavar="LEVEL",
        help="critical, error, warning, info (a line for each request) or debug.",
        show_default="warning",
    ),
]
LogFormat = Annotated[str | None, Option(metavar="FORMAT", help="console or json.", show_default="console")]
Otel = Annotated[bool | None, Option("--otel", help="Send traces by OpenTelemetry.")]
