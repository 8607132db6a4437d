"""What is told to whoever sits before the screen; answers are returned instead."""

import sys
import warnings


def tell(message: str) -> None:
    """Write a message to standard error, where it stays out of what a script prints."""
    sys.stderr.write(f"{message}\n")


def warn_caller(text: str) -> None:
    """Warn whoever called this package."""
    frame, levels = sys._getframe(1), 2
    while frame.f_back and frame.f_globals.get("__name__", "").split(".")[0] == "lnql":
        frame, levels = frame.f_back, levels + 1
    warnings.warn(text, stacklevel=levels)
