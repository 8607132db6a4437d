"""The `lnql` command of the light package: it hands over to the server's command line, if that is installed."""

import sys


def main() -> None:
    """Run `lnql`; without the `server` extra, say in one line how to get it and exit with 1."""
    try:
        from lnql.graph.cli import main as run
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("lnql"):
            raise
        sys.exit(f'lnql needs the server extra ({missing.name} is not installed): pip install "lnql[server]"')
    run()
