"""Which media type a client gets."""

import pytest

from lnql.graph.media import GRAPHQL, HTML, JSON, negotiate, negotiate_encoding, split

DATA = (GRAPHQL, JSON)
PAGE = (HTML, GRAPHQL, JSON)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        ("*/*", JSON),
        ("application/*", JSON),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8, {JSON}; charset=utf-8", GRAPHQL),
        (f"{GRAPHQL};q=0.5, {JSON};q=0.9", JSON),
        (f"{GRAPHQL};q=0.9, {JSON};q=0.5", GRAPHQL),
        (f"{JSON}, */*", JSON),
        (f"{GRAPHQL}, */*;q=0.1", GRAPHQL),
        (f"{JSON};q=0, */*", GRAPHQL),
        (f"{JSON}, multipart/mixed", JSON),
        ("APPLICATION/JSON", JSON),
        (f"{JSON};q=nonsense, {GRAPHQL};q=0.1", GRAPHQL),
        (f"{JSON};q=nan, {GRAPHQL};q=0.1", GRAPHQL),
        (f"{JSON};q=7, {GRAPHQL};q=0.9", JSON),
        ("text/html", None),
        (f"{JSON};q=0", None),
        ("", None),
        (",;,;q=1,", None),
    ],
)
def test_data_comes_in_the_type_the_client_likes_best(accept: str, expected: str | None) -> None:
    assert negotiate(accept, DATA) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", HTML),
        ("text/html, application/json;q=0.9", HTML),
        ("text/html;q=0.5, application/json", JSON),
        ("*/*", JSON),
        ("text/*", HTML),
    ],
)
def test_only_who_prefers_html_gets_the_page(accept: str, expected: str) -> None:
    assert negotiate(accept, PAGE) == expected


def test_a_media_type_is_split_into_its_name_and_parameters() -> None:
    assert split('Application/JSON; Charset="UTF-8" ; x') == ("application/json", {"charset": "UTF-8", "x": ""})


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("GZIP;q=1.0, zstd;q=0.5", "gzip"),
        ("*", "zstd"),
        ("zstd;q=0, *;q=0.1", "gzip"),
        ("gzip;q=0, identity", None),
        ("br", None),
        ("", None),
    ],
)
def test_an_encoding_is_one_that_the_client_takes(accept: str, expected: str | None) -> None:
    assert negotiate_encoding(accept, ("zstd", "gzip")) == expected
