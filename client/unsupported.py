"""What Django's query sets do in SQL and GraphQL has no words for: each says what to do instead."""

from typing import Any, NoReturn

from .errors import NotSupportedError
from .lazy import Lazy


def _refuse(name: str, instead: str) -> NoReturn:
    raise NotSupportedError(f"{name}() is not supported over GraphQL: {instead}")


class Unsupported(Lazy):
    """The part of Django's query sets that needs SQL."""

    def raw(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse, and say that any GraphQL document can be asked by `Connection.ask`."""
        _refuse("raw", "ask any document by ln.connect(…).ask(document, variables).")

    def extra(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse, and say what to use."""
        _refuse("extra", "use filter(), annotate() and order_by().")

    def select_for_update(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse, and say what to use."""
        _refuse("select_for_update", "each operation is a transaction of its own; save() refuses what others changed.")
