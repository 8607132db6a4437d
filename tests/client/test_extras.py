import json

import pytest

from lnql.errors import MissingExtraError
from lnql.extras import require


def test_an_installed_module_is_imported() -> None:
    assert require("json", extra="demo", task="The demo instance") is json


def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(MissingExtraError) as caught:
        require("no_such_package.parts", extra="ontologies", task="Loading whole ontologies")
    assert str(caught.value) == (
        'Loading whole ontologies needs the package no_such_package. Install it: pip install "lnql[ontologies]"'
    )
