"""Secrets are not stored: passwords and the like in the parameters of a run, and in source code."""

import re
from typing import Final

REDACTED: Final = "***REDACTED***"
SECRETS = ("password", "passwd", "secret", "token", "api key", "access key", "private key")
"""What a name says whose value is a secret, in words."""
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
URL_WITH_PASSWORD = re.compile(r"\w+://[^:@/\s]+:[^@/\s]+@")
ASSIGNED = re.compile(
    r"""(?P<name>[\w.-]+)(?P<between>["']?\]?\s*:?[=:]\s*)(?P<quote>["'])(?P<value>[^"'\n]*)(?P=quote)"""
)
"""A text that is given to a name: `x = "…"`, `"x": "…"`, `os.environ["X"] = "…"`."""


def is_secret(name: str, value: object) -> bool:
    """Whether a value is a secret: by its name, or because it is a URL with a password.

    >>> is_secret("API_KEY", "x"), is_secret("clientSecret", "x"), is_secret("tokenizer", "x")
    (True, True, False)
    """
    words = f" {' '.join(WORD.findall(name)).lower()} "
    return any(f" {secret} " in words for secret in SECRETS) or bool(URL_WITH_PASSWORD.match(str(value)))


def redacted(source_code: str) -> str:
    """Source code without the secrets that are written in it.

    >>> redacted("password = 'abc'; user = 'anna'")
    "password = '***REDACTED***'; user = 'anna'"
    """
    return ASSIGNED.sub(_redact, source_code)


def _redact(found: re.Match[str]) -> str:
    if not is_secret(found["name"], found["value"]):
        return found[0]
    return f"{found['name']}{found['between']}{found['quote']}{REDACTED}{found['quote']}"
