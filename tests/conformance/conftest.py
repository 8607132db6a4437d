"""The real instance is served as to the tests of the server."""

from ..graph.conftest import real, serve

__all__ = ["real", "serve"]
