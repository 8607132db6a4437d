"""Mutations that are refused in their payload: field, input, code, path below `input`, message."""

from typing import Any

_FIRST = ["patch", "features", "set", "0"]

REFUSED: list[tuple[str, dict[str, Any], str, list[str], str]] = [
    (
        "createRecord",
        {"data": {"name": "x" * 151}},
        "INVALID",
        ["data", "name"],
        "name has 151 characters; at most 150 fit.",
    ),
    (
        "createReference",
        {"data": {"name": "x", "doi": "notadoi"}},
        "INVALID",
        ["data", "doi"],
        "'notadoi' is no DOI. Write it like \"10.1000/xyz123\".",
    ),
    (
        "createReference",
        {"data": {"name": "x", "url": "not a url"}},
        "INVALID",
        ["data", "url"],
        "'not a url' is no web address. Write it like \"https://example.org\".",
    ),
    ("createRecord", {"data": {"isType": None}}, "INVALID", ["data", "isType"], "isType is null; it needs a value."),
    (
        "createRecord",
        {"data": {"type": "Record:999"}},
        "NOT_FOUND",
        ["data", "type"],
        "There is no record Record:999.",
    ),
    (
        "createRecord",
        {"data": {"type": "User:1"}},
        "INVALID",
        ["data", "type"],
        "'User:1' is a user; a record is needed here.",
    ),
    ("createULabel", {"data": {}}, "INVALID", ["data", "name"], "name is required."),
    (
        "createRecord",
        {"data": {"parents": {"add": ["Record:998"]}}},
        "NOT_FOUND",
        ["data", "parents", "add"],
        "There is no record Record:998.",
    ),
    (
        "createRecord",
        {"data": {"linkedUlabels": {"add": ["ULabel:1"]}}},
        "INVALID",
        ["data", "linkedUlabels"],
        "linkedUlabels are values of features. Say feature, its global id.",
    ),
    (
        "createRun",
        {"data": {"transform": "Transform:1", "status": "runing"}},
        "INVALID",
        ["data", "status"],
        "'runing' is no status. There are scheduled, restarted, started, completed, errored, aborted.",
    ),
    ("updateRecord", {"id": "Record:999", "patch": {}}, "NOT_FOUND", ["id"], "There is no record Record:999."),
    (
        "updateRecord",
        {"id": "Record:1", "patch": {"uid": "x"}},
        "INVALID",
        ["patch", "uid"],
        "The uid of a row never changes.",
    ),
    (
        "updateRecords",
        {"filter": {}, "atMost": 2, "patch": {}},
        "INVALID",
        ["atMost"],
        "The filter finds more than 2 records; nothing was changed. Say a larger atMost if all of them are meant.",
    ),
    (
        "deleteRecords",
        {"filter": {}, "atMost": -1},
        "INVALID",
        ["atMost"],
        "atMost is -1; it takes a number from 0.",
    ),
    (
        "upsertRecords",
        {"data": [], "matchOn": ["nam"]},
        "INVALID",
        ["matchOn"],
        """A record has no 'nam' to match on. Did you mean "name"?""",
    ),
    ("deleteUser", {"id": "User:1"}, "INVALID", ["permanent"], "There is no trash for users. Say permanent: true."),
    # ids
    (
        "updateRecord",
        {"id": "Record:x", "patch": {}},
        "INVALID",
        ["id"],
        "'Record:x' is no global id. Pass one that a field `id` gave.",
    ),
    (
        "updateRecord",
        {"id": "ULabel:1", "patch": {}},
        "INVALID",
        ["id"],
        "'ULabel:1' is a ulabel; a record is needed here.",
    ),
    *(
        ("deleteRecord", {"id": f"Record:{id_}"}, "NOT_FOUND", ["id"], f"There is no record Record:{id_}.")
        for id_ in (-(2**62), -5, 0, 2**31, 2**62)
    ),
    (
        "deleteRecord",
        {"id": f"Record:{2**63}"},
        "INVALID",
        ["id"],
        f"'Record:{2**63}' is no global id. Pass one that a field `id` gave.",
    ),
    (
        "createRecord",
        {"data": {"parents": {"add": [f"Record:{2**40}"]}}},
        "NOT_FOUND",
        ["data", "parents", "add"],
        f"There is no record Record:{2**40}.",
    ),
    (
        "createArtifact",
        {"data": {"key": "x", "revises": f"Artifact:{2**40}"}},
        "NOT_FOUND",
        ["data", "revises"],
        f"There is no artifact Artifact:{2**40}.",
    ),
    ("restoreUser", {"id": "User:1"}, "INVALID", [], "There is no trash for users."),
    # uids
    (
        "createRecord",
        {"data": {"name": "x", "uid": ""}},
        "INVALID",
        ["data", "uid"],
        "'' is no uid; it takes 1 to 16 letters and digits.",
    ),
    (
        "createRecord",
        {"data": {"name": "x", "uid": "é' OR 1=1"}},
        "INVALID",
        ["data", "uid"],
        '"é\' OR 1=1" is no uid; it takes 1 to 16 letters and digits.',
    ),
    (
        "createTransform",
        {"data": {"key": "x", "uid": "abc"}},
        "INVALID",
        ["data", "uid"],
        "'abc' is no uid; it takes 16 letters and digits.",
    ),
    ("createUser", {"data": {"name": "x"}}, "INVALID", ["data", "handle"], "handle is required."),
    (
        "createUser",
        {"data": {"handle": "x", "uid": "user0002"}},
        "NOT_UNIQUE",
        ["data", "uid"],
        "There is another user with the same uid.",
    ),
    # what is said of rows that exist
    (
        "updateArtifact",
        {"id": "Artifact:1", "patch": {"revises": "Artifact:2"}},
        "INVALID",
        ["patch", "revises"],
        "Only a new row revises another one.",
    ),
    (
        "updateRecord",
        {"id": "Record:1", "patch": {"isType": False}},
        "INVALID",
        ["patch", "isType"],
        "There are records of this type. Give them another one first.",
    ),
    (
        "updateRecord",
        {"id": "Record:1", "patch": {"branch": None}},
        "INVALID",
        ["patch", "branch"],
        "branch is null; it needs a value.",
    ),
    (
        "updateRecord",
        {"id": "Record:1", "patch": {"parents": None}},
        "INVALID",
        ["patch", "parents"],
        "parents is null. To remove all links, say set: [].",
    ),
    (
        "updateRecord",
        {"id": "Record:1", "patch": {"parents": {"add": ["Record:2"], "feature": "Feature:1"}}},
        "INVALID",
        ["patch", "parents", "feature"],
        "Links of parents have no feature.",
    ),
    (
        "updateArtifact",
        {"id": "Artifact:1", "patch": {"records": {"add": ["Record:1"], "feature": "Feature:77"}}},
        "NOT_FOUND",
        ["patch", "records", "feature"],
        "There is no feature Feature:77.",
    ),
    (
        "deleteULabel",
        {"id": "ULabel:1", "permanent": True},
        "INVALID",
        [],
        "Rows of lamindb_artifactulabel need what is to be deleted, by ulabel_id."
        " Delete or change those first, or move it to the trash.",
    ),
    # values of features
    *(
        ("updateArtifact", {"id": "Artifact:1", "patch": {"features": {"set": [entry]}}}, "INVALID", _FIRST, message)
        for entry, message in (
            ({"value": 1}, "Say the name of a feature, or its uid."),
            ({"name": "donor", "uid": "feature2", "value": "x"}, "Say the name of a feature, or its uid."),
            (
                {"name": "donor", "value": "x", "labels": ["Record:1"]},
                'The feature "donor" is given a value and labels. Say one of them.',
            ),
            ({"name": "donor", "labels": ["Record:1"]}, 'The feature "donor" (str) has no labels. Say value.'),
            ({"name": "donor", "value": {"a": 1}}, "The feature \"donor\": {'a': 1} is no text; the dtype is str."),
        )
    ),
    # filters, and fields to match on
    (
        "deleteRecords",
        {"filter": {"name": {"contains": "l"}}, "atMost": 0},
        "INVALID",
        ["atMost"],
        "The filter finds more than 0 records; nothing was changed. Say a larger atMost if all of them are meant.",
    ),
    (
        "updateRecords",
        {"filter": {"name": None}, "atMost": 2, "patch": {}},
        "INVALID",
        ["filter"],
        "filter.name is null. Leave it out, or say isNull.",
    ),
    (
        "upsertRecords",
        {"data": [], "matchOn": []},
        "INVALID",
        ["matchOn"],
        "matchOn is empty. Name the fields that tell rows apart.",
    ),
    (
        "upsertRecords",
        {"data": [{"description": "x"}], "matchOn": ["name"]},
        "INVALID",
        ["data", "0", "name"],
        "name is not given, and rows are matched on it.",
    ),
    (
        "upsertRecords",
        {"data": [{"isType": True}], "matchOn": ["isType"]},
        "NOT_UNIQUE",
        ["data", "0"],
        "2 records match. Match on more fields.",
    ),
    (
        "upsertRuns",
        {"data": [{"transform": "Transform:1", "params": {"a": 1}}], "matchOn": ["params"]},
        "INVALID",
        ["matchOn"],
        "A run has no 'params' to match on. It has isLocked, uid, name, description, entrypoint, startedAt, finishedAt,"
        " reference, referenceType, cliArgs, _isConsecutive, status, transform, report, environment, plan,"
        " initiatedByRun, space, branch.",
    ),
]
