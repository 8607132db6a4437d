"""Where records come from: the transform of their run, and the runs of a transform."""

from typing import Any

from .errors import InvalidTypeError
from .record import BaseRecord


class HasTransform(BaseRecord):
    """A record that a run has made: an artifact or a collection."""

    @property
    def transform(self) -> Any | None:
        """The transform of its run; None without a run.

        >>> artifact.transform  # doctest: +SKIP
        """
        return self.run and self.run.transform


class OfTransform(BaseRecord):
    """A run, which is of a transform."""

    def __init__(self, transform: Any = None, **fields: Any) -> None:
        """Make a run of a transform.

        >>> ln.Run(transform, params={"learning_rate": 0.1}).save()  # doctest: +SKIP

        Raises:
            TypeError: without a transform.
        """
        if transform is None and fields.get("transform_id") is None:
            raise InvalidTypeError("A run is of a transform.", hint="Pass it: Run(transform=…).")
        super().__init__(**({} if transform is None else {"transform": transform}), **fields)


class HasRuns(BaseRecord):
    """A transform, which runs."""

    @property
    def latest_run(self) -> Any | None:
        """Its run that was started last; None without runs."""
        return self.runs.order_by("-started_at").first()
