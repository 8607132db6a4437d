"""GraphiQL, the query editor that a browser sees at /graphql.

Its files are builds of npm packages, pinned by version and hash. `python -m lnql.graph.fetch_assets` fetches them into
`graph/assets/`, from where they are served and packaged: the page asks no other host. Without them it says what is
missing.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from msgspec import Struct
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from .examples import Tab

FOLDER = Path(__file__).parent / "assets"
BASE = "graphql/assets/"  # relative to /graphql, so that it holds below a proxy's prefix too


class Asset(Struct, frozen=True):
    """One file of an npm package, and the SHA-384 that it has."""

    package: str
    version: str
    file: str
    sha384: str

    @property
    def release(self) -> str:
        """The package and its version, as npm has them."""
        return f"{self.package}@{self.version}"

    @property
    def path(self) -> str:
        """Where the file is below `graph/assets/`."""
        return f"{self.release}/{self.file}"

    def tag(self) -> str:
        """The HTML element that loads it; the browser refuses a file with another hash."""
        source = escape(BASE + self.path)
        check = f'integrity="sha384-{self.sha384}" crossorigin="anonymous"'
        if self.file.endswith(".css"):
            return f'<link rel="stylesheet" href="{source}" {check}>'
        return f'<script src="{source}" {check}></script>'

    def matches(self, content: bytes) -> bool:
        """Whether `content` is this file."""
        return b64encode(hashlib.sha384(content).digest()).decode() == self.sha384


ASSETS = (
    Asset(
        "graphiql",
        "4.1.2",
        "graphiql.min.css",
        "1el1QShFBnnXTx9x/Cprg82hZWKt0ry29OAYIXt05swbi0KcZDFoj0CWguMpopJr",
    ),
    Asset(
        "@graphiql/plugin-explorer",
        "4.0.6",
        "dist/style.css",
        "XffIsImDMwexX8UM/Bg3tss0MZOeQmZcnHzk0avUrw9ff0IQ2g9j7QLA6m2lz5D0",
    ),
    Asset(
        "react",
        "18.3.1",
        "umd/react.production.min.js",
        "DGyLxAyjq0f9SPpVevD6IgztCFlnMF6oW/XQGmfe+IsZ8TqEiDrcHkMLKI6fiB/Z",
    ),
    Asset(
        "react-dom",
        "18.3.1",
        "umd/react-dom.production.min.js",
        "gTGxhz21lVGYNMcdJOyq01Edg0jhn/c22nsx0kyqP0TxaV5WVdsSH1fSDUf5YJj1",
    ),
    Asset(
        "graphiql",
        "4.1.2",
        "graphiql.min.js",
        "9XdHu7ajgGJziD4J1zNBKQ842Q/+zZfDv+ib1eMhZWBH6hPAs806x+Jbcf0yNO6B",
    ),
    Asset(
        "@graphiql/plugin-explorer",
        "4.0.6",
        "dist/index.umd.js",
        "gXYG2RCFRuAiKUaKTbKxOVlvr0U9z0D/V/l5jdvRSH46vQ+9cpkG2d3ByiggUYvD",
    ),
)
"""In the order in which a browser has to load them. Later versions have no builds that a plain page could load."""

START = """\
const place = document.getElementById("graphiql");
const asked = Object.fromEntries(new URLSearchParams(location.search));
const { protocol, host, pathname } = location;
if (window.GraphiQL && window.ReactDOM) {
  ReactDOM.createRoot(place).render(
    React.createElement(GraphiQL, {
      fetcher: GraphiQL.createFetcher({
        url: pathname,
        subscriptionUrl: `${protocol.replace("http", "ws")}//${host}${pathname}`,
      }),
      plugins: [GraphiQLPluginExplorer.explorerPlugin()],
      query: asked.query,
      variables: asked.variables,
      defaultTabs: [...(asked.query ? [asked] : []), ...JSON.parse(place.dataset.tabs)],
      defaultEditorToolsVisibility: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      // Tabs and history belong to one instance: another one, served at the same address later, begins with its own.
      storage: GraphiQL.createLocalStorage({ namespace: `lnql:${place.dataset.instance}` }),
    }),
  );
} else {
  place.textContent = place.dataset.missing;
}
"""
"""The page's own script: a file of its own, because the page allows no inline scripts."""

STYLE = "html, body, #graphiql { height: 100%; margin: 0 } #graphiql > p { margin: 2em; font: 1rem/1.5 sans-serif }"
HELP = 'Queries can also be sent by POST to this address, as JSON: {"query": "{ __typename }"}.'
MISSING = f"The files of GraphiQL are not here; python -m lnql.graph.fetch_assets fetches them. {HELP}"
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # the editor sets styles on its elements
        "font-src data:",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
"""The Content-Security-Policy of the page: nothing from other hosts."""
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "vary": "accept",
}


def is_fetched() -> bool:
    """Whether the files are there."""
    return all((FOLDER / asset.path).is_file() for asset in ASSETS)


def page(instance: str, tabs: Sequence[Tab]) -> Response:
    """The page, with the tabs that a first visitor sees.

    `instance` is what tells the instance from others.
    """
    tags = [asset.tag() for asset in ASSETS if is_fetched()]
    styles = [tag for tag in tags if tag.startswith("<link")]
    scripts = [tag for tag in tags if tag.startswith("<script")]
    data = {"instance": instance, "tabs": _json(tabs), "missing": MISSING}
    attributes = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
    lines = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>LNQL</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">',
        *styles,
        f"<style>{STYLE}</style></head><body>",
        f'<div id="graphiql" {attributes}><p>GraphiQL is loading; it needs JavaScript. {escape(HELP)}</p></div>',
        *scripts,
        '<script src="graphql/start.js"></script></body></html>',
    ]
    return HTMLResponse("\n".join(lines), headers=HEADERS)


def _json(tabs: Sequence[Tab]) -> str:
    """Tabs as GraphiQL takes them: variables are the text that its editor shows."""
    return json.dumps([{"query": tab.query, "variables": _shown(tab.variables)} for tab in tabs])


def _shown(variables: Mapping[str, Any]) -> str:
    return json.dumps(variables, indent=2, ensure_ascii=False) if variables else ""


def routes() -> list[BaseRoute]:
    """Where the page's script and its files are."""
    start = Response(START, media_type="text/javascript")
    files: list[BaseRoute] = [Mount("/graphql/assets", StaticFiles(directory=FOLDER))] if is_fetched() else []
    return [Route("/graphql/start.js", lambda _: start), *files]
