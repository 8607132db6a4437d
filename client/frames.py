"""The part of a query set that makes data frames."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from .errors import InvalidTypeError
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

        Records of one type with `include="features"` are a sheet: all of them, oldest first, with a column for each
        feature of the type's schema in its order.

        Raises:
            FieldError: if a path does not exist.
            ValueError: if `include` names a relation without a field of it, or `features` a name that several have.

        >>> ln.Artifact.filter(suffix=".csv").to_dataframe(include="created_by__handle")  # doctest: +SKIP
        """
        if limit is not None and not hasattr(limit, "__index__"):
            raise InvalidTypeError(f"limit={limit!r} is no whole number.")
        from .dataframe import DEFAULT_LIMIT, NEWEST_FIRST, to_dataframe
        from .feature_columns import FEATURES
        from .sheets import sheet, type_of_all

        rows, asked = cast("QuerySet", self), [include] if isinstance(include, str) else include or []
        if self._info.name == "Record" and FEATURES in asked and (type_ := type_of_all(rows)):
            limit = None if limit == DEFAULT_LIMIT else limit
            order_by = "id" if order_by == NEWEST_FIRST else order_by
            return sheet(rows, type_, include=include, features=features, limit=limit, order_by=order_by)
        return to_dataframe(rows, include, features, limit, order_by)

    df = to_dataframe
