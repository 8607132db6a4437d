"""GraphiQL, the query editor that a browser sees at /graphql.

Its files are builds of npm packages, pinned by version and hash. `python -m lnql.graph.fetch_assets` fetches them into
`graph/assets/`, from where they are served: then the page asks no other host. Without them it loads the same files from
a public CDN, and the browser checks the same hashes.
"""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

FOLDER = Path(__file__).parent / "assets"
CDN = "https://unpkg.com/"
LOCAL = "graphql/assets/"  # relative to /graphql, so that it holds below a proxy's prefix too


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of an npm package, and the SHA-384 that it has."""

    package: str
    version: str
    file: str
    sha384: str

    @property
    def path(self) -> str:
        """Where the file is, below the CDN and below `graph/assets/` alike."""
        return f"{self.package}@{self.version}/{self.file}"

    def tag(self, base: str) -> str:
        """The HTML element that loads it; the browser refuses a file with another hash."""
        source = escape(base + self.path)
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
if (window.GraphiQL && window.ReactDOM) {
  ReactDOM.createRoot(place).render(
    React.createElement(GraphiQL, {
      fetcher: GraphiQL.createFetcher({ url: location.pathname }),
      plugins: [GraphiQLPluginExplorer.explorerPlugin()],
      initialQuery: new URLSearchParams(location.search).get("query") ?? undefined,
      defaultQuery: place.dataset.query,
      defaultEditorToolsVisibility: true,
    }),
  );
} else {
  place.textContent = place.dataset.missing;
}
"""
"""The page's own script: a file of its own, because the page allows no inline scripts."""

STYLE = "html, body, #graphiql { height: 100%; margin: 0 } #graphiql > p { margin: 2em; font: 1rem/1.5 sans-serif }"
HELP = 'Queries can also be sent by POST to this address, as JSON: {"query": "{ __typename }"}.'
MISSING = f"The files of GraphiQL could not be loaded. {HELP}"
FIRST_QUERY = """\
# Ctrl+Enter runs a query.
# The explorer on the left writes one.
query FirstArtifacts {
  artifacts(first: 3) {
    totalCount
    nodes {
      uid
      key
      createdBy {
        handle
      }
    }
  }
}
"""


def is_offline() -> bool:
    """Whether the files were fetched, so that no other host is asked for them."""
    return all((FOLDER / asset.path).is_file() for asset in ASSETS)


def page() -> Response:
    """The page; it may be sent many times."""
    base = LOCAL if is_offline() else CDN
    tags = [asset.tag(base) for asset in ASSETS]
    styles = [tag for tag in tags if tag.startswith("<link")]
    scripts = [tag for tag in tags if tag.startswith("<script")]
    lines = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>LNQL</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">',
        *styles,
        f"<style>{STYLE}</style></head><body>",
        f'<div id="graphiql" data-query="{escape(FIRST_QUERY)}" data-missing="{escape(MISSING)}">',
        f"<p>GraphiQL is loading; it needs JavaScript. {escape(HELP)}</p></div>",
        *scripts,
        '<script src="graphql/start.js"></script></body></html>',
    ]
    return HTMLResponse("\n".join(lines), headers={"content-security-policy": policy(base), "vary": "accept"})


def policy(base: str) -> str:
    """The Content-Security-Policy of the page: nothing from other hosts, but for a CDN if there has to be one."""
    source = "'self'" if base == LOCAL else f"'self' {base}"
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {source}",
            f"style-src {source} 'unsafe-inline'",  # the editor sets styles on its elements
            "font-src data:",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ]
    )


def routes() -> list[BaseRoute]:
    """Where the page's script and its files are."""
    start = Response(START, media_type="text/javascript")
    files: list[BaseRoute] = [Mount("/graphql/assets", StaticFiles(directory=FOLDER))] if is_offline() else []
    return [Route("/graphql/start.js", lambda _: start), *files]
