"""What is told to whoever sits before the screen; answers are returned instead."""

import sys


def tell(message: str) -> None:
    """Write a message to standard error, where it stays out of what a script prints."""
    sys.stderr.write(f"{message}\n")
