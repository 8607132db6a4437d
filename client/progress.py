"""A progress bar for what takes several requests."""

from collections.abc import AsyncIterator, Sequence
from typing import Any


async def progress(pages: AsyncIterator[Sequence[Any]], unit: str) -> AsyncIterator[Sequence[Any]]:
    """Pass pages on, and count their rows in a bar once there is a second page."""
    first, bar = None, None
    async for page in pages:
        if first is None:
            first = page
        elif bar is None:
            bar = _bar(len(first), unit)
        if bar is not None:
            bar.update(len(page))
        yield page
    if bar is not None:
        bar.close()


def _bar(done: int, unit: str) -> Any:
    from tqdm.auto import tqdm

    return tqdm(initial=done, unit=f" {unit}", leave=False)
