"""Where records come from: the transform of their run, and the runs of a transform."""

from typing import Any

from .record import BaseRecord


class HasTransform(BaseRecord):
    """A record that a run has made: an artifact or a collection."""

    @property
    def transform(self) -> Any | None:
        """The transform of its run; None without a run.

        >>> artifact.transform  # doctest: +SKIP
        """
        return self.run and self.run.transform


class HasRuns(BaseRecord):
    """A transform, which runs."""

    @property
    def latest_run(self) -> Any | None:
        """Its run that was started last; None without runs."""
        return self.runs.order_by("-started_at").first()
