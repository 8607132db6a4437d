"""The `lnql` command: serve an instance, make one, fill one, copy one, print the schema."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from lnql import __version__
from lnql.errors import InvalidError, LnqlError

from . import serve_options as options
from .serve_options import INSTANCE, MODULES

# Each command imports what it alone needs when it runs, so that none waits for the others' packages.
app = typer.Typer(
    help="LaminDB registries over GraphQL: filters, relations and paging in one SQL statement.",
    epilog="Start here: lnql demo ./demo, then lnql serve ./demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; a mistake or a missing thing is answered with one line on stderr and exit code 1."""
    try:
        app()
    except LnqlError as error:
        sys.exit(f"lnql: {error}")
    except OSError as error:
        sys.exit(f"lnql: {error.filename or 'The system'}: {error.strerror or error}.")


def version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        typer.echo(f"lnql {__version__}")
        raise typer.Exit


@app.callback()
def before_a_command(
    _: Annotated[bool, typer.Option("--version", callback=version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Take the options that stand before a command; its docstring is not shown."""


@app.command()
def serve(
    instance: options.Instance = None,
    host: options.Host = None,
    port: options.Port = None,
    read_urls: options.ReadUrls = None,
    write: options.Write = None,
    user: options.User = None,
    modules: options.Modules = None,
    allow_anonymous: options.AllowAnonymous = None,
    origins: options.Origins = None,
    workers: options.Workers = None,
    documents: options.Documents = None,
    only_trusted: options.OnlyTrusted = None,
    log_level: options.LogLevel = None,
    log_format: options.LogFormat = None,
    otel: options.Otel = None,
) -> None:
    """Serve an instance over GraphQL.

    Every option can be given as an environment variable too: LNQL_PORT=9000, LNQL_LIMITS__STATEMENT_SECONDS=20.
    """
    given = {name: value for name, value in locals().items() if value is not None}
    from .garbage import no_garbage

    with no_garbage():
        from .logs import configure_logs
        from .serving import run_server
        from .settings import read_settings

    settings = read_settings(given)
    find_modules_here()
    configure_logs(settings.log_level, settings.log_format)
    run_server(settings)


def find_modules_here() -> None:
    """Let --modules name what lies in the current folder."""
    sys.path.insert(0, "")


@app.command()
def init(
    target: Annotated[str, typer.Argument(metavar="FOLDER|URL", help="A new folder or an empty PostgreSQL database.")],
) -> None:
    """Make an empty instance, which LaminDB can open too."""
    from lnql.models.initialize import init_instance

    init_instance(target)
    typer.echo(f"Made an empty instance. Serve it: lnql serve {target}\nLet LaminDB open it too: lnql lamindb {target}")


@app.command()
def lamindb(
    instance: Annotated[str, typer.Argument(metavar="INSTANCE", help=INSTANCE)],
) -> None:
    """Let LaminDB on this machine open an instance that LNQL has made."""
    from lnql.models.lamindb_settings import make_known

    slug = make_known(instance)
    typer.echo(f"LaminDB knows it as {slug}. Open it there: lamin connect {slug}")


@app.command()
def tune(
    instance: Annotated[str, typer.Argument(metavar="INSTANCE", help=INSTANCE)],
) -> None:
    """Make queries faster: add the indexes that LaminDB's schema lacks, and gather statistics. Only adds."""
    from lnql.models.tuning import tune_instance

    for sentence in tune_instance(instance):
        typer.echo(sentence)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder.")],
    scale: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, help="Further artifacts, with labels, features and lineage.")
    ] = 0,
    ontologies: Annotated[bool, typer.Option("--ontologies", help="Load whole public ontologies.")] = False,
    seed: Annotated[int, typer.Option(metavar="NUMBER", help="Another seed makes other data.")] = 0,
) -> None:
    """Build an instance with example data to try queries on."""
    from lnql.models.demo import build_demo

    from .progress import progress_bars

    with progress_bars() as report:
        build_demo(folder, scale=scale, seed=seed, ontologies=ontologies, progress=report)
    typer.echo(f"Built the demo instance. Serve it: lnql serve {folder}")


@app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help=INSTANCE)],
    target: Annotated[str, typer.Argument(metavar="TARGET", help="A new folder or an empty PostgreSQL database.")],
    modules: Annotated[list[str] | None, typer.Option(metavar="MODULE", help=MODULES)] = None,
) -> None:
    """Copy an instance from SQLite to PostgreSQL or back.

    All rows are copied in bulk, then counted on both sides; files stay where they are.
    """
    from lnql.models.copying import copy_instance

    from .progress import progress_bars

    find_modules_here()
    with progress_bars() as report:
        copy_instance(source, target, report, modules=modules or ())
    typer.echo(f"Copied every row. Serve the copy: lnql serve {target}")


@app.command("import")
def import_(
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="A .csv, .tsv or .parquet file; columns are fields.")],
    registry: Annotated[str, typer.Argument(metavar="REGISTRY", help="Where its rows go: Gene, Protein, ULabel, …")],
    instance: Annotated[
        str, typer.Option(metavar="INSTANCE|URL", help=f"{INSTANCE[:-1]}, or a server's address.")
    ] = ".",
    organism: Annotated[str | None, typer.Option(metavar="NAME", help="The organism of all rows.")] = None,
    match_on: Annotated[
        str | None,
        typer.Option(metavar="FIELD", help="By which field rows that exist are found.", show_default="an id"),
    ] = None,
    rename: Annotated[
        list[str] | None, typer.Option(metavar="COLUMN=FIELD", help="What a column is called; may be repeated.")
    ] = None,
) -> None:
    """Write the rows of a table into a registry: genes from Ensembl, say.

    Rows that exist are brought up to date, the others made.
    """
    from lnql.connection import Connection, registry_of
    from lnql.importing import import_table

    fields = dict(renamed.rpartition("=")[::2] for renamed in rename or ())
    connection = Connection(instance, os.environ.get("LNQL_TOKEN"), write=True)
    try:
        rows = import_table(
            registry_of(connection, registry), table, match_on=match_on, organism=organism, rename=fields
        )
    except AttributeError as unknown:
        raise InvalidError(str(unknown)) from None
    finally:
        connection.close()
    typer.echo(f"Wrote {rows} rows into {registry}.")


@app.command()
def schema() -> None:
    """Print the GraphQL schema of the registries LNQL declares."""
    from .schema import print_schema

    typer.echo(print_schema(), nl=False)
