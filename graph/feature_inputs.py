"""The generated inputs of features: predicates in filters, and values in patches."""

from functools import cache

import strawberry

from .comparator_inputs import comparator_input, operand_types
from .comparators import COMPARATORS
from .scalars import JSON, Kind
from .type_factory import fill, input_field, input_type, many

LABEL_FIELDS = {
    "name": "What the label is called: its name, key, symbol or handle, as is usual in its registry.",
    "uid": "LaminDB's id of the label.",
    "ontologyId": "The label's id in a public ontology, in registries that have one.",
    "synonyms": "The label's other names, separated by |, in registries that have them.",
}

DOCS = {
    "neq": "No value is equal; rows without a value are returned.",
    "notIn": "No value is equal to one of these; rows without a value are returned.",
    "contains": "A text, or the name of a label, has this text in it, case counts; a list has this element; a dict, or "
    "what is at the path, has the entries of this object or all elements of this list.",
    "isNull": "Whether the row has no value; with a path, whether the key is absent.",
    "isJsonNull": "Whether the value, at the path, is JSON null.",
}


@cache
def predicate_input() -> type:
    """The predicate on a feature, `FeaturePredicate`."""
    labels = input_type("LabelFilter", "Conditions on a label that is the value of a feature; joined by AND.")
    fill(labels, [input_field(name, comparator_input(Kind.STRING), doc) for name, doc in LABEL_FIELDS.items()])
    made = input_type(
        "FeaturePredicate",
        "Conditions on one value of a feature; two predicates may be met by two values. Which comparators fit, and "
        "what they take, is up to the feature's dtype; labels are compared by the field that the dtype names.",
    )
    types = operand_types(JSON)
    return fill(
        made,
        [
            input_field("name", str, "The feature's name."),
            input_field("uid", str, "The feature's uid, where names collide."),
            input_field("path", many(str), "Keys, or numbers of list items, that lead to a value in a dict or list."),
            *(input_field(c.name, types[c.takes], DOCS.get(c.name, c.description)) for c in COMPARATORS),
            input_field("label", labels, "Further conditions on the label, if the feature is categorical."),
        ],
    )


@cache
def feature_values_input() -> type:
    """`FeatureValuesPatch`."""
    value = fill(
        input_type("FeatureValueInput", "A value of one feature, or several; the feature's dtype says what it takes."),
        [
            input_field("name", str, "The feature's name."),
            input_field("uid", str, "The feature's uid, where names collide."),
            input_field(
                "value",
                JSON,
                "A value, or a list where the row has several. Labels are told by the field that the dtype names; "
                "dates and times are ISO 8601 text. Null writes nothing; left out in `remove`, it stands for all.",
            ),
            input_field("labels", many(strawberry.ID), "Labels by global id, instead of `value`."),
        ],
    )
    return fill(
        input_type("FeatureValuesPatch", "Values of features: `clear`, then `set`, then `add`, then `remove`."),
        [
            input_field("clear", bool, "Take all values away first, except those that say what is in the dataset."),
            input_field("set", many(value), "These values instead of those that the same features have."),
            input_field("add", many(value), "These values too."),
            input_field("remove", many(value), "Not these values any more."),
        ],
    )
