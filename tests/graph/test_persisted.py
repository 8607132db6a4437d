"""Requests that name their document: by the hash, as Apollo's clients do, or by the id of a trusted one."""

from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from starlette.applications import Starlette

from lnql.errors import InvalidError
from lnql.graph.app import create_app
from lnql.graph.media import GRAPHQL, JSON
from lnql.graph.persisted import digest
from lnql.graph.settings import Limits, Settings

from .hello import Service, ask

QUERY = "query Greet($n: String) { hello(name: $n) }"
ADA = {"n": "Ada"}
ANSWER = {"data": {"hello": "hello Ada"}}


def hashed(text: str) -> dict[str, Any]:
    """How Apollo's clients name a document."""
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest(text)}}}


def send(app: Starlette, accept: str = JSON, **parameters: Any) -> httpx.Response:
    return ask(app, "POST", "/graphql", json=parameters, headers={"accept": accept})


def message(response: httpx.Response) -> str:
    (error,) = response.json()["errors"]
    return str(error["message"])


# Automatic ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
def test_a_document_that_was_sent_with_its_hash_is_known_by_it(app: Starlette, accept: str) -> None:
    first = send(app, accept, variables=ADA, **hashed(QUERY))
    assert (first.status_code, message(first)) == (200, "PersistedQueryNotFound")
    assert first.json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}
    assert first.headers["cache-control"] == "no-store"
    assert send(app, accept, query=QUERY, variables=ADA, **hashed(QUERY)).json() == ANSWER
    assert send(app, accept, variables=ADA, **hashed(QUERY)).json() == ANSWER


def test_it_is_known_to_get_too(app: Starlette) -> None:
    send(app, query=QUERY, variables=ADA, **hashed(QUERY))
    url = {"extensions": orjson.dumps(hashed(QUERY)["extensions"]).decode(), "variables": '{"n": "Ada"}'}
    response = ask(app, "GET", "/graphql", params=url)
    assert (response.json(), "etag" in response.headers) == (ANSWER, True)
    by_id = ask(app, "GET", "/graphql", params={"documentId": f"sha256:{digest(QUERY)}", "variables": '{"n": "Ada"}'})
    assert by_id.json() == ANSWER


def test_a_mutation_that_is_known_by_its_hash_is_not_allowed_by_get(app: Starlette) -> None:
    assert send(app, query="mutation { save }", **hashed("mutation { save }")).json() == {"data": {"save": 1}}
    url = {"extensions": orjson.dumps(hashed("mutation { save }")["extensions"]).decode()}
    assert ask(app, "GET", "/graphql", params=url).status_code == 405


@pytest.mark.parametrize("sent", ["{ hello }", "{ nothing }"])
def test_a_document_with_the_hash_of_another_is_refused(app: Starlette, sent: str) -> None:
    response = send(app, query=sent, **hashed(QUERY))
    assert (response.status_code, message(response)) == (
        400,
        "The hash that is sent along with the query is not its SHA-256.",
    )
    send(app, query=QUERY, variables=ADA, **hashed(QUERY))
    response = send(app, query=sent, **hashed(QUERY))
    assert response.status_code == 400
    assert message(response).endswith("is another one than the query that is sent along with it.")


def test_a_document_that_is_not_valid_is_not_kept(app: Starlette) -> None:
    assert message(send(app, query="{ nothing }", **hashed("{ nothing }"))).startswith("Cannot query field")
    assert message(send(app, **hashed("{ nothing }"))) == "PersistedQueryNotFound"


def test_only_the_documents_used_last_are_kept(service: Service) -> None:
    app = create_app(service, Settings(limits=Limits(persisted_documents=2)))
    texts = [f'{{ hello(name: "{number}") }}' for number in range(3)]
    for text in texts:
        assert send(app, query=text, **hashed(text)).status_code == 200
    assert [("data" in send(app, **hashed(text)).json()) for text in texts] == [False, True, True]


@pytest.mark.parametrize(
    "persisted",
    [
        {},
        {"version": 1},
        {"version": 2, "sha256Hash": digest(QUERY)},
        {"version": 1, "sha256Hash": 7},
        {"version": 1, "sha256Hash": "ab"},
        {"version": 1, "sha256Hash": digest(QUERY).upper()},
        "hash",
        [],
    ],
)
def test_what_is_no_hash_is_refused(app: Starlette, persisted: Any) -> None:
    response = send(app, query=QUERY, extensions={"persistedQuery": persisted})
    assert response.status_code == 400
    wanted = '{"version": 1, "sha256Hash": "64 hexadecimal digits"}'
    assert message(response) == f"extensions.persistedQuery has to be {wanted}."


def test_a_document_has_one_name(app: Starlette) -> None:
    response = send(app, documentId=digest(QUERY), **hashed(QUERY))
    assert (response.status_code, message(response)) == (
        400,
        "A request takes documentId or extensions.persistedQuery, not both.",
    )


# Trusted --------------------------------------------------------------------------------------------------------------


def folder(path: Path) -> Path:
    (path / "deeper").mkdir()
    (path / "deeper" / "greet.graphql").write_text(QUERY)
    (path / "save.gql").write_text("mutation { save }")
    (path / "notes.txt").write_text("no document")
    return path


def relay(path: Path) -> Path:
    (path / "relay.json").write_bytes(orjson.dumps({"greet": QUERY, "save": "mutation { save }"}))
    return path / "relay.json"


def apollo(path: Path) -> Path:
    operations = [{"id": name, "name": name, "type": "query", "body": body} for name, body in (("greet", QUERY),)]
    manifest = {"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations}
    (path / "manifest.json").write_bytes(orjson.dumps(manifest))
    return path / "manifest.json"


@pytest.mark.parametrize("only_trusted", [False, True])
@pytest.mark.parametrize("make", [folder, relay, apollo])
def test_a_trusted_document_is_known_by_its_id_its_hash_and_its_text(
    service: Service, tmp_path: Path, make: Any, only_trusted: bool
) -> None:
    app = create_app(service, Settings(documents=make(tmp_path), only_trusted=only_trusted))
    for name in ({"documentId": "greet"}, {"documentId": f"sha256:{digest(QUERY)}"}, hashed(QUERY), {"query": QUERY}):
        assert send(app, variables=ADA, **name).json() == ANSWER
    response = send(app, documentId="great")
    assert (response.status_code, message(response)) == (
        (403, "Only documents that this server was given are answered here; this is none of them.")
        if only_trusted
        else (404, "There is no document 'great' here.")
    )


@pytest.mark.parametrize(
    "parameters",
    [
        {"query": "{ hello }"},
        {"query": "{ __schema { types { name } } }"},
        {"query": "{ hello }", **hashed("{ hello }")},
        hashed("{ hello }"),
    ],
)
def test_where_only_trusted_documents_are_answered_others_are_not(
    service: Service, tmp_path: Path, parameters: dict[str, Any]
) -> None:
    app = create_app(service, Settings(documents=folder(tmp_path), only_trusted=True))
    for _ in range(2):
        response = send(app, **parameters)
        assert (response.status_code, response.json()["errors"][0]["extensions"]) == (403, {"code": "FORBIDDEN"})


def test_there_is_no_editor_where_it_could_ask_nothing(service: Service, tmp_path: Path) -> None:
    app = create_app(service, Settings(documents=folder(tmp_path), only_trusted=True))
    assert ask(app, "GET", "/graphql", headers={"accept": "text/html"}).status_code == 406


def test_trusted_documents_are_checked_when_the_server_starts(service: Service, tmp_path: Path) -> None:
    (tmp_path / "greet.graphql").write_text("{ helo }")
    with pytest.raises(InvalidError) as refused:
        create_app(service, Settings(documents=tmp_path))
    assert str(refused.value).startswith("The trusted document greet cannot be answered: Cannot query field 'helo'")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("list.json", "[]", "is no manifest of documents. Give a folder of .graphql files"),
        ("text.json", "query", "is no manifest of documents."),
        ("apollo.json", '{"format": "apollo-persisted-query-manifest"}', "is no manifest of documents."),
        ("number.json", '{"a": 1}', "The trusted document a is no text."),
        ("empty.json", "{}", "There are no trusted documents where they should be."),
    ],
)
def test_what_is_no_manifest_is_said(service: Service, tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InvalidError) as refused:
        create_app(service, Settings(documents=tmp_path / name))
    assert message in str(refused.value)


def test_ids_are_unique(service: Service, tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "greet.graphql").write_text("{ hello }")
    with pytest.raises(InvalidError, match=r"^Two trusted documents have the id greet\."):
        create_app(service, Settings(documents=tmp_path))


def test_a_missing_place_is_said(service: Service, tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match=r"There is no file or folder .*nowhere with trusted documents"):
        create_app(service, Settings(documents=tmp_path / "nowhere"))
    with pytest.raises(InvalidError, match=r"^No documents are trusted, so none could be answered\. Add --documents"):
        create_app(service, Settings(only_trusted=True))
