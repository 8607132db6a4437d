"""Features: their dtype, and comparisons of their values."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .catalog import RegistryInfo
from .errors import FieldError, InvalidValueError, QueryStateError, ValidationError
from .inference import dtype_object, dtype_of_column, dtype_of_value
from .orders import ASCENDING, DESCENDING
from .patches import dtype_text
from .predicates import FeaturePredicate, condition_of, label_of
from .record import BaseRecord
from .record_list import SQLRecordList

if TYPE_CHECKING:
    import pandas as pd

ORDERED = ("int", "float", "num", "str", "bool", "date", "datetime", "url", "path")


class ComparableFeature(BaseRecord):
    """A feature; comparing it with a value makes a condition on the values of records.

    >>> temperature = ln.Feature.get(name="temperature")  # doctest: +SKIP
    >>> ln.Artifact.filter(temperature > 21).order_by(-temperature)  # doctest: +SKIP
    """

    def __init__(self, *, cat_filters: Mapping[str, Any] | None = None, **fields: Any) -> None:
        """Make a feature, or get the existing one of the name.

        >>> ln.Feature(name="donor_age", dtype=int).save()  # doctest: +SKIP

        Args:
            cat_filters: conditions on the labels that may be values, by the names of their fields.
            fields: the name, the dtype and so on.

        Raises:
            ValidationError: if it exists with another dtype, or for filters that do not fit the dtype.
        """
        if cat_filters:
            fields["dtype"] = _filtered(dtype_text(fields.get("dtype")), cat_filters)
        super().__init__(**fields)

    @classmethod
    def from_dataframe(cls, df: "pd.DataFrame", field: Any = None, *, mute: bool = False) -> SQLRecordList:
        """Features for the columns of a frame, to be saved; categories become ULabels.

        >>> ln.Feature.from_dataframe(frame).save()  # doctest: +SKIP

        Raises:
            ValidationError: if a feature exists with another dtype.
            InvalidTypeError: for a column of a kind that features have no dtype for.
        """
        _refuse_other(field)
        return SQLRecordList(cls(name=str(name), dtype=dtype_of_column(column)) for name, column in df.items())

    from_df = from_dataframe

    @classmethod
    def from_dict(
        cls,
        dictionary: Mapping[str, Any],
        field: Any = None,
        *,
        type: Any = None,  # noqa: A002  LaminDB's name
        mute: bool = False,
    ) -> SQLRecordList:
        """Features for the keys of a dictionary, with the dtypes that the values suggest, to be saved.

        >>> ln.Feature.from_dict({"temperature": 21.6, "donors": ["D1", "D2"]}).save()  # doctest: +SKIP

        Raises:
            ValidationError: if a feature exists with another dtype.
            InvalidValueError: for a value that suggests no dtype.
        """
        _refuse_other(field)
        dtypes = {name: dtype_of_value(value, mute=mute) for name, value in dictionary.items()}
        told = {} if type is None else {"type": type}
        return SQLRecordList(cls(name=name, dtype=dtype, **told) for name, dtype in dtypes.items())

    @property
    def dtype_as_object(self) -> Any:
        """The dtype as an object: `float`, a registry's field, a type of records; None for a type of features."""
        return dtype_object(self._dtype_str, self.__connection__.registry)

    @property
    def dtype_as_str(self) -> str | None:
        """The dtype as LaminDB writes it, such as `float` or `cat[bionty.CellType]`; None for a type of features."""
        text: str | None = self._dtype_str
        return text

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


def _refuse_other(field: Any) -> None:
    """Refuse to match features by fields of other registries."""
    if field is not None and field.registry != "Feature":
        raise InvalidValueError("field must be a Feature FieldAttr!")


def _filtered(dtype: str, filters: Mapping[str, Any]) -> str:
    """A categorical dtype with conditions on its labels: `cat[bionty.Disease[source__uid=4a3ejKuf]]`.

    Raises:
        ValidationError: for a dtype that takes none, and for a condition without a value.
    """
    if "|" in dtype or "]]" in dtype or not dtype.startswith("cat["):
        raise ValidationError(f"cat_filters are incompatible with the dtype '{dtype}'.")
    uids = {
        f"{key}__uid" if hasattr(value, "uid") else key: getattr(value, "uid", value) for key, value in filters.items()
    }
    for key, value in uids.items():
        if value is None or not str(value).strip():
            raise ValidationError(f"Empty value in filter {key}")
    uids = {"type__uid" if key == "type" else key: value for key, value in uids.items()}
    within = [str(uids.pop("type__uid"))] if dtype in ("cat[Record]", "cat[ULabel]") and "type__uid" in uids else []
    within += [f'{key}="{value}"' if "," in str(value) else f"{key}={value}" for key, value in uids.items()]
    return f"{dtype.removesuffix(']')}[{', '.join(within)}]]"


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
