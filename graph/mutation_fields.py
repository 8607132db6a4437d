"""The root fields of mutations: their declarations, and what each does."""

from collections.abc import Callable, Iterator

from msgspec import Struct
from strawberry.types.field import StrawberryField

from .mutation_inputs import MutationInputs
from .mutation_payloads import DELETE_PAYLOAD, Written, list_payload_type, payload_type
from .mutation_writing import Input, Mutations
from .registry import Catalog, RegistryInfo
from .type_factory import argument, field
from .types import RegistryTypes

Write = Callable[[Mutations, Input], Written]


class MutationField(Struct, frozen=True):
    """A root field of a mutation: its declaration, and what it does with its input."""

    declaration: StrawberryField
    write: Write

    @property
    def name(self) -> str:
        """Its name."""
        return self.declaration.python_name


def mutation_fields(catalog: Catalog, types: RegistryTypes) -> list[MutationField]:
    """The mutations of every registry."""
    inputs = MutationInputs(catalog, types.filters)
    return [made for info in catalog.values() for made in _registry_fields(info, types, inputs)]


def _registry_fields(info: RegistryInfo, types: RegistryTypes, inputs: MutationInputs) -> Iterator[MutationField]:
    one, several = payload_type(info, types.rows[info.name]), list_payload_type(info, types.rows[info.name])
    one_row, plural_words = info.with_article, info.plural_words
    single, plural = info.name, info.plural_name
    for name, input_, payload, write, description in (
        (f"create{single}", inputs.create(info), one, Mutations.create, f"Make {one_row}."),
        (f"create{plural}", inputs.create_many(info), several, Mutations.create_many, f"Make {plural_words}."),
        (f"update{single}", inputs.update(info), one, Mutations.update, f"Change {one_row}."),
        (
            f"update{plural}",
            inputs.update_many(info),
            several,
            Mutations.update_many,
            f"Change all {plural_words} that a filter finds.",
        ),
        (
            f"upsert{plural}",
            inputs.upsert_many(info),
            several,
            Mutations.upsert_many,
            f"Change {plural_words} that exist and make those that do not.",
        ),
        (
            f"delete{single}",
            inputs.delete(info),
            DELETE_PAYLOAD,
            Mutations.delete,
            f"Delete {one_row}: to the trash, or for good where `permanent` is true.",
        ),
        (
            f"delete{plural}",
            inputs.delete_many(info),
            DELETE_PAYLOAD,
            Mutations.delete_many,
            f"Delete all {plural_words} that a filter finds.",
        ),
        (f"restore{single}", inputs.restore(info), one, Mutations.restore, f"Take {one_row} out of the trash."),
    ):
        declaration = field(name, payload, description, [argument("input", input_, "What to write.")])
        yield MutationField(declaration, _of(info, write))


def _of(info: RegistryInfo, write: Callable[[Mutations, RegistryInfo, Input], Written]) -> Write:
    return lambda mutations, given: write(mutations, info, given)
