"""How much a document may ask for."""

import pytest
from graphql import get_introspection_query, parse

from lnql.errors import InvalidError, TooComplexError
from lnql.graph.limits import Cost, check, fragment_costs, require
from lnql.graph.settings import Limits

LIMITS = Limits()


def nest(levels: int) -> str:
    """A document that many levels deep."""
    return "{" + "a{" * (levels - 1) + "a" + "}" * levels


def doubling(fragments: int) -> str:
    """A document whose fragment F0 stands for two times F1, that for two times F2, and so on."""
    chain = " ".join(f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}" for i in range(fragments))
    return f"{{ ...F0 }} {chain} fragment F{fragments} on Query {{ a b }}"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (nest(13), "The operation is 13 levels deep; the limit is 12."),
        ("{" + "a " * 21 + "}", "The operation has 21 root fields; the limit is 20."),
        ("mutation {" + "a " * 11 + "}", "The operation has 11 root fields; the limit is 10."),
        ("{ a {" + "x: b " * 51 + "} }", "The operation uses 51 aliases; the limit is 50."),
        ("{ a {" + "b " * 2000 + "} }", "The operation selects 2,001 fields, fragments expanded; the limit is 2,000."),
        ("{ a" + " @skip(if: true)" * 51 + "}", "The operation uses 51 directives, fragments expanded"),
        ("query" + " @a" * 51 + "{ a }", "The operation uses 51 directives"),
        ("query ($x: Int" + " @a" * 51 + ") { a }", "The operation uses 51 directives"),
        ("{ a ..." + " @a" * 51 + "{ b } }", "The operation uses 51 directives"),
        ("{ a { ...F } } fragment F on A { " + nest(12)[1:-1] + " }", "The operation is 13 levels deep"),
        ("{ ...F } fragment F on Query { " + "a " * 21 + "}", "The operation has 21 root fields"),
        ("{ a { ...F ...F } } fragment F on A {" + "x: b " * 26 + "}", "The operation uses 52 aliases"),
        ("query A { a } query B " + nest(13), "The operation is 13 levels deep"),
        ("{ __schema { a } b }", "The operation selects __schema beside data."),
        ("{ ...F } fragment F on Query { __schema { a } b }", "The operation selects __schema beside data."),
        ("{ __schema { a } __schema { b } }", "The operation selects __schema 2 times; the limit is 1."),
        ("{ __schema {" + nest(16)[1:-1] + "} }", "The introspection is 17 levels deep; the limit is 16."),
        (
            "{ __schema { types { fields { type { fields { name } } } } } }",
            "The introspection nests 2 lists of fields or types; the limit is 1.",
        ),
        (
            '{ __type(name: "A") { ...F } } fragment F on __Type { x: fields { type { interfaces { name } } } }',
            "The introspection nests 2 lists",
        ),
    ],
)
def test_too_much_is_refused_with_the_number_found(document: str, message: str) -> None:
    with pytest.raises(TooComplexError) as refusal:
        check(parse(document), LIMITS)
    assert refusal.value.message.startswith(message)
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("document", "fields"),
    [
        (nest(12), 12),
        ("{" + "a " * 20 + "}", 20),
        ("mutation {" + "a " * 10 + "}", 10),
        ("{ a {" + "x: b " * 50 + "} }", 51),
        ("{ a {" + "b " * 1999 + "} }", 2000),
        ("{ a" + " @a" * 50 + "}", 1),
        ("{ a { ...F } } fragment F on A { ... { ... on B { " + nest(11)[1:-1] + " } } }", 12),
        ("{ a { ...F } } fragment F on A {" + "b " * 21 + "}", 22),
        ("{ __schema { a } __type { b } __typename }", 5),
        ("{ __type { a } b }", 3),
        ("{ ...Unknown }", 0),
    ],
)
def test_what_is_within_the_limits_passes(document: str, fields: int) -> None:
    assert check(parse(document), LIMITS)[None].fields == fields


@pytest.mark.parametrize("document", ["fragment F on A { a }", "type A { a: Int }"])
def test_what_asks_for_nothing_costs_nothing(document: str) -> None:
    assert check(parse(document), LIMITS) == {}


def test_the_usual_introspection_passes_in_full() -> None:
    options = {"specified_by_url": True, "schema_description": True, "input_value_deprecation": True}
    assert check(parse(get_introspection_query(**options)), LIMITS).keys() == {"IntrospectionQuery"}


@pytest.mark.parametrize(("fragments", "fields"), [(3, 16), (10, 2**11), (180, 2**181)])
def test_fields_of_doubling_fragments_are_counted_exactly_without_being_visited(fragments: int, fields: int) -> None:
    assert fragment_costs(parse(doubling(fragments)))["F0"] == Cost(fields, fields, fields, depth=1)


def test_doubling_fragments_are_refused_with_the_exact_number() -> None:
    limits = Limits(root_fields=10**9)
    with pytest.raises(TooComplexError, match=r"The operation selects 4,096 fields"):
        check(parse(doubling(11)), limits)


def test_a_long_chain_of_fragments_needs_no_recursion() -> None:
    chain = " ".join(f"fragment F{i} on A {{ a {{ ...F{i + 1} }} }}" for i in range(3000))
    with pytest.raises(TooComplexError, match=r"The operation is 3,001 levels deep"):
        check(parse(f"{{ ...F0 }} {chain} fragment F3000 on A {{ a }}"), LIMITS)


@pytest.mark.parametrize(
    ("fragments", "cycle"),
    [
        ("fragment A on Q { ...A }", "A -> A"),
        ("fragment A on Q { a { ...B } } fragment B on Q { ... { ...A } }", r"(A -> B -> A|B -> A -> B)"),
    ],
)
def test_fragments_that_spread_themselves_are_refused(fragments: str, cycle: str) -> None:
    with pytest.raises(InvalidError, match=f"A fragment spreads itself: {cycle}"):
        check(parse("{ ...A } " + fragments), LIMITS)


def test_a_number_beyond_its_limit_is_refused_with_both() -> None:
    require(200_000, 200_000, "The operation may return {found} rows", "Ask for smaller pages.")
    with pytest.raises(TooComplexError) as refusal:
        require(400_000, 200_000, "The operation may return {found} rows", "Ask for smaller pages.")
    assert str(refusal.value) == "The operation may return 400,000 rows; the limit is 200,000. Ask for smaller pages."
