"""The field `features` of rows: its type, and where the values come from.

Values are read from every place that they can be in, of all features or of those that are named; several values of one
feature become a list.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from .conditions import Slot
from .dialects import concat
from .feature_catalog import Feature
from .feature_guard import AskedFeatures
from .feature_places import FeaturePlaces, JsonPlace, LabelPlace, value_rows
from .plan import ValueArm
from .registry import Field
from .scalars import JSON, Kind
from .statements import Draft
from .type_factory import argument, field, fill, many, object_type, optional

FEATURE_NAMES = argument("names", optional(many(str)), "Names of features; all features if not given.")
FEATURES_DOC = "Values of features, of all or of those named; a feature without a value is left out."


def feature_value_type(rows: Mapping[str, type]) -> type:
    """The type `FeatureValue`, of use where the registry of features is among those of `rows`."""
    made = object_type("FeatureValue", "What a row has as the value of one feature.")
    if "Feature" not in rows:
        return made
    return fill(
        made,
        [
            field("feature", rows["Feature"], "The feature."),
            field("name", str, "The feature's name."),
            field("dtype", str, "The feature's dtype."),
            field(
                "value",
                optional(JSON),
                "A number, a text, true or false, an object for a dict; labels by the field that the dtype names; a "
                "list if the row has several values or the dtype is one.",
            ),
        ],
    )


def value_arms(
    places: FeaturePlaces,
    features: AskedFeatures,
    names: Sequence[str] | None,
    bind: Callable[[Any], Slot],
    place: object,
) -> tuple[ValueArm, ...]:
    """Plan where the values come from: features that are read alike make one arm.

    Raises:
        FeatureError: for a name that is no feature's.
    """
    wanted = features.all if names is None else [found for name in names for found in features.named(name, place)]
    labels: dict[tuple[LabelPlace, Field, bool], list[int]] = {}
    for feature in wanted:
        for label_place, by in places.of(feature.dtype):
            labels.setdefault((label_place, by, feature.dtype.is_list), []).append(feature.id)
    kinds = Counter(label_place for label_place, _, _ in labels)
    arms = [ValueArm(*key, None if names is None and kinds[key[0]] == 1 else bind(ids)) for key, ids in labels.items()]
    return (*_json_arms(places.json, wanted, names, bind), *arms)


def _json_arms(
    place: JsonPlace, wanted: Sequence[Feature], names: Sequence[str] | None, bind: Callable[[Any], Slot]
) -> Iterator[ValueArm]:
    ids = [feature.id for feature in wanted if not feature.dtype.is_categorical]
    if names is None:
        yield ValueArm(place, None, False, None)
    elif ids:
        yield ValueArm(place, None, False, bind(ids))


def values_by_feature(draft: Draft, arms: Sequence[ValueArm], rows: sa.FromClause) -> sa.FromClause:
    """Select what each row has: `feature_id`, and `text`, the JSON of its value or values."""
    selects = [_arm(draft, number, arm, rows) for number, arm in enumerate(arms)]
    every = sa.union_all(*selects).subquery(draft.alias("arms")) if len(selects) > 1 else selects[0].subquery()
    in_order = sa.select(every).order_by(every.c.feature_id, every.c.arm, every.c.position).subquery()
    texts = draft.dialect.join_rows(in_order.c.text, None)
    many_values = sa.or_(
        sa.func.count() > sa.literal_column("1"), sa.func.max(in_order.c.listed) > sa.literal_column("0")
    )
    value = sa.case((many_values, concat(["[", texts, "]"])), else_=texts)
    select = sa.select(in_order.c.feature_id, value.label("text")).group_by(in_order.c.feature_id)
    return select.subquery(draft.alias("values"))


def _arm(draft: Draft, number: int, arm: ValueArm, rows: sa.FromClause) -> sa.Select[Any]:
    values = value_rows(draft, arm.place)
    text = sa.cast(values.value, sa.Text()) if arm.field is None else _label(draft, arm.field, values.value)
    select = sa.select(
        values.feature.label("feature_id"),
        sa.literal_column(str(int(arm.listed)), sa.Integer()).label("listed"),
        sa.literal_column(str(number), sa.Integer()).label("arm"),
        values.position.label("position"),
        text.label("text"),
    )
    select = select.select_from(values.source).where(values.owner == rows.c.id)
    of_features: sa.ColumnElement[bool]
    if arm.features is None:
        of_features = values.feature.is_not(None)  # a link without a feature is a plain label
    else:
        of_features = draft.dialect.any_of(values.feature, draft.operand(Kind.BIGINT, arm.features))
    return select.where(of_features).correlate(rows)


def _label(draft: Draft, by: Field, labels: sa.FromClause) -> sa.ColumnElement[str]:
    return draft.dialect.json(by.kind, draft.value(by, labels), by.nullable)
