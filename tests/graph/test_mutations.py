"""Mutations over HTTP, on both databases: what they write, what they answer, what they refuse."""

from typing import Any

import pytest

from lnql.graph import changes

from ..conftest import Dialect
from .conftest import Server
from .refused_mutations import REFUSED

RECORD = "record { id uid name createdById branchId } errors { message code path }"
RECORDS = "records { uid name } errors { message code path }"


def create(server: Server, name: str, **data: Any) -> Any:
    """A record that was made."""
    payload = server.write("createRecord", {"data": {"name": name, **data}}, RECORD)
    assert payload["errors"] == []
    return payload["record"]


def test_a_record_is_made_and_read_back(writable: Server) -> None:
    made = create(writable, "made")
    assert (made["name"], made["createdById"], made["branchId"], len(made["uid"])) == ("made", 1, 1, 16)
    found = writable.ask("query ($id: ID!) { node(id: $id) { id ... on Record { name } } }", {"id": made["id"]})
    assert found == {"node": {"id": made["id"], "name": "made"}}


def test_a_record_is_changed(writable: Server) -> None:
    made = create(writable, "to be changed", description="before")
    patch = {"name": "changed", "description": None}
    payload = writable.write(
        "updateRecord", {"id": made["id"], "patch": patch}, "record { name description } errors { message }"
    )
    assert payload == {"record": {"name": "changed", "description": None}, "errors": []}


def test_rows_are_linked_as_said(writable: Server) -> None:
    selected = "record { parents(orderBy: [{databaseId: ASC}]) { nodes { name } } } errors { message }"
    above = [create(writable, f"above {number}")["id"] for number in range(3)]
    made = create(writable, "below", parents={"add": above[:2]})
    steps = [({"add": above[1:]}, "012"), ({"remove": above[:1]}, "12"), ({"set": [above[0]], "add": above[2:]}, "02")]
    for patch, left in steps:
        payload = writable.write("updateRecord", {"id": made["id"], "patch": {"parents": patch}}, selected)
        assert payload["errors"] == []
        assert [row["name"] for row in payload["record"]["parents"]["nodes"]] == [f"above {number}" for number in left]


def test_a_label_is_linked_with_its_feature(writable: Server) -> None:
    made = create(writable, "label")
    payload = writable.write(
        "updateArtifact",
        {"id": "Artifact:1", "patch": {"records": {"add": [made["id"]], "feature": "Feature:1"}}},
        'artifact { features(names: ["tissue"]) { name } records(filter: {name: {eq: "label"}}) { nodes { name } } }',
    )
    assert payload["artifact"]["records"]["nodes"] == [{"name": "label"}]


@pytest.mark.parametrize(("field", "arguments", "code", "path", "message"), REFUSED)
def test_what_is_refused(
    writable: Server, field: str, arguments: dict[str, Any], code: str, path: list[str], message: str
) -> None:
    payload = writable.write(field, arguments, "errors { message code path }")
    (error,) = payload["errors"]
    assert (error["code"], error["message"]) == (code, message)
    assert error["path"] == ["input", *path]


def test_nothing_is_written_unless_the_server_writes(lab: Server) -> None:
    code, message = lab.refuse('mutation { createRecord(input: {data: {name: "x"}}) { errors { message } } }')
    assert code == "READ_ONLY"
    expected = "This instance is served for reading only. Start the server with --write, or connect with write=True."
    assert message == expected


MANY = [{"name": "many 0"}, {"name": "y" * 200}, {"name": "many 2"}]


def test_one_refused_row_undoes_the_others(writable: Server) -> None:
    payload = writable.write("createRecords", {"data": MANY}, RECORDS)
    assert payload["records"] == []
    assert [error["path"] for error in payload["errors"]] == [["input", "data", "1", "name"]]
    assert writable.uids("records", 'filter: {name: {startsWith: "many"}}') == []


def test_refused_rows_are_passed_over(writable: Server) -> None:
    payload = writable.write("createRecords", {"data": MANY, "onError": "SKIP"}, RECORDS)
    assert [row and row["name"] for row in payload["records"]] == ["many 0", None, "many 2"]
    assert [error["path"] for error in payload["errors"]] == [["input", "data", "1", "name"]]


def test_a_row_that_the_database_refuses_is_found(writable: Server) -> None:
    data = [{"uid": "sameuid000000000", "name": f"same {number}"} for number in range(2)]
    payload = writable.write("createRecords", {"data": data, "onError": "SKIP"}, RECORDS)
    assert [row and row["name"] for row in payload["records"]] == ["same 0", None]
    (error,) = payload["errors"]
    assert error == {
        "message": "There is another record with the same uid.",
        "code": "NOT_UNIQUE",
        "path": ["input", "data", "1", "uid"],
    }


def test_fields_of_one_operation_are_written_in_order_or_not_at_all(writable: Server) -> None:
    fields = (
        'a: createULabel(input: {data: {name: "first"}}) { ulabel { name } errors { code } }'
        "b: createULabel(input: {data: {}}) { ulabel { name } errors { code } }"
    )
    data = writable.post(f"mutation {{ {fields} }}").json()["data"]
    assert data == {
        "a": {"ulabel": None, "errors": [{"code": "ROLLED_BACK"}]},
        "b": {"ulabel": None, "errors": [{"code": "INVALID"}]},
    }
    assert writable.uids("ulabels", 'filter: {name: {eq: "first"}}') == []


def test_rows_that_a_filter_finds_are_changed(writable: Server) -> None:
    for number in range(3):
        create(writable, f"filtered {number}")
    payload = writable.write(
        "updateRecords",
        {"filter": {"name": {"startsWith": "filtered"}}, "atMost": 3, "patch": {"description": "found"}},
        "records { name description } errors { message }",
    )
    assert payload["records"] == [{"name": f"filtered {number}", "description": "found"} for number in range(3)]


def test_rows_are_changed_or_made(writable: Server) -> None:
    create(writable, "upserted 0")
    data = [{"name": f"upserted {number}", "description": "new"} for number in range(2)]
    selected = "records { name description } errors { message }"
    payload = writable.write("upsertRecords", {"data": data, "matchOn": ["name"]}, selected)
    assert payload == {"records": data, "errors": []}
    assert len(writable.uids("records", 'filter: {name: {startsWith: "upserted"}}')) == 2


def test_the_trash_and_back(writable: Server) -> None:
    made = create(writable, "trashed")
    assert writable.write("deleteRecord", {"id": made["id"]}, "count errors { message }") == {"count": 1, "errors": []}
    assert writable.uids("records", 'filter: {name: {eq: "trashed"}}') == []
    payload = writable.write("restoreRecord", {"id": made["id"]}, "record { uid branchId } errors { message }")
    assert payload == {"record": {"uid": made["uid"], "branchId": 1}, "errors": []}


def test_a_deletion_for_good_takes_links_along(writable: Server) -> None:
    above = create(writable, "above for good")
    made = create(writable, "for good", parents={"add": [above["id"]]})
    selected = "count tables { table count } errors { message }"
    deleted = writable.write("deleteRecord", {"id": made["id"], "permanent": True}, selected)
    tables = [{"table": name, "count": 1} for name in ("lamindb_record_parents", "lamindb_record")]
    assert deleted == {"count": 1, "tables": tables, "errors": []}
    assert writable.uids("records", f'filter: {{uid: {{eq: "{made["uid"]}"}}}}') == []


def test_what_others_need_is_not_deleted_for_good(writable: Server) -> None:
    payload = writable.write("deleteUser", {"id": "User:1", "permanent": True}, "count errors { code message }")
    assert payload["count"] == 0
    assert payload["errors"][0]["code"] == "INVALID"
    assert "need what is to be deleted" in payload["errors"][0]["message"]


def test_rows_that_a_filter_finds_are_deleted(writable: Server) -> None:
    for number in range(2):
        create(writable, f"to go {number}")
    given = {"filter": {"name": {"startsWith": "to go"}}, "atMost": 5}
    assert writable.write("deleteRecords", given, "count errors { message }") == {"count": 2, "errors": []}


def test_a_locked_row_is_closed_to_changes(writable: Server) -> None:
    made = create(writable, "locked", isLocked=True)
    change = {"id": made["id"], "patch": {"name": "no"}}
    payload = writable.write("updateRecord", change, "record { name } errors { code message path }")
    assert payload["errors"][0]["code"] == "LOCKED"
    assert payload["errors"][0]["message"] == f"The record {made['uid']} is locked. Set isLocked to false first."
    assert writable.write("deleteRecord", {"id": made["id"]}, "errors { code }")["errors"] == [{"code": "LOCKED"}]
    unlock = {"id": made["id"], "patch": {"isLocked": False, "name": "yes"}}
    assert writable.write("updateRecord", unlock, "record { name }")["record"] == {"name": "yes"}


def test_a_locked_row_without_a_uid_is_named_by_its_number(writable: Server) -> None:
    data = {"value": 7, "feature": "Feature:1", "isLocked": True}
    made = writable.write("createJsonValue", {"data": data}, "jsonValue { id databaseId }")["jsonValue"]
    message = f"The json value {made['databaseId']} is locked. Set isLocked to false first."
    changes: dict[str, dict[str, Any]] = {
        "updateJsonValue": {"patch": {"value": 8}},
        "deleteJsonValue": {"permanent": True},
    }
    for field, change in changes.items():
        payload = writable.write(field, {"id": made["id"], **change}, "errors { message }")
        assert payload["errors"] == [{"message": message}]


def test_a_row_that_has_changed_since_is_left_alone(writable: Server) -> None:
    read = "record { id updatedAt } errors { code }"
    made = writable.write("createRecord", {"data": {"name": "stale"}}, read)["record"]
    change = {"id": made["id"], "patch": {"name": "fresh"}, "ifUpdatedAt": made["updatedAt"]}
    first = writable.write("updateRecord", change, read)
    assert first["errors"] == []
    assert first["record"]["updatedAt"] > made["updatedAt"]
    assert writable.write("updateRecord", change, read)["errors"] == [{"code": "STALE"}]


def test_a_dry_run_writes_nothing_and_shows_what_exists(writable: Server) -> None:
    made = create(writable, "there already")
    data = [{"name": "there already", "description": "said anew"}, {"name": "not there"}]
    payload = writable.write(
        "createRecords", {"data": data, "dryRun": True}, "records { id description } errors { message }"
    )
    assert payload == {"records": [{"id": made["id"], "description": None}, None], "errors": []}
    found = writable.ask('{ records(filter: {name: {eq: "not there"}}) { totalCount } }')
    assert found == {"records": {"totalCount": 0}}


def test_a_dry_run_tells_the_uid_that_a_new_record_gets_if_it_is_given(writable: Server) -> None:
    read = "record { uid } newUid"
    made = writable.write("createRecord", {"data": {"name": "first"}}, read)
    assert made["newUid"] is None
    again = writable.write("createRecord", {"data": {"name": "first"}, "dryRun": True}, read)
    assert again == made
    told = writable.write("createRecord", {"data": {"name": "second"}, "dryRun": True}, read)
    assert told["record"] is None
    saved = writable.write("createRecord", {"data": {"name": "second", "uid": told["newUid"]}}, read)
    assert saved == {"record": {"uid": told["newUid"]}, "newUid": None}


def test_a_dry_run_tells_the_columns_of_a_new_record(writable: Server) -> None:
    read = "transform { uid } newRow"
    told = writable.write("createTransform", {"data": {"key": "tried.py"}, "dryRun": True}, read)
    assert told["transform"] is None
    row = told["newRow"]
    assert (row["key"], row["kind"], row["isLatest"], row["branchId"]) == ("tried.py", "pipeline", True, 1)
    assert not {"databaseId", "createdAt"} & row.keys()
    saved = writable.write("createTransform", {"data": {"key": "tried.py", "uid": row["uid"]}}, read)
    assert saved == {"transform": {"uid": row["uid"]}, "newRow": None}


def test_a_dry_run_says_what_would_be_refused(writable: Server) -> None:
    data = {"data": {"description": "nameless"}, "dryRun": True}
    payload = writable.write("createULabel", data, "ulabel { id } errors { message }")
    assert payload == {"ulabel": None, "errors": [{"message": "name is required."}]}


@pytest.mark.parametrize(
    ("input_", "wakes"),
    [('dryRun: true, data: {name: "tried"}', False), ("data: {}", False), ('data: {name: "written"}', True)],
)
def test_live_queries_are_woken_by_what_is_committed(
    writable: Server, monkeypatch: pytest.MonkeyPatch, dialect: Dialect, input_: str, wakes: bool
) -> None:
    if dialect == "sqlite":  # PostgreSQL counts transactions of all its databases, also those that are rolled back
        monkeypatch.setattr(changes, "LOOK_SECONDS", 0.02)
    assert writable.wakes(f"mutation {{ createULabel(input: {{{input_}}}) {{ newUid }} }}") == wakes


def test_the_first_and_the_last_instant_are_stored_as_they_are(writable: Server) -> None:
    instants = {"startedAt": "0001-01-01T00:00:00+00:00", "finishedAt": "9999-12-31T23:59:59.999999+00:00"}
    run = writable.write(
        "createRun", {"data": {"transform": "Transform:1", **instants}}, "run { startedAt finishedAt }"
    )
    assert run == {"run": instants}
    dates = {"startDate": "0001-01-01", "endDate": "9999-12-31"}
    project = writable.write("createProject", {"data": {"name": "all", **dates}}, "project { startDate endDate }")
    assert project == {"project": dates}


def test_a_locked_row_is_still_annotated(writable: Server) -> None:
    """As in LaminDB, whose recorded cases write values of features of a locked artifact; its own fields are closed."""
    writable.write("updateArtifact", {"id": "Artifact:9", "patch": {"isLocked": True}}, "errors { message }")
    patches: list[dict[str, Any]] = [{"ulabels": {"set": []}}, {"features": {"clear": True}}]
    for patch in patches:
        payload = writable.write("updateArtifact", {"id": "Artifact:9", "patch": patch}, "errors { code message }")
        assert payload["errors"] == []
    both = {"id": "Artifact:9", "patch": {"description": "x", "ulabels": {"set": []}}}
    payload = writable.write("updateArtifact", both, "errors { code message }")
    message = "The artifact artifact0009 is locked. Set isLocked to false first."
    assert payload["errors"] == [{"code": "LOCKED", "message": message}]


@pytest.mark.parametrize("aux", ["text", [1], {"af": [1]}, {"af": {"1": 5}}])
def test_what_a_schema_keeps_may_be_anything(writable: Server, aux: Any) -> None:
    data = {"name": f"keeps {aux}", "_aux": aux, "features": {"add": ["Feature:1"]}}
    payload = writable.write("createSchema", {"data": data}, "schema { _aux } errors { message }")
    assert payload == {"schema": {"_aux": aux}, "errors": []}


def test_a_family_that_is_full_takes_no_version(writable: Server) -> None:
    full = {"key": "full.py", "uid": "fullfullfullzzzz", "sourceCode": "1"}
    writable.write("createTransform", {"data": full}, "errors { message }")
    (error,) = writable.write(
        "createTransform", {"data": {"key": "full.py", "sourceCode": "2"}}, "errors { code message }"
    )["errors"]
    message = "'fullfullfullzzzz' is the last version its uid has room for; start a new family instead."
    assert error == {"code": "INVALID", "message": message}


def test_the_other_side_of_a_relation_of_one_to_one(writable: Server) -> None:
    """Most artifacts are not described by a collection, and most collections by no artifact."""
    for key, content, meta in (("described", "Artifact:2", "Artifact:1"), ("plain", "Artifact:3", None)):
        data = {"key": key, "artifacts": {"add": [content]}, "metaArtifact": meta}
        assert writable.write("createCollection", {"data": data}, "errors { message }")["errors"] == []
    answer = writable.ask(
        """{ all: artifacts {
            totalCount
            aggregates { countDistinct { _metaOfCollection } }
            groups(by: [{_metaOfCollection: true}]) { key { _metaOfCollection { key } } aggregates { count } } }
        others: artifacts(filter: {not: {_metaOfCollection: {key: {in: ["plain", "described"]}}}}) { totalCount } }"""
    )
    others = answer["all"]["totalCount"] - 1
    assert answer["all"]["aggregates"]["countDistinct"]["_metaOfCollection"] == 1
    assert answer["all"]["groups"] == [
        {"key": {"_metaOfCollection": None}, "aggregates": {"count": others}},
        {"key": {"_metaOfCollection": {"key": "described"}}, "aggregates": {"count": 1}},
    ]
    assert answer["others"]["totalCount"] == others
