"""Settings come from options and from the environment; limits can be changed but not misspelled."""

import ast
import inspect
from itertools import pairwise

import pytest

from lnql.errors import InvalidError
from lnql.graph import settings as module
from lnql.graph.settings import Limits, Settings, read_settings


def test_the_environment_sets_what_no_option_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LNQL_PORT", "9000")
    monkeypatch.setenv("LNQL_WRITE", "true")
    monkeypatch.setenv("LNQL_MODULES", "my_lab.registries, my_lab.imaging")
    monkeypatch.setenv("LNQL_LIMITS__STATEMENT_SECONDS", "20")
    settings = read_settings({"write": False})
    assert (settings.port, settings.write) == (9000, False)
    assert settings.modules == ("my_lab.registries", "my_lab.imaging")
    assert settings.limits == Limits(statement_seconds=20)


def test_a_server_is_read_only_and_on_this_machine_unless_told() -> None:
    settings = Settings()
    assert (settings.host, settings.port, settings.write, settings.allow_anonymous) == ("127.0.0.1", 8000, False, False)


@pytest.mark.parametrize("origin", ["lab.example", "https://lab.example/", "ftp://lab.example", "https://*/app"])
def test_an_origin_is_a_scheme_and_a_host(origin: str) -> None:
    with pytest.raises(InvalidError, match=r"The setting LNQL_ORIGINS cannot be \['"):
        read_settings({"origins": [origin]})


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("LNQL_PORT", "70000", "LNQL_PORT cannot be '70000'; it takes a whole number from 0 to 65535."),
        ("LNQL_PORT", "-1", "LNQL_PORT cannot be '-1'; it takes a whole number from 0 to 65535."),
        ("LNQL_PORT", "http", "LNQL_PORT cannot be 'http'; it takes a whole number from 0 to 65535."),
        ("LNQL_WRITE", "perhaps", "LNQL_WRITE cannot be 'perhaps'; it takes true or false."),
        (
            "LNQL_LOG_LEVEL",
            "loud",
            "LNQL_LOG_LEVEL cannot be 'loud'; it takes one of critical, error, warning, info, debug.",
        ),
        ("LNQL_LIMITS__ROWS", "-1", "LNQL_LIMITS__ROWS cannot be '-1'; it takes a whole number from 1."),
        (
            "LNQL_LIMITS__STATEMENT_SECONDS",
            "0",
            "LNQL_LIMITS__STATEMENT_SECONDS cannot be '0'; it takes a number above 0.",
        ),
        ("LNQL_LIMITS__RAWS", "10", 'no setting LNQL_LIMITS__RAWS. Did you mean "LNQL_LIMITS__ROWS"'),
    ],
)
def test_what_no_server_can_have_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, message: str
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(InvalidError) as refused:
        read_settings({})
    assert message in str(refused.value)


@pytest.mark.parametrize("settings", [Settings, Limits])
def test_every_setting_is_described(settings: type[Settings] | type[Limits]) -> None:
    tree = ast.parse(inspect.getsource(module))
    (body,) = [node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == settings.__name__]
    described = [
        field.target.id
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr)
    ]
    assert tuple(described) == settings.__struct_fields__
