"""The address a server listens on: who reaches it, how it is taken, and how it is left."""

import ctypes
import ipaddress
import socket
import struct
import sys
from contextlib import suppress
from errno import EADDRINUSE
from typing import Final

from lnql.errors import UnavailableError

DROP_NEWCOMERS: Final = (
    (0x30, 0, 0, 13),  # take the flags of a TCP segment
    (0x45, 0, 1, 0x02),  # SYN is set in the first segment of a connection only:
    (0x06, 0, 0, 0),  # drop it,
    (0x06, 0, 0, 0xFFFF),  # and keep every other one
)
"""A packet filter as Linux takes it: code, jump if true, jump if false, operand."""
SO_ATTACH_FILTER: Final = 26


def is_loopback(host: str) -> bool:
    """Whether `host` is reached from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """Take the port before the instance is opened, which takes a moment; who connects early waits."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == EADDRINUSE:
            message, hint = f"Port {port} is in use by another program.", f"Choose another: --port {port + 1}"
        else:
            message, hint = f"Cannot listen on {host}:{port}: {error.strerror or error}.", None
        raise UnavailableError(message, hint=hint) from None


def turn_away(listener: socket.socket) -> None:
    """Let nobody connect any more, while those who have connected can still be accepted; on Linux only.

    A socket that is closed at once resets the connections that wait in its queue, together with what they have sent.
    Whoever comes now is refused when the socket is closed, and asks elsewhere; clients try again for a second.
    """
    if sys.platform != "linux":
        return
    program = b"".join(struct.pack("HBBI", *step) for step in DROP_NEWCOMERS)
    buffer = ctypes.create_string_buffer(program)
    with suppress(OSError):  # a sandbox may not have it: then a few are reset
        listener.setsockopt(
            socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HP", len(DROP_NEWCOMERS), ctypes.addressof(buffer))
        )
