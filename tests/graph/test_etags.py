"""A client that has an answer is told that it still holds."""

import pytest
from starlette.applications import Starlette

from .hello import ask

QUERY = {"query": "{ hello }"}


@pytest.mark.parametrize("form", ["{tag}", '"other", {tag}', '"other",{strong}', "*"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_answer_that_still_holds_is_not_sent_again(app: Starlette, form: str, encoding: str) -> None:
    question = {"query": f'{{ hello(name: "{"Ada" * 1000}") }}'}
    tag = ask(app, "GET", "/graphql", params=question).headers["etag"]
    asked = {"if-none-match": form.format(tag=tag, strong=tag.removeprefix("W/")), "accept-encoding": encoding}
    response = ask(app, "GET", "/graphql", params=question, headers=asked)
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["etag"] == tag
    assert response.headers["cache-control"] == "private, no-cache"
    assert response.headers["vary"] == "accept"


@pytest.mark.parametrize("asked", ["", '"other"', "W/"])
def test_any_other_answer_is_sent(app: Starlette, asked: str) -> None:
    response = ask(app, "GET", "/graphql", params=QUERY, headers={"if-none-match": asked})
    assert (response.status_code, response.json()) == (200, {"data": {"hello": "hello you"}})


def test_different_answers_have_different_tags(app: Starlette) -> None:
    queries = ["{ hello }", '{ hello(name: "Ada") }']
    tags = {ask(app, "GET", "/graphql", params={"query": query}).headers["etag"] for query in queries}
    assert len(tags) == 2


def test_neither_a_refusal_nor_an_answer_by_post_has_a_tag(app: Starlette) -> None:
    refused = ask(
        app, "GET", "/graphql", params={"query": "{"}, headers={"accept": "application/graphql-response+json"}
    )
    posted = ask(app, "POST", "/graphql", json=QUERY, headers={"if-none-match": "*"})
    assert (refused.status_code, posted.status_code) == (400, 200)
    assert "etag" not in {*refused.headers, *posted.headers}
