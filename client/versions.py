"""Records that are versions: the family of a record, by the stem of its uid."""

from typing import Any

from .record import BaseRecord


class Versioned(BaseRecord):
    """A version of a dataset, a transform or a collection."""

    @property
    def stem_uid(self) -> str:
        """What the uids of all versions begin with."""
        return str(self.uid)[:-4]

    @property
    def version(self) -> str:
        """The version's tag, or else the last four characters of its uid."""
        return str(self.version_tag or self.uid[-4:])

    @property
    def versions(self) -> Any:
        """All versions, newest first."""
        return type(self).filter(uid__startswith=self.stem_uid).order_by("-created_at")
