"""Writing values of features where LaminDB keeps them: label links, shared JSON values, or a record's own JSON."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import Struct, field

from lnql.errors import InvalidError

from .base import Base, Registry, table_of
from .changes import LinkChange, LinkTable
from .feature import JsonValue
from .features import LabelLink, json_link, label_link
from .hashes import json_value_hash
from .linking import write_links


class FeatureValue(Struct, frozen=True):
    """One or several values of a feature: labels, by the registry they are in and their ids, or JSON.

    With neither, every value of the feature is meant.
    """

    feature: int
    labels: Mapping[type[Registry], Sequence[int]] = field(default_factory=dict)
    json: Sequence[Any] = ()
    is_list: bool = False


class FeatureChange(Struct, frozen=True):
    """What is to become of the values of features of one row, in this order.

    `clear` takes all values away, except those of features that its dataset was validated with; `set` replaces the
    values of the features it names, `add` leaves those that are there, `remove` takes some away.
    """

    clear: bool = False
    set: Sequence[FeatureValue] = ()
    add: Sequence[FeatureValue] = ()
    remove: Sequence[FeatureValue] = ()


Changes = Sequence[tuple[int, FeatureChange]]


class FeatureWriting:
    """Writes the values of features of rows of one registry.

    Args:
        tables: those that the database has.
        provenance: values for columns that say who wrote, where a table has them.
    """

    def __init__(
        self,
        connection: sa.Connection,
        host: type[Registry],
        tables: Iterable[str],
        provenance: Mapping[str, Any],
    ) -> None:
        self._connection = connection
        self._host = host
        self._json = json_link(host)
        self._provenance = provenance
        self._labels = {
            model: LinkTable(link.table, link.host, link.label)
            for model, link in _label_links(host)
            if link.table.name in set(tables)
        }

    def write(self, changes: Changes, *, new: bool = False) -> None:
        """Write changes, each given once for its row; `new` rows have no values so far.

        Raises InvalidError for values that are not to be taken away, that a record may have only one of, or that rows
        of the registry cannot have.
        """
        if not new:
            self._refuse_second_values(changes)
            self._take_away(changes)
        added = [(owner, value) for owner, change in changes for value in (*change.set, *change.add)]
        links = [
            (owner, LinkChange(self._link(model), add=keys, feature=value.feature))
            for owner, value in added
            for model, keys in value.labels.items()
        ]
        write_links(self._connection, links, self._provenance, new=new)
        self._write_json([(owner, value) for owner, value in added if value.json])
        if not new:
            self._remove(changes)

    def _link(self, model: type[Registry]) -> LinkTable:
        if model not in self._labels:
            host, known = self._host.__name__, ", ".join(sorted(label.__name__ for label in self._labels))
            raise InvalidError(
                f"{host} takes no {model.__name__} as the value of a feature.", hint=f"It takes: {known}."
            )
        return self._labels[model]

    def _refuse_second_values(self, changes: Changes) -> None:
        """To a record that exists, values of features that are no lists are not added but set, as in LaminDB."""
        added = (value for _, change in changes for value in change.add)
        if self._json.shared is None and not all(value.is_list for value in added):
            raise InvalidError("A record has one value of a feature that is no list.", hint="Set it instead.")

    # Taking away

    def _take_away(self, changes: Changes) -> None:
        """Clear, and make room for what is set."""
        for owner, change in changes:
            features = {value.feature for value in change.set}
            if change.clear:
                features |= self._present_features(owner) - self._dataset_features(owner)
            self._remove_features(owner, features)

    def _remove(self, changes: Changes) -> None:
        for owner, change in changes:
            features = {value.feature for value in change.remove}
            if features & self._dataset_features(owner):
                raise InvalidError("Values of features of the dataset itself cannot be removed.")
            whole = {value.feature for value in change.remove if not value.labels and not value.json}
            self._remove_features(owner, whole)
            links = [
                (owner, LinkChange(self._link(model), remove=keys, feature=value.feature))
                for value in change.remove
                for model, keys in value.labels.items()
            ]
            write_links(self._connection, links, self._provenance)
            self._remove_json(owner, [value for value in change.remove if value.json])

    def _remove_features(self, owner: int, features: Iterable[int]) -> None:
        """Take all values of some features away from a row."""
        wanted = list(features)
        if not wanted:
            return
        for link in self._labels.values():
            assert link.feature is not None  # noqa: S101  labels of features have one
            self._connection.execute(sa.delete(link.table).where(link.source == owner, link.feature.in_(wanted)))
        self._delete_json(owner, self._json_feature().in_(wanted))

    def _remove_json(self, owner: int, values: Sequence[FeatureValue]) -> None:
        for value in values:
            stored = table_of(JsonValue).c.hash if self._json.shared is not None else None
            if stored is None:
                self._delete_json(owner, self._json_feature() == value.feature)
            else:
                hashes = [json_value_hash(item) for item in value.json]
                self._delete_json(owner, sa.and_(self._json_feature() == value.feature, stored.in_(hashes)))

    def _delete_json(self, owner: int, which: sa.ColumnElement[bool]) -> None:
        table, host, shared = self._json.table, self._json.host, self._json.shared
        condition = which
        if shared is not None:
            values = table_of(JsonValue)
            condition = shared.in_(sa.select(values.c.id).where(which))
        self._connection.execute(sa.delete(table).where(host == owner, condition))

    def _json_feature(self) -> sa.Column[Any]:
        table = self._json.table if self._json.shared is None else table_of(JsonValue)
        return table.c.feature_id

    def _present_features(self, owner: int) -> set[int]:
        selects = [
            sa.select(link.table.c.feature_id).where(link.source == owner, link.table.c.feature_id.is_not(None))
            for link in self._labels.values()
        ]
        table, host, shared = self._json.table, self._json.host, self._json.shared
        own = sa.select(self._json_feature()).where(host == owner)
        if shared is not None:
            own = own.select_from(table.join(table_of(JsonValue), table_of(JsonValue).c.id == shared))
        return set(self._connection.scalars(sa.union(own, *selects)))

    def _dataset_features(self, owner: int) -> set[int]:
        """The features of the schemas of a dataset: its values say what is in the file."""
        links = Base.metadata.tables.get(f"lamindb_{self._host.__name__.lower()}schema")
        if links is None:
            return set()
        members = Base.metadata.tables["lamindb_schemafeature"]
        joined = links.join(members, members.c.schema_id == links.c.schema_id)
        own = links.c[self._json.host.key] == owner
        return set(self._connection.scalars(sa.select(members.c.feature_id).select_from(joined).where(own)))

    # JSON

    def _write_json(self, added: Sequence[tuple[int, FeatureValue]]) -> None:
        if not added:
            return
        if self._json.shared is None:
            self._write_own(added)
            return
        link = LinkTable(self._json.table, self._json.host, self._json.shared)
        keys = self._shared_values([(value.feature, item) for _, value in added for item in value.json])
        links = [
            (owner, LinkChange(link, add=[keys[value.feature, json_value_hash(item)] for item in value.json]))
            for owner, value in added
        ]
        write_links(self._connection, _merged(links), self._provenance)

    def _write_own(self, added: Sequence[tuple[int, FeatureValue]]) -> None:
        """Write JSON into the rows of a record, which has one value of a feature; a list takes further items."""
        table = self._json.table
        owners = [owner for owner, _ in added]
        select = sa.select(table.c.record_id, table.c.feature_id, table.c.value).where(table.c.record_id.in_(owners))
        present = {(owner, feature): value for owner, feature, value in self._connection.execute(select)}
        rows: dict[tuple[int, int], Any] = {}
        for owner, value in added:
            place = (owner, value.feature)
            before = rows.get(place, present.get(place))
            if before is not None and not value.is_list:
                raise InvalidError("A record has one value of a feature that is no list.", hint="Set it instead.")
            rows[place] = [*(before or []), *value.json[0]] if value.is_list else value.json[-1]
        for owner, feature in present.keys() & rows.keys():
            own = sa.and_(table.c.record_id == owner, table.c.feature_id == feature)
            self._connection.execute(sa.delete(table).where(own))
        written = [{"record_id": owner, "feature_id": of, "value": value} for (owner, of), value in rows.items()]
        self._connection.execute(sa.insert(table), written)

    def _shared_values(self, values: Sequence[tuple[int, Any]]) -> dict[tuple[int, str], int]:
        """The ids of JSON values, by feature and hash; those that there are not yet are made."""
        table = table_of(JsonValue)
        wanted = {(feature, json_value_hash(value)): value for feature, value in values}
        features, hashes = {feature for feature, _ in wanted}, {hash_ for _, hash_ in wanted}
        select = sa.select(table.c.feature_id, table.c.hash, table.c.id)
        found = select.where(table.c.feature_id.in_(features), table.c.hash.in_(hashes))
        known = {(feature, hash_): id_ for feature, hash_, id_ in self._connection.execute(found)}
        rows = [
            {"feature_id": feature, "hash": hash_, "value": value, **self._provenance}
            for (feature, hash_), value in wanted.items()
            if (feature, hash_) not in known
        ]
        if rows:
            made = sa.insert(table).returning(table.c.feature_id, table.c.hash, table.c.id)
            known |= {(feature, hash_): id_ for feature, hash_, id_ in self._connection.execute(made, rows)}
        return known


def _label_links(host: type[Registry]) -> list[tuple[type[Registry], LabelLink]]:
    models = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Registry)]
    return [(model, link) for model in models if (link := label_link(host, model))]


def _merged(links: Sequence[tuple[int, LinkChange]]) -> list[tuple[int, LinkChange]]:
    """One change for each row, of changes that only add through one table."""
    added: dict[int, list[int]] = {}
    for owner, change in links:
        added.setdefault(owner, []).extend(change.add)
    return [(owner, LinkChange(links[0][1].link, add=keys)) for owner, keys in added.items()]
