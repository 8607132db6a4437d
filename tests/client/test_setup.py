"""The branch and the space that one works in."""

from collections.abc import Iterator

import pytest

import lnql as ln
from lnql.connection import Connection


@pytest.fixture(autouse=True)
def settings(writing: Connection) -> Iterator[None]:
    yield
    writing.branch_id = writing.space_id = 1


def test_a_branch_is_shown_besides_main_while_one_works_on_it() -> None:
    before = ln.ULabel.filter().count()
    assert (ln.setup.settings.branch.name, ln.setup.settings.space.name) == ("main", "all")
    ln.setup.settings.branch = "my_branch"
    on_it = ln.ULabel.filter(branch__name="my_branch").count()
    assert ln.ULabel.filter().count() == before + on_it > before
    made = ln.ULabel(name="made on it").save()
    assert (made.branch.name, made.created_on.name, made.space.name) == ("my_branch", "my_branch", "all")
    assert list(ln.ULabel.validate(["made on it"], mute=True)) == [True]
    ln.setup.switch("main")
    assert ln.ULabel.filter().count() == before


def test_new_records_are_made_in_the_space_unless_another_is_said() -> None:
    ln.setup.settings.space = ln.Space.get(name="Our space")
    ln.save([ln.ULabel(name="in it"), ln.ULabel(name="elsewhere", space=ln.Space.get(1))])
    assert ln.ULabel.get(name="in it").space.name == "Our space"
    assert ln.ULabel.get(name="elsewhere").space.name == "all"


def test_a_branch_is_made_by_the_way() -> None:
    ln.setup.switch("a new one", create=True)
    assert repr(ln.setup.settings) == "Settings(branch='a new one', space='all')"


def test_what_does_not_exist_is_not_switched_to() -> None:
    with pytest.raises(ln.errors.DoesNotExist, match=r"There is no branch 'my-branch'. Did you mean \"my_branch\""):
        ln.setup.switch("my-branch")
    with pytest.raises(ln.errors.DoesNotExist, match="There is no space 'nope'"):
        ln.setup.switch("nope", space=True)
    assert ln.setup.settings.branch.name == "main"
