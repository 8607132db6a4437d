"""The generated inputs of filters: the filter of each registry, and its quantifiers."""

from functools import partial

from strawberry.types.field import StrawberryField

from .comparator_inputs import comparator_input
from .feature_inputs import predicate_input
from .field_comparisons import field_comparison_input
from .names import pascal
from .registry import Catalog, RegistryInfo
from .scalars import Kind
from .type_factory import fill, input_field, input_type, many

LOGIC = {
    "and": "All of these.",
    "or": "At least one of these; an empty list matches nothing.",
    "not": "Not this; where it is unknown, because a value is missing, the row is not returned either.",
}


class FilterInputs:
    """The filter and the quantifiers of every registry in a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.filters = {name: input_type(f"{name}Filter", _filter_doc(info)) for name, info in catalog.items()}
        self.quantifiers = {
            name: input_type(f"{pascal(info.model.__plural__)}Filter", f"Which related {info.plural_words} are meant.")
            for name, info in catalog.items()
        }
        self.closures = {
            name: input_type(f"{pascal(info.model.__plural__)}ClosureFilter", f"Which {info.plural_words} are reached.")
            for name, info in catalog.items()
            if any(closure.filterable for closure in info.closures.values())
        }
        for name, info in catalog.items():
            fill(self.filters[name], partial(self._filter_fields, name, info))
            fill(self.quantifiers[name], partial(self._quantifier_fields, name, info))
        for name, made in self.closures.items():
            fill(made, partial(self._closure_fields, name, catalog[name]))

    def _filter_fields(self, name: str, info: RegistryInfo) -> list[StrawberryField]:
        own = self.filters[name]
        fields = [input_field(word, own if word == "not" else many(own), doc) for word, doc in LOGIC.items()]
        fields.append(input_field("isNull", bool, "Whether there is no related row; only inside a relation."))
        for field in info.fields.values():
            comparators = comparator_input(field.kind)
            comparators = many(comparators) if field.kind is Kind.JSON else comparators
            fields.append(input_field(field.name, comparators, field.description))
        comparisons = "Comparisons of fields with other fields; all have to hold."
        fields.append(input_field("fields", many(field_comparison_input()), comparisons))
        if info.features:
            fields.append(input_field("features", many(predicate_input()), "Values of features; all have to hold."))
        for one in info.to_one.values():
            fields.append(input_field(one.name, self.filters[one.target.name], one.description))
        for relation in info.to_many.values():
            fields.append(input_field(relation.name, self.quantifiers[relation.target.name], relation.description))
        for closure in info.closures.values():
            if closure.filterable:
                fields.append(input_field(closure.name, self.closures[name], closure.description))
        return fields

    def _closure_fields(self, name: str, info: RegistryInfo) -> list[StrawberryField]:
        or_self = input_field("orSelf", bool, f"Whether the {info.singular_words} itself is one of them.")
        return [*self._quantifier_fields(name, info), or_self]

    def _quantifier_fields(self, name: str, info: RegistryInfo) -> list[StrawberryField]:
        own = self.filters[name]
        docs = {
            "some": "At least one is like this.",
            "every": "Each one is like this; true if there is none.",
            "none": "None is like this.",
        }
        fields = [input_field(word, own, doc) for word, doc in docs.items()]
        count = input_field("count", comparator_input(Kind.INT), f"How many different {info.plural_words} there are.")
        return [*fields, count]


def _filter_doc(info: RegistryInfo) -> str:
    return (
        f"Conditions on {info.plural_words}. Siblings are joined by AND. `{{}}` matches every record. "
        "An explicit null is an error."
    )
