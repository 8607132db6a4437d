"""The rows between two registries, on the edges of a relation."""

from .conftest import Server


def test_links_tell_the_slot_of_a_schema(real: Server) -> None:
    document = """{ artifacts(filter: {key: {eq: "examples/dataset1.h5ad"}}) { nodes {
      schemas { edges { links { __typename slot featureId } node { itype } } } } } }"""
    (artifact,) = real.ask(document)["artifacts"]["nodes"]
    assert artifact["schemas"]["edges"] == [
        {"links": [{"__typename": "Link", "slot": "obs", "featureId": None}], "node": {"itype": "Feature"}},
        {
            "links": [{"__typename": "Link", "slot": "var.T", "featureId": None}],
            "node": {"itype": "bionty.Gene.ensembl_gene_id"},
        },
    ]


def test_a_row_that_is_linked_twice_has_both_links(real: Server) -> None:
    document = """{ artifact(by: {databaseId: 4}) { cellTypes { edges { links { featureId } node { name } } } } }"""
    edges = real.ask(document)["artifact"]["cellTypes"]["edges"]
    links = {edge["node"]["name"]: len(edge["links"]) for edge in edges}
    assert links == {"T cell": 1, "B cell": 2, "CD8-positive, alpha-beta T cell": 1}


def test_links_are_in_the_order_in_which_they_were_made(real: Server) -> None:
    document = """{ schemas(filter: {name: {eq: "sample sheet"}}) { nodes {
      features { edges { links { databaseId } node { name } } } } } }"""
    (schema,) = real.ask(document)["schemas"]["nodes"]
    edges = sorted(schema["features"]["edges"], key=lambda edge: edge["links"][0]["databaseId"])
    names = [edge["node"]["name"] for edge in edges]
    assert names == ["donor", "donor_age", "is_control", "compound", "tissue", "qc_score"]


def test_there_are_no_links_where_no_table_is_between(real: Server) -> None:
    document = """{ users(first: 1) { edges { links { slot } node {
      createdArtifacts(first: 1) { edges { links { slot } } } } } } }"""
    (edge,) = real.ask(document)["users"]["edges"]
    assert edge == {"links": [], "node": {"createdArtifacts": {"edges": [{"links": []}]}}}
