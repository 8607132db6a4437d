"""The tree of errors: one code each, messages that can be shown to a user."""

import pytest

from lnql import errors
from lnql.errors import ErrorCode, LnqlError, MissingExtraError

CLASSES = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, LnqlError)]


def test_every_code_has_one_class_directly_below_the_root() -> None:
    codes = [cls.code for cls in LnqlError.__subclasses__()]
    assert sorted(codes) == sorted(ErrorCode)


def test_the_tree_is_drawn_in_the_module_docstring() -> None:
    drawn = {
        line.strip("│├└─ ").split()[0]
        for line in (errors.__doc__ or "").splitlines()
        if "──" in line or "LnqlError " in line
    }
    assert drawn == {cls.__name__ for cls in CLASSES}


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if cls is not MissingExtraError], ids=lambda cls: cls.__name__)
def test_an_error_reads_as_its_message_and_its_hint(cls: type[LnqlError]) -> None:
    assert str(cls("No artifact has the uid abc.")) == "No artifact has the uid abc."
    error = cls("No artifact has the uid abc.", hint="A uid has 20 characters.")
    assert str(error) == "No artifact has the uid abc. A uid has 20 characters."
    assert (error.message, error.hint) == ("No artifact has the uid abc.", "A uid has 20 characters.")


def test_a_missing_extra_says_what_to_install() -> None:
    error = MissingExtraError("asyncpg", "postgres", "Opening a PostgreSQL instance")
    assert str(error) == (
        'Opening a PostgreSQL instance needs the package asyncpg. Install it: pip install "lnql[postgres]"'
    )
    assert error.code is ErrorCode.UNAVAILABLE
