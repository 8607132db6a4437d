"""Documents: read once, refused when they are too much or do not fit the schema."""

from collections.abc import Callable
from typing import Any

import pytest
from graphql import build_schema

from lnql.errors import InvalidError, LnqlError, TooComplexError
from lnql.graph import documents
from lnql.graph.documents import DocumentCache, InvalidDocumentError
from lnql.graph.settings import Limits

SCHEMA = build_schema(
    """
    type Query { artifact(by: Int, key: String): Artifact }
    type Artifact { uid: String  size(unit: Int, tags: [Tag!]): Int  parent: Artifact }
    input Tag { name: String  tags: [Tag!] }
    type Mutation { save: Int }
    """
)


@pytest.fixture
def cache() -> DocumentCache:
    return DocumentCache(SCHEMA, Limits())


def refusal(cache: DocumentCache, text: str, operation_name: str | None = None) -> LnqlError:
    """The error that refuses a document."""
    with pytest.raises(LnqlError) as caught:
        cache.get(text, operation_name)
    return caught.value


def test_a_document_holds_what_execution_needs(cache: DocumentCache) -> None:
    text = "query A { artifact { ...F } } fragment F on Artifact { uid }"
    document = cache.get(text)
    assert document.text == text
    assert document.operation.name is not None
    assert document.operation.name.value == "A"
    assert list(document.fragments) == ["F"]


def test_a_document_is_read_once(cache: DocumentCache, monkeypatch: pytest.MonkeyPatch) -> None:
    first = cache.get("{ artifact { uid } }")
    monkeypatch.setattr(documents, "parse", None)  # a second reading would fail
    assert cache.get("{ artifact { uid } }") is first


def test_the_same_text_has_a_document_for_each_operation(cache: DocumentCache) -> None:
    text = "query A { artifact { uid } } mutation B { save }"
    names = [cache.get(text, name).operation.name for name in ("A", "B")]
    assert [name.value for name in names if name] == ["A", "B"]


def test_only_the_documents_used_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = DocumentCache(SCHEMA, Limits(), size=2)
    texts = [f"{{ artifact(by: {number}) {{ uid }} }}" for number in range(3)]
    first, *_ = [cache.get(text) for text in texts]
    assert cache.get(texts[0]) is not first


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (
            "query A { artifact { uid } } query B { artifact { uid } }",
            None,
            "operationName is missing; the document has A, B.",
        ),
        ("query A { artifact { uid } } mutation B { save }", "C", "There is no operation 'C'; the document has A, B."),
        ("{ artifact { uid } }", "C", "There is no operation 'C'; the document has none that has a name."),
    ],
)
def test_the_operation_has_to_be_clear(cache: DocumentCache, text: str, name: str | None, message: str) -> None:
    assert refusal(cache, text, name).message == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Syntax Error: Unexpected <EOF>."),
        ("{ artifact {", "Syntax Error: Expected Name, found <EOF>."),
        ("{ artefact { uid } }", "Cannot query field 'artefact' on type 'Query'. Did you mean 'artifact'?"),
        ("{ artifact }", "Field 'artifact' of type 'Artifact' must have a selection of subfields."),
        ("type A { a: Int }", "The 'A' definition is not executable."),
        ("{" + "#\n" * 2001 + "artifact { uid } }", "Syntax Error: Document contains more than 2000 comments."),
        ("fragment F on Artifact { uid }", "Fragment 'F' is never used."),
        ("{ __schema { types { fields { type { name { a } } } } } }", "Field 'name' must not have a selection"),
    ],
)
def test_errors_are_graphql_cores_with_their_places(cache: DocumentCache, text: str, message: str) -> None:
    error = refusal(cache, text)
    assert isinstance(error, InvalidDocumentError)
    assert error.message.startswith(message)
    assert error.errors[0].locations


def test_at_most_twenty_errors_are_found(cache: DocumentCache) -> None:
    error = refusal(cache, "{ artifact {" + " ".join(f"x{i}" for i in range(100)) + "} }")
    assert isinstance(error, InvalidDocumentError)
    assert len(error.errors) == 20
    assert error.errors[-1].message.startswith("Too many validation errors")


@pytest.mark.parametrize("escape", ["\0", r"\u0000", r"\u{0}"])
def test_a_nul_character_is_refused(cache: DocumentCache, escape: str) -> None:
    error = refusal(cache, f'{{ artifact(key: "a{escape}b") {{ uid }} }}')
    assert isinstance(error, InvalidError)
    assert error.message == "The string at line 1, column 17 holds a NUL character."


def test_other_escapes_are_read(cache: DocumentCache) -> None:
    assert cache.get(r'{ artifact(key: "\u00e4 \\u0000") { uid } }')


def deep(levels: int) -> str:
    return "{ artifact {" + "parent {" * levels + "uid" + "}" * levels + "} }"


def deep_value(levels: int) -> str:
    return "{ artifact { size(tags: " + "[{tags: " * levels + "[]" + "}]" * levels + ") } }"


def overlapping(fragments: int, aliases: int) -> str:
    """Fragments that all select the same response keys: each pair of them is compared."""
    spreads = " ".join(f"...F{i}" for i in range(fragments))
    fields = " ".join(f"a{i}: uid" for i in range(aliases))
    return f"{{ artifact {{ {spreads} }} }} " + " ".join(
        f"fragment F{i} on Artifact {{ parent {{ {fields} }} }}" for i in range(fragments)
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{ artifact { uid } }" + " " * 20_000, "The document has 20,020 characters; the limit is 20,000."),
        ("{ artifact {" + "uid " * 2001 + "} }", "The document has more than 2,000 tokens."),
        (deep(12), "The operation is 14 levels deep; the limit is 12."),
        (deep(300), "The document is nested too deeply to be read."),
        (deep_value(150), "The document is nested too deeply to be read."),
        (
            "{ ...F0 }"
            + " ".join(f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}" for i in range(150))
            + " fragment F150 on Query { artifact { uid } }",
            f"The operation has {2**150:,} root fields; the limit is 20.",
        ),
    ],
    ids=["characters", "tokens", "deep", "deeper", "deep value", "doubling fragments"],
)
def test_hostile_documents_are_too_complex(cache: DocumentCache, text: str, message: str) -> None:
    error = refusal(cache, text)
    assert isinstance(error, TooComplexError)
    assert error.message == message


def test_comparing_overlapping_fields_stops_at_a_small_budget(
    monkeypatch: pytest.MonkeyPatch, steps: Callable[[], int]
) -> None:
    cache = DocumentCache(SCHEMA, Limits(aliases=10_000))
    error = refusal(cache, overlapping(60, 5))
    assert isinstance(error, TooComplexError)
    assert error.message == "Comparing the fields that share a response key takes more than 20,000 steps."
    assert steps() < 21_000


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many steps the overlapping-fields rule took."""
    from graphql.validation.rules import overlapping_fields_can_be_merged as rule

    spent: list[int] = []
    spend = rule.spend_complexity_budget

    def count(context: Any, cost: int) -> None:
        spent.append(cost)
        spend(context, cost)

    monkeypatch.setattr(rule, "spend_complexity_budget", count)
    return lambda: sum(spent)
