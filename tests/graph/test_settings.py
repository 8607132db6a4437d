"""Settings come from options and from the environment; limits can be changed but not misspelled."""

import pytest
from pydantic import ValidationError

from lnql.graph.settings import Limits, Settings


def test_the_environment_sets_what_no_option_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LNQL_PORT", "9000")
    monkeypatch.setenv("LNQL_WRITE", "true")
    monkeypatch.setenv("LNQL_MODULES", "my_lab.registries, my_lab.imaging")
    monkeypatch.setenv("LNQL_LIMITS__STATEMENT_SECONDS", "20")
    settings = Settings(write=False)
    assert (settings.port, settings.write) == (9000, False)
    assert settings.modules == ("my_lab.registries", "my_lab.imaging")
    assert settings.limits == Limits(statement_seconds=20)


def test_a_server_is_read_only_and_on_this_machine_unless_told() -> None:
    settings = Settings()
    assert (settings.host, settings.port, settings.write, settings.allow_anonymous) == ("127.0.0.1", 8000, False, False)


@pytest.mark.parametrize("origin", ["lab.example", "https://lab.example/", "ftp://lab.example", "https://*/app"])
def test_an_origin_is_a_scheme_and_a_host(origin: str) -> None:
    with pytest.raises(ValidationError):
        Settings(origins=(origin,))


@pytest.mark.parametrize("given", [{"port": 70000}, {"port": -1}, {"log_level": "loud"}, {"prot": 1}], ids=str)
def test_values_no_server_can_have_are_refused(given: dict[str, int | str]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(given)


@pytest.mark.parametrize("given", [{"rows": -1}, {"statement_seconds": 0}, {"raws": 10}], ids=str)
def test_limits_no_server_can_have_are_refused(given: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Limits.model_validate(given)


@pytest.mark.parametrize("model", [Settings, Limits])
def test_every_setting_is_described(model: type[Settings] | type[Limits]) -> None:
    assert [name for name, field in model.model_fields.items() if not field.description] == []
