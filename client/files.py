"""Files of artifacts: LNQL tells where they are, other packages read them."""

from pathlib import Path
from typing import Any, NoReturn

from .errors import NotSupportedError
from .record import BaseRecord


class HasFile(BaseRecord):
    """A record of a file or folder in a storage location."""

    @property
    def path(self) -> Path | str:
        """Where the file is: a path if its storage location is local, else a URL such as `s3://…`.

        >>> pd.read_csv(artifact.path)  # doctest: +SKIP
        """
        location = f"{self.storage.root.rstrip('/')}/{self.storage_key}"
        return location if "://" in location else Path(location)

    @property
    def storage_key(self) -> str:
        """Where the file is in its storage location."""
        if not self._key_is_virtual:
            return str(self.key)
        key = str(self._real_key or f".lamindb/{self.uid}")
        if self.uid in key:  # LaminDB names folders that keep their versions by the stem
            key = (key[:-4] if self._overwrite_versions else key) + self.suffix
        return key

    def load(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse, and say what to use."""
        self._refuse("load")

    def cache(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse, and say what to use."""
        self._refuse("cache")

    def open(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse, and say what to use."""
        self._refuse("open")

    def _refuse(self, name: str) -> NoReturn:
        raise NotSupportedError(
            f"{name}() is not supported: LNQL holds what is known of files, not the files.",
            hint=f"Read {str(self.path)!r}, which is artifact.path, with the package for {self.suffix or 'it'}.",
        )
