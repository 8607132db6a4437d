"""Fetching GraphiQL's files, from an npm that is a script of these tests."""

import hashlib
import json
import subprocess
import tarfile
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest

from lnql.errors import MissingExtraError, UnavailableError
from lnql.graph import fetch_assets, graphiql
from lnql.graph.graphiql import Asset

CONTENT = b"console.log('hello')"
ASSET = Asset("@a/b", "1.2.3", "dist/b.js", b64encode(hashlib.sha384(CONTENT).digest()).decode())


@pytest.fixture
def npm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An npm that knows one package, the archive at this path."""
    archive = tmp_path / "package.tgz"
    program = tmp_path / "bin" / "npm"
    program.parent.mkdir()
    answer = json.dumps([{"id": "@a/b@1.2.3", "filename": "@a/b-1.2.3.tgz"}])
    refusal = json.dumps({"error": {"code": "ETARGET", "summary": "No matching version."}})
    program.write_text(
        "#!/bin/sh\n"
        f'[ "$1 $6" = "pack @a/b@1.2.3" ] && /bin/cp {archive} "${{5#*=}}/a-b-1.2.3.tgz" 2>/dev/null'
        f" && echo '{answer}' || {{ echo '{refusal}'; exit 1; }}\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setattr(fetch_assets, "ASSETS", (ASSET,))
    return archive


def pack(archive: Path, content: bytes) -> None:
    with tarfile.open(archive, "w:gz") as package:
        member = tarfile.TarInfo("package/dist/b.js")
        member.size = len(content)
        package.addfile(member, BytesIO(content))


def test_the_pinned_files_are_written(npm: Path, tmp_path: Path) -> None:
    pack(npm, CONTENT)
    fetch_assets.fetch(tmp_path / "assets")
    assert (tmp_path / "assets" / "@a" / "b@1.2.3" / "dist" / "b.js").read_bytes() == CONTENT


def test_another_file_than_the_pinned_one_is_not_used(npm: Path, tmp_path: Path) -> None:
    pack(npm, b"alert('evil')")
    with pytest.raises(UnavailableError, match=r"@a/b@1\.2\.3/dist/b\.js from npm is not the file that was pinned"):
        fetch_assets.fetch(tmp_path / "assets")
    assert not (tmp_path / "assets").exists()


def test_what_npm_says_is_passed_on(npm: Path, tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"^npm could not fetch GraphiQL: No matching version\.$"):
        fetch_assets.fetch(tmp_path / "assets")


def test_an_npm_that_does_not_speak_json_is_passed_on(npm: Path, tmp_path: Path) -> None:
    (tmp_path / "bin" / "npm").write_text("#!/bin/sh\necho 'node: not found' >&2\n")
    with pytest.raises(UnavailableError, match=r"^npm could not fetch GraphiQL: node: not found$"):
        fetch_assets.fetch(tmp_path / "assets")


def test_without_npm_that_of_a_python_package_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    version = subprocess.run([*fetch_assets.npm(), "--version"], capture_output=True, text=True, check=True).stdout
    assert int(version.partition(".")[0]) >= 10


def test_without_any_npm_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(fetch_assets, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r'without Node\.js .*: pip install "lnql\[graphiql\]"$'):
        fetch_assets.fetch(tmp_path / "assets")


def test_the_command_fetches_what_is_missing_and_nothing_else(
    npm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (graphiql, fetch_assets):
        monkeypatch.setattr(module, "FOLDER", tmp_path / "assets")
        monkeypatch.setattr(module, "ASSETS", (ASSET,))
    with pytest.raises(SystemExit, match=r"^The editor in the browser will be missing\. npm could not fetch"):
        fetch_assets.main()
    pack(npm, CONTENT)
    fetch_assets.main()
    npm.unlink()
    fetch_assets.main()
    assert (tmp_path / "assets" / ASSET.path).read_bytes() == CONTENT
