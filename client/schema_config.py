"""What a schema says of its members: which are optional, in which order they are shown, and which is the index."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .errors import InvalidTypeError, InvalidValueError

if TYPE_CHECKING:
    from .queryset import QuerySet
    from .record import BaseRecord

OPTIONAL, ORDER, INDEX = "1", "2", "3"
"""Under which keys of `_aux["af"]` LaminDB keeps which features are optional, their order, and which is the index."""


class SchemaOptionals:
    """The optional features of a schema. What is changed is written when the schema is saved.

    >>> schema.optionals.add(ln.Feature.get(name="donor"))  # doctest: +SKIP
    >>> schema.save()  # doctest: +SKIP
    """

    def __init__(self, schema: "BaseRecord") -> None:
        self.schema = schema

    def get_uids(self) -> list[str]:
        """Their uids."""
        return listed_uids(self.schema._aux, OPTIONAL)

    def get(self) -> "QuerySet":
        """The features themselves."""
        uids = self.get_uids()
        features = self.schema.__connection__.registry("Feature").objects
        return features.filter(uid__in=uids) if uids else features.none()

    def set(self, features: "list[BaseRecord]") -> None:
        """Let these features be optional and no others.

        Raises:
            TypeError: for anything but a list of features.
            ValueError: for a feature that the schema does not have.
        """
        if not isinstance(features, list):
            raise InvalidTypeError("features must be a list of Feature records!")
        self._keep(self._uids_of(features))

    def add(self, features: "BaseRecord | list[BaseRecord]") -> None:
        """Let one or several features be optional too. Where none is required anyway, this changes nothing.

        Raises:
            TypeError: for anything but features.
            ValueError: for a feature that the schema does not have.
        """
        if self.schema.minimal_set is not False:
            self._keep([*self.get_uids(), *self._uids_of(listed(features))])

    def remove(self, features: "BaseRecord | list[BaseRecord]") -> None:
        """Let one or several features be required.

        Raises:
            TypeError: for anything but features.
            ValueError: for a feature that the schema does not have.
        """
        required = self._uids_of(listed(features))
        self._keep([uid for uid in self.get_uids() if uid not in required])

    def _uids_of(self, features: "list[BaseRecord]") -> list[str]:
        if not all(type(feature).__name__ == "Feature" for feature in features):
            raise InvalidTypeError("features must be a list of Feature records!")
        uids = [str(feature.uid) for feature in features]
        members = set(self.schema.members.to_list("uid"))
        absent = [feature for feature in features if feature.uid not in members]
        if absent:
            raise InvalidValueError(f"{absent[0]!r} is no feature of the schema.", hint="Add it to schema.features.")
        return uids

    def _keep(self, uids: Iterable[str]) -> None:
        configure(self.schema, {OPTIONAL: list(dict.fromkeys(uids))})


def listed(features: Any) -> "list[BaseRecord]":
    """One or several features as a list."""
    return features if isinstance(features, list) else [features]


def optional_uids(aux: Any) -> list[str]:
    """The uids of optional features in the column `_aux` of a schema, which may hold any JSON."""
    return listed_uids(aux, OPTIONAL)


def listed_uids(aux: Any, key: str) -> list[str]:
    """A list of uids in the column `_aux` of a schema, which may hold any JSON."""
    found = config(aux).get(key)
    return [uid for uid in found if isinstance(uid, str)] if isinstance(found, list) else []


def config(aux: Any) -> dict[str, Any]:
    """What the column `_aux` of a schema says of its members."""
    return _mapping(_mapping(aux).get("af"))


def configure(schema: Any, said: Mapping[str, Any]) -> None:
    """Say something of the members, to be written when the schema is saved; None takes back what was said."""
    kept = {key: value for key, value in {**config(schema._aux), **said}.items() if value is not None}
    schema._aux = _mapping(schema._aux) | {"af": kept}


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
