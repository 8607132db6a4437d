"""What `ln.setup` is in LaminDB: the branch and the space that one works in."""

from typing import Any

from .connection import current
from .errors import ObjectDoesNotExist
from .suggestions import did_you_mean


class Settings:
    """What holds for the instance that is connected to, until it is changed or connected to anew.

    >>> ln.setup.settings.branch = "my_branch"  # doctest: +SKIP
    """

    @property
    def branch(self) -> Any:
        """The branch on which new records are made, and whose records are found besides those on main.

        Set it to a branch, or to its name or uid.
        """
        return current().registry("Branch").objects.get(id=current().branch_id)

    @branch.setter
    def branch(self, branch: Any) -> None:
        current().branch_id = _found("Branch", branch).id

    @property
    def space(self) -> Any:
        """The space in which new records are made; set it to a space, or to its name or uid."""
        return current().registry("Space").objects.get(id=current().space_id)

    @space.setter
    def space(self, space: Any) -> None:
        current().space_id = _found("Space", space).id

    def __repr__(self) -> str:
        return f"Settings(branch={self.branch.name!r}, space={self.space.name!r})"


settings = Settings()


def switch(target: Any, *, space: bool = False, create: bool = False) -> None:
    """Work on another branch, or in another space.

    >>> ln.setup.switch("my_branch", create=True)  # doctest: +SKIP

    Args:
        target: a branch or space, or its name or uid.
        space: whether it is a space.
        create: whether to make it first.

    Raises:
        DoesNotExist: if there is none.
    """
    name = "Space" if space else "Branch"
    made = current().registry(name)(name=target).save() if create else target
    setattr(settings, name.lower(), made)


def _found(name: str, asked: Any) -> Any:
    """A record of a registry: itself, or by its name or uid."""
    if not isinstance(asked, str):
        return asked
    rows: Any = current().registry(name).objects
    found = {key: record for record in rows for key in (record.uid, record.name)}
    if asked not in found:
        hint = did_you_mean(asked, [record.name for record in rows])
        raise ObjectDoesNotExist(f"There is no {name.lower()} '{asked}'.", hint=hint or None)
    return found[asked]
