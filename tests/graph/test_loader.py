"""The loader: whatever an operation asks for is one statement, and one error spoils no other request."""

from .conftest import Server


def test_twenty_root_fields_are_one_statement(lab: Server) -> None:
    fields = " ".join(f"a{number}: artifacts(first: {number}) {{ nodes {{ uid }} }}" for number in range(20))
    answer = lab.ask(f"{{ {fields} }}")
    assert [len(answer[f"a{number}"]["nodes"]) for number in range(20)] == list(range(20))


def test_no_nesting_takes_a_second_statement(lab: Server) -> None:
    deep = "uid"
    for number in range(2):
        deep = f"uid a{number}: artifacts(first: 2) {{ nodes {{ uid records(first: 2) {{ nodes {{ {deep} }} }} }} }}"
        lab.ask(f"{{ records(first: 3) {{ totalCount nodes {{ {deep} }} }} }}")
        assert len(lab.statements) == 1
    lab.ask("{ runs { nodes { transform { runs { nodes { transform { runs { nodes { uid } } } } } } } } }")
    assert len(lab.statements) == 1


def test_each_root_field_has_its_own_values(lab: Server) -> None:
    query = """query Q($a: String!, $b: String!) {
      a: artifacts(filter: {uid: {eq: $a}}) { nodes { uid } }
      b: artifacts(filter: {uid: {eq: $b}}) { nodes { uid } }
      c: artifact(by: {uid: $a}) { uid }
      d: artifacts(filter: {uid: {in: [$b, $a]}}, orderBy: [{uid: DESC}], first: 1) { nodes { uid } }
    }"""
    answer = lab.ask(query, {"a": "artifact0001", "b": "artifact0002"})
    one, two = {"uid": "artifact0001"}, {"uid": "artifact0002"}
    assert answer == {"a": {"nodes": [one]}, "b": {"nodes": [two]}, "c": one, "d": {"nodes": [two]}}


def test_a_mistake_in_one_root_field_is_told_with_its_path(lab: Server) -> None:
    answer = lab.post('{ good: users { totalCount } bad: artifacts(after: "x") { totalCount } }').json()
    (error,) = answer["errors"]
    assert answer["data"] is None
    assert error["path"] == ["bad"]
    assert error["extensions"]["code"] == "INVALID"
    assert lab.ask("{ good: users { totalCount } }") == {"good": {"totalCount": 3}}


def test_a_mistake_in_a_look_up_leaves_the_others(lab: Server) -> None:
    answer = lab.post('{ good: users { totalCount } bad: node(id: "x") { id } }').json()
    (error,) = answer["errors"]
    assert answer["data"] == {"good": {"totalCount": 3}, "bad": None}
    assert error["path"] == ["bad"]
    assert len(lab.statements) == 1


def test_introspection_beside_data(lab: Server) -> None:
    answer = lab.ask('{ users { totalCount } __type(name: "User") { name } __typename }')
    assert answer == {"users": {"totalCount": 3}, "__type": {"name": "User"}, "__typename": "Query"}
