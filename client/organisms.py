"""Genes, proteins and markers: records that are always of an organism."""

from typing import Any

from .errors import OrganismNotSet
from .record import BaseRecord


class OfOrganism(BaseRecord):
    """A record of an organism; where none is said it is that of `bt.settings.organism`."""

    def __init__(self, *arguments: Any, **fields: Any) -> None:
        """Make a record, as of any registry.

        Raises:
            OrganismNotSet: if no organism is said, here or in the settings.
        """
        from .bionty import settings

        if not {"organism", "organism_id"} & fields.keys():
            organism = settings.organism
            if organism is None:
                raise OrganismNotSet(
                    f"`organism` is required to create new {type(self).__name__} records.",
                    hint='Pass organism=bt.Organism.get(name=…), or set bt.settings.organism = "human".',
                )
            known = self.__connection__.registry("Organism")
            fields["organism"] = known.get(name=organism) if isinstance(organism, str) else organism
        super().__init__(*arguments, **fields)
