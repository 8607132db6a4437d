"""Features: their dtype, and comparisons of their values."""

from typing import Any

from .catalog import RegistryInfo
from .errors import FieldError, QueryStateError
from .orders import ASCENDING, DESCENDING
from .predicates import FeaturePredicate, condition_of, label_of
from .record import BaseRecord

ORDERED = ("int", "float", "num", "str", "bool", "date", "datetime", "url", "path")


class ComparableFeature(BaseRecord):
    """A feature; comparing it with a value makes a condition on the values of records.

    >>> temperature = ln.Feature.get(name="temperature")  # doctest: +SKIP
    >>> ln.Artifact.filter(temperature > 21).order_by(-temperature)  # doctest: +SKIP
    """

    @property
    def dtype_as_str(self) -> str | None:
        """The dtype as LaminDB writes it, such as `float` or `cat[bionty.CellType]`; None for a type of features."""
        return self._dtype_str  # type: ignore[no-any-return]

    dtype = dtype_as_str

    def __eq__(self, other: object) -> Any:
        return super().__eq__(other) if isinstance(other, ComparableFeature) else self._compare("eq", other)

    def __ne__(self, other: object) -> Any:
        return not super().__eq__(other) if isinstance(other, ComparableFeature) else self._compare("neq", other)

    __hash__ = BaseRecord.__hash__

    def __gt__(self, other: Any) -> FeaturePredicate:
        return self._compare("gt", other)

    def __ge__(self, other: Any) -> FeaturePredicate:
        return self._compare("gte", other)

    def __lt__(self, other: Any) -> FeaturePredicate:
        return self._compare("lt", other)

    def __le__(self, other: Any) -> FeaturePredicate:
        return self._compare("lte", other)

    def is_null(self, value: bool = True) -> FeaturePredicate:
        """The condition that a record has no value of it; with False, that it has one."""
        return self._compare("isNull", value)

    def _compare(self, comparator: str, value: Any) -> FeaturePredicate:
        if self.is_type:
            raise FieldError(f"'{self.name}' is a type of features, and has no values to compare.")
        condition = condition_of(self._dtype_str, comparator, value)
        return FeaturePredicate(self.uid, self.name, tuple(condition.items()), label_of(self._dtype_str, value))

    def with_config(self, optional: bool | None = None) -> tuple["ComparableFeature", dict[str, bool]]:
        """The feature and how a schema has it, as an item of `ln.Schema([…])`: whether datasets may lack it."""
        return self, {} if optional is None else {"optional": optional}

    def __neg__(self) -> "FeatureOrder":
        return FeatureOrder(self, DESCENDING)

    def as_order(self, info: RegistryInfo) -> dict[str, Any]:
        """The ascending order by its values."""
        return FeatureOrder(self, ASCENDING).as_order(info)


class FeatureOrder:
    """An order by the values of a feature: `-feature` is the descending one."""

    def __init__(self, feature: ComparableFeature, direction: str) -> None:
        self.feature = feature
        self._direction = direction

    def __bool__(self) -> bool:
        raise QueryStateError("Feature order expressions cannot be used as booleans: pass them to order_by().")

    def __neg__(self) -> "FeatureOrder":
        return FeatureOrder(self.feature, DESCENDING if self._direction == ASCENDING else ASCENDING)

    def as_order(self, info: RegistryInfo) -> dict[str, Any]:
        """An entry of `orderBy`.

        Raises:
            FieldError: if the registry has no features, or the values have no order.
        """
        name, dtype = self.feature.name, self.feature.dtype_as_str
        if not info.has_features:
            raise FieldError(f"Only Artifact, Run, and Record can be ordered by a feature, not {info.name}.")
        if dtype not in ORDERED and not str(dtype).startswith("datetime"):
            raise FieldError(
                f"Cannot order by feature '{name}' with dtype '{dtype}'. Ordering supports {', '.join(ORDERED)}."
            )
        return {"feature": {"uid": self.feature.uid, "direction": self._direction}}
