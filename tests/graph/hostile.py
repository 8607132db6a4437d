"""Requests that are made to cost: bodies by their names, each answered with a 4xx in little time."""

import orjson

FILTER = "query ($f: ArtifactFilter) { artifacts(filter: $f) { totalCount } }"


def _document(text: str, **variables: object) -> bytes:
    return orjson.dumps({"query": text, "variables": variables})


def _fragments(count: int, body: str, last: str) -> str:
    chain = " ".join(f"fragment F{i} on Query {{ {body.format(next=i + 1)} }}" for i in range(count))
    return f"{{ ...F0 }} {chain} fragment F{count} on Query {{ {last} }}"


def _overlapping(fragments: int, fields: int) -> str:
    spreads = " ".join(f"...F{i}" for i in range(fragments))
    columns = " ".join(f"a{i}: uid" for i in range(fields))
    parts = " ".join(f"fragment F{i} on Artifact {{ run {{ {columns} }} }}" for i in range(fragments))
    return f'{{ artifact(by: {{uid: "x"}}) {{ {spreads} }} }} {parts}'


def _nested(levels: int) -> dict[str, object]:
    value: dict[str, object] = {"key": {"eq": "x"}}
    for _ in range(levels):
        value = {"not": value}
    return value


SCHEMA_OF_SCHEMA = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"

DOCUMENTS: dict[str, bytes] = {
    "doubling fragments": _document(_fragments(150, "...F{next} ...F{next}", "__typename")),
    "fragments that spread each other": _document(_fragments(300, "...F{next}", "...F0")),
    "overlapping fields": _document(_overlapping(40, 4)),
    "deep selection": _document("{ artifacts { nodes " + "{ run " * 900 + "{ uid }" + "}" * 902),
    "deep list": _document("{ artifacts(filter: " + "[" * 9000 + "]" * 9000 + ") { totalCount } }"),
    "many aliases": _document("{" + " ".join(f"a{i}: __typename" for i in range(900)) + "}"),
    "many directives": _document("{ __typename" + " @skip(if: false)" * 300 + "}"),
    "many errors": _document("{ artifacts { nodes {" + " ".join(f"x{i}" for i in range(1900)) + "} } }"),
    "many root fields": _document("{" + " ".join(f"a{i}: artifacts {{ totalCount }}" for i in range(40)) + "}"),
    "many variables": _document(
        "query (" + " ".join(f"$v{i}: Int" for i in range(600)) + ") { artifacts { totalCount } }"
    ),
    "circular introspection": _document(SCHEMA_OF_SCHEMA),
    "long document": _document("{ __typename }" + " " * 900_000),
    "long comment": _document("#" * 900_000 + "\n{ __typename }"),
    "long string": _document('{ artifacts(filter: {key: {eq: "' + "x" * 900_000 + '"}}) { totalCount } }'),
    "many tokens": _document("{" + "a " * 9_900 + "}"),
    "huge pages": _document("{ artifacts(first: 10000) { nodes { records(first: 1000) { nodes { uid } } } } }"),
    "deep filter": _document(FILTER, f=_nested(25)),
    "wide filter": _document(FILTER, f={"or": [{"key": {"eq": str(i)}} for i in range(9_000)]}),
    "wide list": _document(FILTER, f={"key": {"in": [str(i) for i in range(90_000)]}}),
    "wrong list": _document(FILTER, f={"key": {"in": list(range(9_000))}}),
    "wrong objects": _document(FILTER, f={"or": [{"kye": 1}] * 900}),
    "unknown keys": _document(FILTER, f={f"k{i}": 1 for i in range(20_000)}),
    "long expression": _document(FILTER, f={"key": {"regex": "(a+)+" * 10_000}}),
    "hungry expression": _document(FILTER, f={"key": {"regex": "(" * 60 + "a" + "{30})" * 60}}),
    "long cursor": _document('{ artifacts(after: "' + "ab" * 9_000 + '") { totalCount } }'),
    "unknown names": _document(FILTER.replace("ArtifactFilter", "X" * 10_000)),
}
"""What graphql-core, or a database, would take long for."""

BODIES: dict[str, bytes] = {
    "nothing": b"",
    "string": b'"x"',
    "null": b"null",
    "number": b"1",
    "list": b"[]",
    "batch": b"[" + b",".join([b'{"query": "{ __typename }"}'] * 10_000) + b"]",
    "no UTF-8": b'{"query": "\xff\xfe"}',
    "lone surrogate": b'{"query": "{ a }", "variables": {"x": "\\ud800"}}',
    "NUL": b'{"query": "{ a }", "variables": {"x": "\\u0000"}}',
    "NaN": b'{"query": "{ a }", "variables": {"x": NaN}}',
    "digits": b'{"query": "{ a }", "variables": {"x": ' + b"9" * 5_000 + b"}}",
    "a million digits": b"9" * 1_000_000,
    "beyond 64 bits": b'{"query": "{ a }", "variables": {"x": 18446744073709551616}}',
    "deep": b"[" * 100_000,
    "deep and closed": b'{"query": "{ a }", "variables": {"x": ' + b"[" * 400_000 + b"]" * 400_000 + b"}}",
    "deep objects": b'{"query": "{ a }", "variables": ' + b'{"x": ' * 100_000 + b"1" + b"}" * 100_000 + b"}",
    "many lists": b'{"query": "{ a }", "variables": {"x": [' + b"[]," * 300_000 + b"[]]}}",
    "many keys": b'{"query": "{ a }", ' + b",".join(b'"k%d": 1' % i for i in range(30_000)) + b"}",
    "same key": b'{"query": "{ a }", ' + b",".join([b'"query": "{ b }"'] * 20_000) + b"}",
    "unended": b'{"query": "' + b"{" * 1_000_000,
    "escapes": b'{"query": "' + b"\\u0041" * 150_000 + b'"}',
    "too large": b" " * 1_048_577,
}
"""What is no request."""
