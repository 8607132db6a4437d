"""The example queries, each with what finds values for its variables in an instance."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

Variables = Mapping[str, Any]


class Example(Struct, frozen=True):
    """A query, the probe for its variables, and what reads them from the probe's data, raising LookupError in vain."""

    query: str
    probe: str = ""
    read: Callable[[Any], Variables] = lambda _: {}


def _feature(data: Any) -> Variables:
    """The numeric feature that most artifacts have, and its smallest value."""
    values = [value for artifact in data["artifacts"]["nodes"] for value in artifact["features"]]
    numbers = defaultdict[str, list[float]](list)
    for value in values:
        if isinstance(value["value"], float | int) and value["dtype"] in ("float", "int", "num"):
            numbers[value["name"]].append(value["value"])
    feature = sorted(numbers, key=lambda name: -len(numbers[name]))[0]
    return {"feature": feature, "atLeast": min(numbers[feature])}


def _artifact(data: Any) -> Variables:
    return {"uid": data["artifacts"]["nodes"][0]["uid"]}


TERMS = """\
# Terms at any depth below one of an ontology,
# and how many artifacts they annotate.
query TermsBelow($name: String!) {
  REGISTRY(
    filter: {ancestors: {some: {name: {eq: $name}}}}
    orderBy: [{artifactsCount: DESC}, {name: ASC}]
  ) {
    totalCount
    nodes {
      name
      ontologyId
      parents {
        nodes {
          name
        }
      }
      artifacts {
        totalCount
      }
    }
  }
}
"""
TERMS_PROBE = "{ REGISTRY(first: 1, filter: {children: {some: {children: {some: {}}}}}) { nodes { name } } }"

SEARCH = """\
# Search ranks rows by their texts, and forgives mistakes.
query Search($text: String!) {
  REGISTRY(search: {text: $text, fuzzy: true}, first: 5) {
    edges {
      score
      node {
        name
        uid
        createdAt
      }
    }
  }
}
"""
SEARCH_PROBE = '{ REGISTRY(first: 1, filter: {name: {regex: "^.{6,}"}}) { nodes { name } } }'


def _terms(registry: str) -> Example:
    """Terms below one that has several levels below it."""
    query, probe = (text.replace("REGISTRY", registry) for text in (TERMS, TERMS_PROBE))
    return Example(query, probe, lambda data: {"name": data[registry]["nodes"][0]["name"]})


def _search(registry: str) -> Example:
    """A search for the name of a row, mistyped."""
    query, probe = (text.replace("REGISTRY", registry) for text in (SEARCH, SEARCH_PROBE))
    return Example(query, probe, lambda data: {"text": _mistyped(data[registry]["nodes"][0]["name"])})


def _mistyped(name: str) -> str:
    middle = len(name) // 2
    return name[:middle] + name[middle + 1 :]


NEWEST = Example("""\
# Ctrl+Enter runs a query, Ctrl+Space completes it.
# The explorer on the left writes one.
# The other tabs have more.
query NewestArtifacts {
  artifacts(first: 5, orderBy: [{createdAt: DESC}]) {
    totalCount
    nodes {
      uid
      key
      description
      size
      createdAt
      createdBy {
        handle
      }
      features {
        name
        value
      }
    }
  }
}
""")

BY_FEATURE = Example(
    """\
# Artifacts by the values they are annotated with.
query ArtifactsByFeature(
  $feature: String!
  $atLeast: JSON!
) {
  artifacts(
    filter: {features: [{name: $feature, gte: $atLeast}]}
    orderBy: [{createdAt: DESC}]
  ) {
    totalCount
    nodes {
      key
      features(names: [$feature]) {
        name
        dtype
        value
      }
    }
  }
}
""",
    "{ artifacts(first: 100, orderBy: [{createdAt: DESC}]) { nodes { features { name dtype value } } } }",
    _feature,
)

LINEAGE = Example(
    """\
# What an artifact was made from and by which code,
# and what was made from it.
query Lineage($uid: String!) {
  artifact(by: {uid: $uid}) {
    key
    run {
      startedAt
      transform {
        key
        kind
      }
    }
    upstream {
      edges {
        distance
        node {
          key
        }
      }
    }
    downstream {
      edges {
        distance
        node {
          key
        }
      }
    }
  }
}
""",
    "{ artifacts(filter: {run: {inputArtifacts: {some: {}}}}, orderBy: {createdAt: DESC}, first: 1) { nodes { uid }}}",
    _artifact,
)

GROUPS = Example("""\
# How much of what is there:
# groups and sums speak of all rows, not of a page.
query ArtifactsBySuffix {
  artifacts {
    aggregates {
      count
      sum {
        size
      }
    }
    groups(
      by: [{suffix: true}]
      orderBy: [{count: DESC}]
      first: 10
    ) {
      key {
        suffix
      }
      aggregates {
        count
        sum {
          size
        }
      }
    }
  }
}
""")

REGISTRIES = Example("""\
# What this instance has.
query Registries {
  registries {
    name
    plural
    module
    rowCount
    description
  }
}
""")

EXAMPLES: Sequence[Sequence[Example]] = (
    [NEWEST],
    [BY_FEATURE],
    [_terms(registry) for registry in ("cellTypes", "tissues", "diseases", "phenotypes", "developmentalStages")],
    [LINEAGE],
    [_search(registry) for registry in ("cellTypes", "genes", "records", "ulabels", "features")],
    [GROUPS],
    [REGISTRIES],
)
"""In the order of the tabs; of alternatives, the first that the instance has something for."""
