"""The server in this process: an instance is opened by its path, and answers over the same GraphQL.

This is the only place of the client that knows the server.
"""

from typing import Any

from .errors import MissingExtraError

LOCAL_LIMITS: dict[str, Any] = {
    "root_page": 10_000,
    "nested_page": 10_000,
    "rows": 10_000_000,
    "statement_seconds": 600.0,
    "operation_seconds": 600.0,
    "body_bytes": 100_000_000,
    "list_items": 1_000_000,
    "filter_nodes": 500,
    "filter_depth": 12,
}
"""What a user may ask of their own process: time and memory are theirs."""


def make_app(target: str, *, write: bool) -> Any:
    """The ASGI application that serves the instance at `target`; its `router.lifespan_context` opens it.

    Raises:
        MissingExtraError: if the server is not installed.
        InstanceError: if no instance can be opened there.
    """
    try:
        from lnql.graph.garbage import no_garbage
        from lnql.graph.serving import open_app
        from lnql.graph.settings import read_settings
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("lnql"):
            raise
        raise MissingExtraError(missing.name or "", "server", f"Opening {target} in this process") from None
    settings = read_settings({"instance": target, "write": write, "limits": LOCAL_LIMITS})
    with no_garbage():
        return open_app(settings)
