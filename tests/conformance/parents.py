"""Hierarchies, as relations of a row and as conditions: the category `parents`."""

from .case import Case, Cases


def related(plural: str, relation: str, name: str) -> Case:
    """What a relation of the one row of this name lists."""
    return Case(relation, leaf="name", within=f'{plural}(filter: {{name: {{eq: "{name}"}}}})')


PARENTS: Cases = {
    "parents/parents": related("cellTypes", "parents", "T cell"),
    "parents/query_parents": related("cellTypes", "ancestors", "T cell"),
    "parents/query_children_count": related("cellTypes", "descendants", "T cell"),
    "parents/query_children": Case("cellTypes", 'ancestors: {some: {name: {eq: "plasma cell"}}}', "name"),
    "parents/query_parents_root": Case("cellTypes", 'descendants: {some: {name: {eq: "cell"}}}'),
    "parents/parents_to_dataframe": related("ulabels", "parents", "Rare autoimmune leukemia"),
    "parents/project_parents": Case("projects", 'children: {some: {name: {eq: "Project A subproject"}}}', "name"),
    "parents/record_parents": related("records", "ancestors", "Screen A validation"),
    "parents/record_children": Case("records", 'ancestors: {some: {name: {eq: "Screen A"}}}', "name"),
    "parents/tissue_query_parents": related("tissues", "ancestors", "lung"),
}
