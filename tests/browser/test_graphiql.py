"""GraphiQL in a headless Chromium: what a person who opens the address of a server can do there."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from urllib.parse import urlencode

import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from lnql.graph.graphiql import is_fetched

from ..conftest import CHECKOUT, serving
from ..graph.test_examples import TITLES

SCREENSHOT = CHECKOUT / "build" / "graphiql.png"
CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
SECONDS = 20_000.0
"""How long a step may take, in milliseconds: other tests run at the same time."""

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="There is no Chromium on this machine."),
    pytest.mark.skipif(not is_fetched(), reason="GraphiQL's files could not be fetched."),
]


@dataclass(frozen=True)
class Window:
    """A page of a browser at the address of a server, and what went on in it."""

    page: Page
    url: str
    requests: list[str]
    complaints: list[str]

    def open(self, query: str = "") -> None:
        """Load GraphiQL, until it knows the schema."""
        with self.page.expect_response(lambda response: response.request.method == "POST"):
            self.page.goto(self.url + query)
        expect(self.page.locator(".graphiql-tab").first).to_be_visible()

    def titles(self) -> list[str]:
        """What the tabs are called."""
        return self.page.locator(".graphiql-tab-button").all_inner_texts()

    def choose(self, title: str) -> None:
        """Go to a tab, until GraphiQL has read its query."""
        self.page.get_by_role("tab", name=title).click()
        read = "title => Object.entries(localStorage).some(([k, v]) => k.endsWith(':operationName') && v === title)"
        self.page.wait_for_function(read, arg=title)

    def shown(self, place: str, awaited: str) -> str:
        """What is shown at a place, once a text is among it."""
        found = self.page.locator(place)
        expect(found).to_contain_text(awaited)
        return found.text_content() or ""

    def run(self) -> str:
        """Run the query that is shown; the answer as it is shown."""
        with self.page.expect_response(lambda response: response.request.method == "POST") as response:
            self.page.get_by_role("button", name="Execute query (Ctrl-Enter)").click()
        result = self.page.locator(".result-window")
        (first, *_) = response.value.json()
        expect(result).to_contain_text(f'"{first}"')
        return result.inner_text()


@pytest.fixture(scope="module")
def url(demo_folder: Path) -> Iterator[str]:
    """A server of the demo instance that has made its page before: on a busy machine the first may lack examples."""
    with serving(demo_folder) as (url, _):
        for _ in TITLES:
            httpx.get(url, headers={"accept": "text/html"})
        yield url


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    """A page that nobody has used."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1600, "height": 1000})
        page.set_default_timeout(SECONDS)
        expect.set_options(timeout=SECONDS)
        yield page
        browser.close()


@pytest.fixture(scope="module")
def window(url: str, browser_page: Page) -> Iterator[Window]:
    """GraphiQL, opened; in the end it has complained of nothing and asked nobody else."""
    window = Window(browser_page, url, [], [])
    browser_page.on("request", lambda request: window.requests.append(request.url))
    browser_page.on("console", lambda message: window.complaints.append(message.text))
    browser_page.on("pageerror", lambda error: window.complaints.append(str(error)))
    window.open()
    yield window
    origin = url.removesuffix("graphql")
    assert [request for request in window.requests if not request.startswith((origin, "data:"))] == []
    assert window.complaints == []


def test_the_tabs_are_examples_that_run(window: Window) -> None:
    assert window.titles() == TITLES
    for title in TITLES:
        window.choose(title)
        assert '"errors"' not in window.run()


def test_the_explorer_writes_a_query(window: Window) -> None:
    window.choose("Registries")
    window.page.get_by_role("button", name="Show GraphiQL Explorer").click()
    window.page.locator(".docExplorerWrap").get_by_text("hasFeatures", exact=True).click()
    expect(window.page.locator(".graphiql-query-editor")).to_contain_text("hasFeatures")
    assert '"hasFeatures"' in window.run()
    SCREENSHOT.parent.mkdir(exist_ok=True)
    window.page.screenshot(path=SCREENSHOT)


def test_a_live_query_is_told_over_a_socket(window: Window) -> None:
    window.open("?" + urlencode({"query": "subscription Live { ulabelsChanged { totalCount } }"}))
    window.page.get_by_role("button", name="Execute query (Ctrl-Enter)").click()
    assert '"totalCount"' in window.shown(".result-window", '"totalCount"')
    window.page.get_by_role("button", name="Stop query (Ctrl-Enter)").click()


def test_the_documentation_is_read_and_searched(window: Window) -> None:
    window.page.get_by_role("button", name="Show Documentation Explorer").click()
    documentation = window.page.locator(".graphiql-doc-explorer")
    summary = "The registries of a LaminDB instance."
    assert summary in window.shown(".graphiql-doc-explorer", summary)
    documentation.get_by_role("combobox").press_sequentially("CellTypeFilter")
    documentation.get_by_role("option", name="CellTypeFilter", exact=True).click()
    assert "ontologyId" in window.shown(".graphiql-doc-explorer", "ontologyId")


def test_the_history_holds_what_was_run(window: Window) -> None:
    window.page.get_by_role("button", name="Show History").click()
    assert "Lineage" in window.shown(".graphiql-history-items", "Lineage")


def test_a_link_opens_its_query(window: Window) -> None:
    query = "query Linked($key: String!) { artifacts(filter: {key: {eq: $key}}) { nodes { key } } }"
    window.open("?" + urlencode({"query": query, "variables": '{"key": "iris.parquet"}'}))
    assert window.titles()[-1] == "Linked"
    assert "iris.parquet" in window.run()


def test_what_the_browser_keeps_belongs_to_this_instance(window: Window) -> None:
    keys = window.page.evaluate("Object.keys(localStorage)")
    (prefix,) = {key.split("graphiql:")[0] for key in keys}
    instance = window.page.locator("#graphiql").get_attribute("data-instance")
    assert prefix == f"lnql:{instance}:"
