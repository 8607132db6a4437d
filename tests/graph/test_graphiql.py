"""The page that a browser sees."""

import asyncio
import json
import re
from html import unescape
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from lnql.graph import graphiql
from lnql.graph.examples import Tab
from lnql.graph.graphiql import ASSETS, Asset

PAGE = (Asset("a", "1.0.0", "a.css", "AAAA"), Asset("@b/c", "2.0.0", "dist/c.js", "BBBB"))
TABS = (Tab("query Q($a: String) { x(a: $a) }", {"a": "</script><b \"ü'&"}),)


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
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            return await client.get(url)

    return asyncio.run(request())


def page() -> str:
    return bytes(graphiql.page("1234abcd", TABS).body).decode()


def test_the_page_loads_its_files_in_order_and_its_own_script_last(fetched: bool) -> None:
    files = ["graphql/assets/a@1.0.0/a.css", "graphql/assets/@b/c@2.0.0/dist/c.js"] if fetched else []
    assert sources(page()) == [*files, "graphql/start.js"]
    assert page().count('integrity="sha384-') == len(files)


def test_no_other_host_is_allowed_or_named(fetched: bool) -> None:
    headers = graphiql.page("1234abcd", TABS).headers
    directives = headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'"} < set(directives)
    assert "://" not in headers["content-security-policy"] + page() + graphiql.START


def test_the_page_holds_its_tabs_as_data() -> None:
    (data,) = re.findall(r'data-tabs="([^"]*)"', page())
    (tab,) = json.loads(unescape(data))
    assert tab["query"] == TABS[0].query
    assert json.loads(tab["variables"]) == TABS[0].variables


def test_without_its_files_the_page_says_how_to_get_them() -> None:
    assert 'data-missing="The files of GraphiQL are not here; python -m lnql.graph.fetch_assets fetches' in page()


def test_the_page_has_no_inline_script(fetched: bool) -> None:
    html = page()
    assert re.findall(r"<script[^>]*>([^<]*)</script>", html) == [""] * html.count("<script")
    assert not re.search(r"\son\w+=", html)


def test_without_javascript_the_page_says_how_to_ask() -> None:
    assert "it needs JavaScript. Queries can also be sent by POST" in page()


def test_the_files_are_served(fetched: bool) -> None:
    app = Starlette(routes=graphiql.routes())
    asset = get(app, f"/graphql/assets/{PAGE[1].path}")
    assert asset.status_code == (200 if fetched else 404)
    assert get(app, "/graphql/assets/../graphiql.py").status_code == 404
    start = get(app, "/graphql/start.js")
    assert (start.status_code, start.headers["content-type"]) == (200, "text/javascript; charset=utf-8")


def test_each_hash_is_a_sha384() -> None:
    assert [len(asset.sha384) for asset in ASSETS] == [64] * len(ASSETS)
