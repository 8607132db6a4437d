"""The statement that reads texts to search: only what has changed since they were last read.

The rows of a registry are taken in parts, by their keys. The texts of a column in a part are joined and digested in the
database, and only those are sent whose digest is not among the known ones: after a write, one part of many.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.sql.elements import Grouping

from lnql.errors import TooComplexError
from lnql.models.search_columns import TextPart

from .dialects import Dialect, Part, Text, concat, constant
from .registry import Field, RegistryInfo
from .scalars import Kind
from .search_state import version
from .statements import Draft, Statement
from .visibility import Scope

Wanted = tuple[tuple[RegistryInfo, tuple[Field, ...]], ...]
"""Registries and their columns whose texts are wanted, without repetition; the key is the first."""

PART_BITS = sa.literal_column("11", sa.Integer())
"""A part has the keys that are equal but for their last bits: 2,048 of them, less where keys are missing."""
ONE = sa.literal_column("1", sa.BigInteger())
BETWEEN_TEXTS, BETWEEN_PARTS = (f"{character}{secrets.token_hex(4)}" for character in "\x1f\x1e")
"""What separates texts: nobody else can know it, so that no text has it in it."""
SAME, OTHER = "=", "+"
"""What a part begins with: a digest that was known, or texts."""
LIMIT = 1
"""The slot of the limit of characters is the first; two follow for each registry, the known state and digests."""


class ReadPart(Struct, frozen=True):
    """The texts of a column in a part of the rows, and the digest by which they are known."""

    digest: str
    texts: TextPart


def reading_statement(dialect: Dialect, scope: Scope, wanted: Wanted) -> Statement:
    """Make the statement: it gives the state of the database, and for each registry its version and a text.

    The text is for `read_columns`; NULL stands for texts read in a state that still is.
    """
    draft = Draft(dialect, scope)
    state = dialect.state()
    limit = draft.operand(Kind.BIGINT, 0)()
    answers = []
    for number, (info, fields) in enumerate(wanted):
        known = draft.operand(Kind.STRING, LIMIT + 2 * number)()
        size = _size(draft, info, fields)
        parts = _parts(draft, info, fields, LIMIT + 2 * number + 1)
        told = version(draft, info)
        answers += [
            sa.case((state == known, sa.null()), else_=told),
            sa.case((state == known, sa.null()), (size > limit, sa.cast(size, sa.Text())), else_=parts),
        ]
    return draft.finish(sa.select(state, *answers))


def _size(draft: Draft, info: RegistryInfo, fields: Sequence[Field]) -> sa.ColumnElement[int]:
    """How many characters the texts have."""
    rows = draft.rows(info)
    zero = sa.literal_column("0", sa.BigInteger())
    texts = (_text(rows, field) for field in fields if field.kind is Kind.STRING)
    lengths = (sa.func.coalesce(sa.func.sum(sa.func.length(text)), zero) for text in texts)
    return sa.select(sum(lengths, zero)).select_from(rows).scalar_subquery()


def _text(rows: sa.FromClause, field: Field) -> Text:
    column = rows.c[field.column.key]
    text = sa.type_coerce(column, sa.Text()) if field.kind is Kind.STRING else sa.cast(column, sa.Text())
    return sa.func.coalesce(text, constant(""), type_=sa.Text())


def _parts(draft: Draft, info: RegistryInfo, fields: Sequence[Field], digests: int) -> Text:
    """All parts one after the other, of each column."""
    numbers = _numbers(draft, info)
    answers = _answers(draft, _digested(draft, _joined(draft, info, fields, numbers)), digests, len(fields))
    select = sa.select(answers.correlate(numbers).scalar_subquery().label("part"))
    parts = select.where(numbers.c.number.is_not(None)).order_by(numbers.c.number).subquery()
    return sa.select(draft.dialect.join_rows(parts.c.part, None, BETWEEN_PARTS)).scalar_subquery()


def _numbers(draft: Draft, info: RegistryInfo) -> sa.CTE:
    """The numbers of the parts that have rows, found in the index one after the other; NULL ends them."""
    first, later = draft.rows(info), draft.rows(info)
    key = info.key.column.key
    numbers = sa.select(_number(sa.func.min(first.c[key])).label("number")).cte(
        draft.alias("parts"), recursive=True, nesting=True
    )
    least = sa.select(sa.func.min(later.c[key])).where(later.c[key] >= _first_key(numbers.c.number + ONE))
    following = _number(least.correlate(numbers).scalar_subquery())
    return numbers.union_all(sa.select(following).where(numbers.c.number.is_not(None)))


def _number(key: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """The part that a key is in; a shift goes down for negative keys too, other than a division."""
    return sa.cast(key, sa.BigInteger()).op(">>")(PART_BITS)


def _first_key(number: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return Grouping(number).op("<<")(PART_BITS)


def _joined(draft: Draft, info: RegistryInfo, fields: Sequence[Field], numbers: sa.CTE) -> sa.Subquery:
    """The texts of a part, joined column by column."""
    rows = draft.rows(info)
    key = rows.c[info.key.column.key]
    within = key >= _first_key(numbers.c.number), key < _first_key(numbers.c.number + ONE)
    texts = (_text(rows, field).label(f"text_{place}") for place, field in enumerate(fields))
    ordered = sa.select(*texts).where(*within).order_by(key).correlate(numbers).subquery()
    joined = (draft.dialect.join_rows(text, None, BETWEEN_TEXTS).label(text.name) for text in ordered.c)
    return sa.select(*joined).subquery()


def _digested(draft: Draft, joined: sa.Subquery) -> sa.Subquery:
    """Joined texts with their digests; with a limit, so that neither is worked out again wherever it is named."""
    digests = (draft.dialect.digest(text).label(f"digest_{place}") for place, text in enumerate(joined.c))
    return sa.select(*joined.c, *digests).limit(sa.literal_column("1")).offset(sa.literal_column("0")).subquery()


def _answers(draft: Draft, digested: sa.Subquery, digests: int, count: int) -> sa.Select[str]:
    """What is sent of a part: column by column its digest if that is known, or else its texts."""
    answers: list[Part] = []
    for place in range(count):
        text, digest = digested.c[f"text_{place}"], digested.c[f"digest_{place}"]
        known = draft.dialect.any_of(digest, draft.operand(Kind.STRING, digests))
        answers += [sa.case((known, concat([SAME, digest])), else_=concat([OTHER, text])), BETWEEN_PARTS]
    return sa.select(concat(answers[:-1])).where(digested.c.digest_0.is_not(None))


def read_columns(info: RegistryInfo, count: int, answer: str, known: Mapping[str, TextPart]) -> list[list[ReadPart]]:
    """Read the answer for a registry: the parts of each column.

    Raises:
        TooComplexError: where the answer is how many characters there are, since they are too many.
    """
    if answer.isdecimal():
        raise TooComplexError(
            f"The searched fields of {info.plural_words} have {answer} characters, which is too many.",
            hint="Search fewer fields, or ask the operator to raise the limit search_characters.",
        )
    parts = list(_read_parts(answer, known)) if answer else []
    return [parts[place::count] for place in range(count)]


def _read_parts(answer: str, known: Mapping[str, TextPart]) -> Iterator[ReadPart]:
    for part in answer.split(BETWEEN_PARTS):
        content = part[1:]
        if part[0] == SAME:
            yield ReadPart(content, known[content])
        else:
            digest = hashlib.md5(content.encode(), usedforsecurity=False).hexdigest()
            yield ReadPart(digest, TextPart(content, BETWEEN_TEXTS))
