"""What is installed: the packages, what each may import, and a wheel in an environment of its own."""

import ast
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from shutil import copy, copytree
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

import lnql
from lnql.graph.graphiql import ASSETS, is_fetched

CHECKOUT = Path(__file__).parents[1]
FOLDERS = {"lnql": "client", "lnql.graph": "graph", "lnql.models": "models"}
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
EXTRAS = {
    extra: {Requirement(text).name for text in texts}
    for extra, texts in PROJECT["project"]["optional-dependencies"].items()
}
STANDARD_LIBRARY = sys.stdlib_module_names | {"compression"}  # from 3.14; before, a package brings it
LIGHT = {Requirement(text).name for text in PROJECT["project"]["dependencies"]}
NAMESPACES = {"opentelemetry": "opentelemetry-sdk"}  # which several packages share
OPTIONAL = {
    "graph": (
        "postgres",
        "otel",
    ),
    "models": ("postgres", "demo", "ontologies"),
}
NOTEBOOKS = {"ipython"}  # brings itself: used only where it runs already


def sources(folder: str) -> list[Path]:
    return sorted((CHECKOUT / folder).rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    """The absolute modules a file imports, wherever the statement stands."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def third_party(folder: str) -> set[str]:
    """The distributions a folder imports from."""
    providers = packages_distributions()
    modules = {name.partition(".")[0] for file in sources(folder) for name in imported(file)}
    return {
        NAMESPACES.get(module, providers.get(module, [module])[0]).lower().replace("_", "-")
        for module in modules - {"lnql"}
        if module not in STANDARD_LIBRARY
    }


def test_every_folder_with_code_is_listed_as_a_package() -> None:
    setuptools = PROJECT["tool"]["setuptools"]
    found = {file.parent for folder in FOLDERS.values() for file in (CHECKOUT / folder).rglob("__init__.py")}
    assert setuptools["package-dir"] == FOLDERS
    assert sorted(setuptools["packages"]) == sorted(FOLDERS)
    assert found == {CHECKOUT / folder for folder in FOLDERS.values()}


@pytest.mark.parametrize("folder", FOLDERS.values())
def test_third_party_imports_are_declared(folder: str) -> None:
    extras = set() if folder == "client" else EXTRAS["server"].union(*(EXTRAS[extra] for extra in OPTIONAL[folder]))
    assert third_party(folder) <= LIGHT | extras | NOTEBOOKS


def test_what_the_server_extra_declares_is_used() -> None:
    read_by_uvicorn = {"h11", "httptools", "uvloop", "websockets"}
    used = third_party("graph") | third_party("models")
    assert EXTRAS["server"] - read_by_uvicorn == used - LIGHT - EXTRAS["postgres"] - EXTRAS["otel"] - EXTRAS["demo"]


@pytest.mark.parametrize(("folder", "forbidden"), [("models", "lnql.graph"), ("client", "lnql.models")])
def test_dependencies_point_one_way(folder: str, forbidden: str) -> None:
    offenders = [file.name for file in sources(folder) for name in imported(file) if name.startswith(forbidden)]
    assert offenders == []


def test_one_file_of_the_client_starts_the_server_and_one_its_command_line() -> None:
    users = {file.name for file in sources("client") for name in imported(file) if name.startswith("lnql.graph")}
    assert users == {"in_process.py", "command.py"}


def test_imports_are_relative_inside_a_folder_and_absolute_across() -> None:
    own = {"graph": "lnql.graph", "models": "lnql.models"}
    absolute = [
        f"{folder}/{file.name}: {name}"
        for folder, package in own.items()
        for file in (CHECKOUT / folder).glob("*.py")  # Alembic loads the migrations as scripts
        for name in imported(file)
        if name.startswith(package)
    ]
    assert absolute == []


def test_the_public_surface_is_a_list() -> None:
    assert sorted(lnql.__all__, key=str.lower) == list(lnql.__all__)
    assert all(hasattr(lnql, name) for name in lnql.__all__)


def test_the_pins_name_no_place() -> None:
    pins = (CHECKOUT / ".ci" / "constraints.txt").read_text()
    lines = [line for line in pins.splitlines() if line and not line.startswith("#")]
    assert "://" not in pins
    assert all(Requirement(line).specifier for line in lines)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the sources, so that nothing left over from an earlier build gets in."""
    folder = tmp_path_factory.mktemp("build")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        copy(CHECKOUT / name, folder)
    for name in FOLDERS.values():
        copytree(CHECKOUT / name, folder / name)
    run(sys.executable, "-m", "build", "--wheel", "--outdir", str(folder / "dist"), str(folder))
    return next((folder / "dist").glob("*.whl"))


def run(*command: str, code: int = 0) -> str:
    """Run a command, check its exit code, and give what it wrote to stdout and stderr."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr or done.stdout
    return done.stdout + done.stderr


def test_a_wheel_holds_the_three_packages_under_their_installed_names(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        f"{package.replace('.', '/')}/{file.relative_to(CHECKOUT / folder).as_posix()}"
        for package, folder in FOLDERS.items()
        for file in (CHECKOUT / folder).rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }
    assert held == expected


@pytest.mark.skipif(not is_fetched(), reason="GraphiQL's files could not be fetched.")
def test_the_wheel_holds_graphiql(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        assert {f"lnql/graph/assets/{asset.path}" for asset in ASSETS} < set(archive.namelist())


def test_the_light_client_installs_alone_and_says_what_the_server_needs(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path, with_pip=False)
    python = str(tmp_path / "bin" / "python")
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel))
    assert (
        run(python, "-W", "error", "-c", "import lnql, lnql.errors; print(lnql.__version__)").strip()
        == lnql.__version__
    )
    said = run(str(tmp_path / "bin" / "lnql"), "serve", code=1)
    assert said.strip().endswith('pip install "lnql[server]"')
    assert "Traceback" not in said


def make_environment(python: str, folder: Path) -> str:
    """What the script behind `make demo` says when it cannot make an environment with this Python."""
    script = str(CHECKOUT / ".ci" / "venv")
    said = run("env", f"PYTHON={python}", script, str(folder / "environment"), "server", code=1)
    assert not (folder / "environment").exists()
    return said.splitlines()[-1]


def test_a_missing_python_is_answered_with_a_sentence(tmp_path: Path) -> None:
    line = make_environment(str(tmp_path / "python"), tmp_path)
    assert line.startswith("LNQL needs Python 3.11 or newer, and none was found.")


def test_a_python_that_makes_no_environments_is_answered_with_a_sentence(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\n[ "$1" = -m ] && exit 1\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    assert make_environment(str(python), tmp_path) == (
        f"{python} cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv"
    )
