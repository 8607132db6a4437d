"""The parameters of a run as they are stored."""

import logging
from collections.abc import Mapping
from typing import Any

from .errors import InvalidValueError
from .patches import full_name_of
from .redaction import REDACTED, is_secret
from .values import to_json

log = logging.getLogger("lnql")


def stored_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as JSON: records by registry and uid; what cannot be written is passed over with a warning."""
    told: dict[str, Any] = {}
    for name, value in params.items():
        if value is None or value == []:
            continue
        try:
            told[name] = REDACTED if is_secret(name, value) else _param(value, name)
        except InvalidValueError:
            log.warning("The parameter %s is passed over: %r cannot be written as JSON.", name, value)
    return told


def _param(value: Any, name: str) -> Any:
    if isinstance(value, list | tuple | set):
        return [_param(item, name) for item in value]
    if hasattr(type(value), "__registry_info__"):
        return f"{full_name_of(type(value))}[{value.uid}]"
    return to_json(value, name)
