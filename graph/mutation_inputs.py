"""The generated inputs of mutations: for each registry a patch, and what each mutation takes."""

from collections.abc import Mapping
from enum import Enum
from functools import partial

import strawberry
from strawberry.types.field import StrawberryField

from lnql.models.versions import is_versioned

from .feature_inputs import feature_values_input
from .registry import Catalog, RegistryInfo
from .scalars import DateTime
from .type_factory import field, fill, input_field, input_type, many
from .writable import writable

REVISES = "Global id of the row that a new one is the next version of; without it, one with the same key is revised."


@strawberry.enum(description="What happens to the other records of a bulk write when one is refused.")
class OnError(Enum):
    """All are undone, or the refused ones are passed over."""

    ROLL_BACK = strawberry.enum_value("ROLL_BACK", description="None of them is written.")
    SKIP = strawberry.enum_value("SKIP", description="They are written; the refused ones are null in the answer.")


DRY_RUN = input_field(
    "dryRun",
    bool,
    "True: nothing is written; the payload says what would be refused, and shows records that exist already.",
    False,
)


class MutationInputs:
    """The inputs of every registry in a catalog, given the filters."""

    def __init__(self, catalog: Catalog, filters: Mapping[str, type]) -> None:
        self._filters = filters
        slotted = {
            relation.target.name
            for info in catalog.values()
            for relation in writable(info).many.values()
            if relation.link is not None and relation.link.slot is not None
        }
        self._links = {name: _links_patch(info, name in slotted) for name, info in catalog.items()}
        self._patches = {name: self._patch(info) for name, info in catalog.items()}

    def create(self, info: RegistryInfo) -> type:
        """`CreateRecordInput`."""
        return fill(
            input_type(f"Create{info.name}Input", f"{info.with_article.capitalize()} to be made."),
            lambda: [
                field("data", self._patches[info.name], "Its values; those not given are the usual ones."),
                DRY_RUN,
            ],
        )

    def create_many(self, info: RegistryInfo) -> type:
        """`CreateRecordsInput`."""
        return fill(
            input_type(f"Create{info.plural_name}Input", f"{info.plural_words.capitalize()} to be made."),
            lambda: [
                field("data", many(self._patches[info.name]), "The values of each."),
                input_field("onError", OnError, "What happens to the others when one is refused.", OnError.ROLL_BACK),
                DRY_RUN,
            ],
        )

    def update(self, info: RegistryInfo) -> type:
        """`UpdateRecordInput`."""
        since = "Refuse if it was updated since: the `updatedAt` that was read."
        return fill(
            input_type(f"Update{info.name}Input", f"{info.with_article.capitalize()} to be changed, and how."),
            lambda: [
                field("id", strawberry.ID, "Its global id."),
                field("patch", self._patches[info.name], "What is changed."),
                *([input_field("ifUpdatedAt", DateTime, since)] if "updatedAt" in info.fields else []),
            ],
        )

    def update_many(self, info: RegistryInfo) -> type:
        """`UpdateRecordsInput`."""
        return fill(
            input_type(f"Update{info.plural_name}Input", f"Which {info.plural_words} are to be changed, and how."),
            lambda: [*self._which(info), field("patch", self._patches[info.name], "What is changed in each.")],
        )

    def upsert_many(self, info: RegistryInfo) -> type:
        """`UpsertRecordsInput`."""
        words = info.plural_words
        return fill(
            input_type(f"Upsert{info.plural_name}Input", f"{words.capitalize()} to be changed if they exist, or made."),
            lambda: [
                field("data", many(self._patches[info.name]), "The values of each."),
                field("matchOn", many(str), "The fields by which those that exist are found, such as `name`."),
            ],
        )

    def delete(self, info: RegistryInfo) -> type:
        """`DeleteRecordInput`."""
        return fill(
            input_type(f"Delete{info.name}Input", f"{info.with_article.capitalize()} to be deleted."),
            lambda: [field("id", strawberry.ID, "Its global id."), _permanent()],
        )

    def delete_many(self, info: RegistryInfo) -> type:
        """`DeleteRecordsInput`."""
        return fill(
            input_type(f"Delete{info.plural_name}Input", f"Which {info.plural_words} are to be deleted."),
            lambda: [*self._which(info), _permanent()],
        )

    def restore(self, info: RegistryInfo) -> type:
        """`RestoreRecordInput`."""
        return fill(
            input_type(f"Restore{info.name}Input", f"{info.with_article.capitalize()} to be taken out of the trash."),
            lambda: [field("id", strawberry.ID, "Its global id.")],
        )

    def _which(self, info: RegistryInfo) -> list[StrawberryField]:
        return [
            field("filter", self._filters[info.name], f"Which {info.plural_words}, as in a list of them."),
            field("atMost", int, "Refuse if there are more; a filter that was mistyped then does no harm."),
        ]

    def _patch(self, info: RegistryInfo) -> type:
        made = input_type(
            f"{info.name}Patch",
            f"Values of {info.with_article}. What is absent stays as it is, null clears it.",
        )
        return fill(made, partial(self._patch_fields, info))

    def _patch_fields(self, info: RegistryInfo) -> list[StrawberryField]:
        settable = writable(info)
        ids = {name: f"Global id. {relation.description}" for name, relation in settable.one.items()}
        return [
            *(input_field(f.name, f.kind.scalar, f.description) for f in settable.fields.values()),
            *(input_field(name, strawberry.ID, description) for name, description in ids.items()),
            *([input_field("revises", strawberry.ID, REVISES)] if is_versioned(info.model) else []),
            *([input_field("features", feature_values_input(), "Values of features.")] if info.features else []),
            *(
                input_field(name, self._links[relation.target.name], relation.description)
                for name, relation in settable.many.items()
            ),
        ]


def _links_patch(info: RegistryInfo, slotted: bool) -> type:
    """`RecordsPatch`."""
    words = info.plural_words
    feature = "Global id of the feature that the links are values of; the links of other features are left alone."
    slots = "The parts that those of `set`, then those of `add`, are of, such as obs, where links have parts."
    return fill(
        input_type(f"{info.plural_name}Patch", f"Which {words} a row is linked to: `set`, then `add`, then `remove`."),
        lambda: [
            input_field("set", many(strawberry.ID), "Exactly these, by global id."),
            input_field("add", many(strawberry.ID), "These too."),
            input_field("remove", many(strawberry.ID), "Not these any more."),
            input_field("feature", strawberry.ID, feature),
            *([input_field("slots", many(str), slots)] if slotted else []),
        ],
    )


def _permanent() -> StrawberryField:
    return input_field("permanent", bool, "Whether to delete for good instead of moving to the trash.", False)
