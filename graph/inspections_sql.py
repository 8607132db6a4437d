"""From an inspection to SQL: the values become rows, which are joined to the texts of a registry."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from .dialects import Part, Text
from .inspections import Inspection, InspectionItem
from .json_text import json_list, json_object
from .registry import Field, RegistryInfo
from .scalars import Kind
from .selection import Constant, Fact
from .statements import Draft

Matches = Callable[[], tuple[sa.FromClause, Sequence[sa.ColumnElement[bool]]]]
"""Gives the rows of a list under a new alias, and which of them belong to it."""
Correlate = Callable[[sa.Select[Any]], sa.Select[Any]]
"""Ties a query to the row that the list is below of, if it is."""

ANOTHER_CASE, SYNONYM = (sa.literal_column(number, sa.Integer()) for number in "01")


class InspectionSql:
    """Makes the SQL of one inspection."""

    def __init__(
        self, draft: Draft, info: RegistryInfo, plan: Inspection, matches: Matches, correlate: Correlate
    ) -> None:
        self._draft = draft
        self._info = info
        self._plan = plan
        self._matches = matches
        self._correlate = correlate
        self._operand = draft.operand(Kind.STRING, plan.values)

    def text(self) -> list[Part]:
        """Write what is selected of the inspection as a JSON object."""
        return json_object((item.key, [self._item(item)]) for item in self._plan.items)

    def _item(self, item: InspectionItem) -> Part:
        match item.name:
            case "validated":
                return self._values(known=True)
            case "nonValidated":
                return self._values(known=False)
            case "standardized":
                return self._standardized(item)
            case _:
                return '"Inspection"'

    def _listed(self, select: sa.Select[Any]) -> Text:
        """Write the rows of a query, which have a JSON text each, as a list."""
        rows = self._correlate(select).subquery(self._draft.alias("listed"))
        return sa.select(self._draft.dialect.compose(json_list(self._draft.dialect, rows.c.row))).scalar_subquery()

    def _values(self, *, known: bool) -> Text:
        given = self._draft.dialect.texts(self._operand)
        row = self._draft.dialect.json(Kind.STRING, given.c.value, nullable=False)
        condition = self._known(given)
        chosen = sa.select(row.label("row")).where(condition if known else sa.not_(condition))
        return self._listed(chosen.order_by(given.c.position))

    def _known(self, given: sa.FromClause) -> sa.ColumnElement[bool]:
        """Tell whether the field has a value, exactly so."""
        rows, matching = self._matches()
        text = rows.c[self._plan.field.column.key]
        same = self._draft.dialect.any_of(text, self._operand)
        found: sa.ColumnElement[bool] = given.c.value.in_(self._correlate(sa.select(text).where(same, *matching)))
        return found

    def _standardized(self, item: InspectionItem) -> Text:
        """Of the meanings of each value keep those in the field if there are any, and of these the oldest row's."""
        meanings = self._meanings()
        oldest = sa.case((meanings.c.kind == ANOTHER_CASE, meanings.c.key), else_=meanings.c.kind)
        place = sa.func.rank().over(partition_by=meanings.c.position, order_by=[meanings.c.kind, oldest])
        ranked = self._correlate(sa.select(*meanings.c, place.label("place"))).subquery(self._draft.alias("ranked"))
        members = json_object((part.key, [self._standardized_part(part, ranked)]) for part in item.items)
        row = self._draft.dialect.compose(members)
        first = sa.select(row.label("row")).where(ranked.c.place == sa.literal_column("1"))
        return self._listed(first.order_by(ranked.c.position, ranked.c.key))

    def _standardized_part(self, item: Constant | Fact, ranked: sa.FromClause) -> Part:
        if isinstance(item, Constant):
            return item.json
        return self._draft.dialect.json(Kind.STRING, ranked.c[item.name], nullable=False)

    def _meanings(self) -> sa.FromClause:
        """What each value that the field lacks may stand for, and the oldest row that says so."""
        given = self._draft.dialect.texts(self._operand)
        lacking = sa.select(given.c.position, given.c.value, self._fold(given.c.value).label("term"))
        unknown = self._correlate(lacking.where(sa.not_(self._known(given)))).subquery(self._draft.alias("unknown"))
        terms = self._terms()
        columns = (unknown.c.position, unknown.c.value, terms.c.kind, terms.c.standard)
        joined = unknown.join(terms, terms.c.term == unknown.c.term)
        meanings = sa.select(*columns, sa.func.min(terms.c.key).label("key")).select_from(joined).group_by(*columns)
        return self._correlate(meanings).subquery(self._draft.alias("meanings"))

    def _terms(self) -> sa.FromClause:
        """All terms that values of the field go by: themselves, and their synonyms."""
        arms = [self._own_terms()]
        if self._plan.synonyms is not None:
            arms.append(self._synonyms(self._plan.synonyms))
        return sa.union_all(*map(self._correlate, arms)).subquery(self._draft.alias("terms"))

    def _own_terms(self) -> sa.Select[Any]:
        rows, matching = self._matches()
        text = rows.c[self._plan.field.column.key]
        return self._term(rows, ANOTHER_CASE, self._fold(text)).where(*matching)

    def _synonyms(self, synonyms: Field) -> sa.Select[Any]:
        rows, matching = self._matches()
        part, parts = self._draft.dialect.split(self._fold(rows.c[synonyms.column.key]))
        select = self._term(rows, SYNONYM, part).select_from(rows, parts)
        return select.where(rows.c[self._plan.field.column.key].is_not(None), *matching)

    def _term(self, rows: sa.FromClause, kind: sa.ColumnElement[int], term: Text) -> sa.Select[Any]:
        key, standard = rows.c[self._info.key.column.key], rows.c[self._plan.field.column.key]
        return sa.select(kind.label("kind"), key.label("key"), standard.label("standard"), term.label("term"))

    def _fold(self, text: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        return text if self._plan.case_sensitive else self._draft.dialect.fold(text)
