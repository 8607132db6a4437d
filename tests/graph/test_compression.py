"""Answers are compressed for who takes that, and worth it."""

import gzip
import sys
import zlib
from collections.abc import Callable

import pytest
from starlette.applications import Starlette

from lnql.graph.compression import ENCODERS

from .hello import ask

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DECODERS: dict[str, Callable[[bytes], bytes]] = {"zstd": zstd.decompress, "gzip": gzip.decompress}
PLAIN = b'{"data":{"hello":"hello ' + b"Ada" * 5000 + b'"}}'


def question(name: str) -> dict[str, object]:
    return {"query": "query ($n: String) { hello(name: $n) }", "variables": {"n": name}}


@pytest.mark.parametrize(("accept", "encoding"), [("gzip, deflate, br, zstd", "zstd"), ("gzip, deflate, br", "gzip")])
@pytest.mark.parametrize("times", [5000, 50_000], ids=["at once", "in a thread"])
def test_a_large_answer_is_compressed(app: Starlette, accept: str, encoding: str, times: int) -> None:
    headers = {"accept-encoding": accept}
    response = ask(app, "POST", "/graphql", json=question("Ada" * times), headers=headers, decode=False)
    assert response.headers["content-encoding"] == encoding
    assert response.headers["vary"] == "accept, accept-encoding"
    assert int(response.headers["content-length"]) == len(response.content) < 2000
    assert DECODERS[encoding](response.content) == PLAIN.replace(b"Ada" * 5000, b"Ada" * times)


@pytest.mark.parametrize(("accept", "name"), [("identity", "Ada" * 5000), ("zstd;q=0", "Ada" * 5000), ("zstd", "Ada")])
def test_others_are_not(app: Starlette, accept: str, name: str) -> None:
    response = ask(app, "POST", "/graphql", json=question(name), headers={"accept-encoding": accept})
    assert "content-encoding" not in response.headers
    assert response.json()["data"]["hello"] == f"hello {name}"


def test_a_cache_is_told_what_the_answer_depends_on(app: Starlette) -> None:
    response = ask(app, "POST", "/graphql", json=question("Ada" * 5000), headers={"accept-encoding": "identity"})
    assert response.headers["vary"] == "accept, accept-encoding"


def test_the_page_is_compressed_too(app: Starlette) -> None:
    """Without the files of GraphiQL it is too short to gain by it."""
    headers = {"accept-encoding": "gzip", "accept": "text/html"}
    page = ask(app, "GET", "/graphql", headers=headers, decode=False)
    compressed = page.headers.get("content-encoding") == "gzip"
    text = gzip.decompress(page.content) if compressed else page.content
    assert b"<!doctype html>" in text
    assert compressed == (len(text) >= 1000)


def test_refusals_are_compressed_too(app: Starlette) -> None:
    wrong = "{" + " ".join(f"nothing{number}" for number in range(15)) + "}"
    refusal = ask(app, "POST", "/graphql", json={"query": wrong}, headers={"accept-encoding": "gzip"}, decode=False)
    assert b"Cannot query field" in gzip.decompress(refusal.content)


def test_the_same_answer_has_the_same_bytes() -> None:
    for encode in ENCODERS.values():
        assert encode(PLAIN) == encode(PLAIN)
    assert zlib.decompress(ENCODERS["gzip"](PLAIN), wbits=31) == PLAIN
