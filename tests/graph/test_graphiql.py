"""The page that a browser sees."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest
from graphql import parse
from starlette.applications import Starlette

from lnql.graph import graphiql
from lnql.graph.graphiql import ASSETS, FIRST_QUERY, Asset

PAGE = (Asset("a", "1.0.0", "a.css", "AAAA"), Asset("@b/c", "2.0.0", "dist/c.js", "BBBB"))


@pytest.fixture(params=[True, False], ids=["fetched", "not fetched"])
def fetched(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> bool:
    """Whether the files were fetched: into a folder of this test."""
    monkeypatch.setattr(graphiql, "FOLDER", tmp_path)
    monkeypatch.setattr(graphiql, "ASSETS", PAGE)
    if request.param:
        for asset in PAGE:
            (tmp_path / asset.path).parent.mkdir(parents=True)
            (tmp_path / asset.path).write_text(f"content of {asset.file}")
    return bool(request.param)


def sources(html: str) -> list[str]:
    return re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"]*)"', html)


def get(app: Starlette, url: str) -> httpx.Response:
    async def request() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://lnql") as client:
            return await client.get(url)

    return asyncio.run(request())


def test_the_page_loads_its_files_in_order_and_its_own_script_last(fetched: bool) -> None:
    base = "graphql/assets/" if fetched else "https://unpkg.com/"
    html = bytes(graphiql.page().body).decode()
    assert sources(html) == [f"{base}a@1.0.0/a.css", f"{base}@b/c@2.0.0/dist/c.js", "graphql/start.js"]
    assert html.count('integrity="sha384-') == len(PAGE)


def test_other_hosts_are_allowed_only_where_the_files_are_missing(fetched: bool) -> None:
    policy = graphiql.page().headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    scripts = "script-src 'self'" if fetched else "script-src 'self' https://unpkg.com/"
    assert scripts in policy.split("; ")


def test_the_page_has_no_inline_script(fetched: bool) -> None:
    html = bytes(graphiql.page().body).decode()
    assert re.findall(r"<script[^>]*>([^<]*)</script>", html) == [""] * html.count("<script")
    assert not re.search(r"\son\w+=", html)


def test_without_javascript_the_page_says_how_to_ask() -> None:
    assert "it needs JavaScript. Queries can also be sent by POST" in bytes(graphiql.page().body).decode()


def test_the_files_are_served(fetched: bool) -> None:
    app = Starlette(routes=graphiql.routes())
    asset = get(app, f"/graphql/assets/{PAGE[1].path}")
    assert asset.status_code == (200 if fetched else 404)
    assert get(app, "/graphql/assets/../graphiql.py").status_code == 404
    start = get(app, "/graphql/start.js")
    assert (start.status_code, start.headers["content-type"]) == (200, "text/javascript; charset=utf-8")


def test_the_first_query_is_graphql() -> None:
    assert parse(FIRST_QUERY)


def test_each_hash_is_a_sha384() -> None:
    assert [len(asset.sha384) for asset in ASSETS] == [64] * len(ASSETS)
