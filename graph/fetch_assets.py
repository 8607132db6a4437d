"""Fetching the files of GraphiQL from npm into `graph/assets/`: `python -m lnql.graph.fetch_assets`.

It is done once, before a wheel is built or the demo is served, with the npm of the machine.
"""

import subprocess
import sys
import tarfile
from itertools import groupby
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from lnql.errors import LnqlError, UnavailableError

from .graphiql import ASSETS, FOLDER, Asset, is_offline


def main() -> None:
    """Fetch what is missing; where that cannot be, say so in one line and leave the page to the CDN."""
    try:
        if not is_offline():
            fetch(FOLDER)
    except LnqlError as error:
        sys.exit(str(error))


def fetch(folder: Path) -> None:
    """Write the files of all packages below `folder`.

    Raises:
        UnavailableError: without npm, without its registry, or when a file is not the one that was pinned.
    """
    npm = which("npm")
    if npm is None:
        raise UnavailableError("GraphiQL's files come from npm, which is not installed.", hint="Install Node.js.")
    by_package = sorted(ASSETS, key=lambda asset: (asset.package, asset.version))
    for (package, version), assets in groupby(by_package, key=lambda asset: (asset.package, asset.version)):
        with TemporaryDirectory() as download:
            archive = _download(npm, f"{package}@{version}", Path(download))
            _unpack(archive, list(assets), folder)


def _download(npm: str, package: str, folder: Path) -> Path:
    command = [npm, "pack", package, "--pack-destination", str(folder)]
    process = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  a fixed command
    archive = next(folder.glob("*.tgz"), None)
    if process.returncode or archive is None:
        reason = (process.stderr.strip().splitlines() or ["no archive"])[-1]
        raise UnavailableError(f"npm could not fetch {package}: {reason}")
    return archive


def _unpack(archive: Path, assets: list[Asset], folder: Path) -> None:
    with tarfile.open(archive) as package:
        for asset in assets:
            member = package.extractfile(f"package/{asset.file}")
            content = member.read() if member else b""
            if not asset.matches(content):
                raise UnavailableError(f"{asset.path} from npm is not the file that was pinned; it is not used.")
            target = folder / asset.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


if __name__ == "__main__":
    main()
