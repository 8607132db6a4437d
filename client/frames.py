"""The part of a query set that makes data frames."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from .lazy import Lazy

if TYPE_CHECKING:
    import pandas as pd

    from .queryset import QuerySet


class Frames(Lazy):
    """Records as pandas DataFrames."""

    def to_dataframe(
        self,
        *,
        include: str | Sequence[str] | None = None,
        features: str | Sequence[str] | None = None,
        limit: int | None = 20,
        order_by: str | None = "-id",
    ) -> "pd.DataFrame":
        """The records as a pandas DataFrame, indexed by their integer id.

        Args:
            include: fields of related records, `"created_by__handle"`; a to-many relation gives a set in each cell.
                `"features"` shows the values of features, `"privates"` private columns. The usual columns are then
                reduced to the uid and the name.
            features: names of features to show, or `"queryset"` for all that the records have.
            limit: how many records at most; None for all.
            order_by: a path, `-` turns it round; left aside where the query set has an order or is a slice.

        Raises:
            FieldError: if a path does not exist.
            ValueError: if `include` names a relation without a field of it, or `features` a name that several have.

        >>> ln.Artifact.filter(suffix=".csv").to_dataframe(include="created_by__handle")  # doctest: +SKIP
        """
        from .dataframe import to_dataframe

        return to_dataframe(cast("QuerySet", self), include, features, limit, order_by)

    df = to_dataframe
