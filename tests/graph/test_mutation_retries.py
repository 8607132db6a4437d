"""A mutation with an idempotency key is written once, however often it is sent."""

from typing import Any

from .conftest import Server

QUERY = "mutation ($name: String) { createRecord(input: {data: {name: $name}}) { record { id name } errors { code } } }"


def send(server: Server, name: str | None, key: str) -> Any:
    return server.post(QUERY, {"name": name}, idempotency_key=key).json()


def test_a_retry_gets_the_first_answer_and_writes_nothing(writable: Server) -> None:
    first, again = send(writable, "once", "key-1"), send(writable, "once", "key-1")
    assert first == again
    assert first["data"]["createRecord"]["record"]["name"] == "once"
    assert len(writable.uids("records", 'filter: {name: {eq: "once"}}')) == 1


def test_another_key_is_another_request(writable: Server) -> None:
    made = [send(writable, None, key)["data"]["createRecord"]["record"]["id"] for key in ("key-2", "key-3")]
    assert made[0] != made[1]


def test_a_key_is_not_used_for_another_request(writable: Server) -> None:
    send(writable, "mine", "key-4")
    (error,) = send(writable, "yours", "key-4")["errors"]
    assert error["message"] == "This idempotency key was used for another request. Make a new one for each."
    assert error["extensions"] == {"code": "INVALID"}


def test_what_was_refused_may_be_tried_again(writable: Server) -> None:
    assert send(writable, "x" * 151, "key-5")["data"]["createRecord"]["errors"] == [{"code": "INVALID"}]
    assert send(writable, "x", "key-5")["data"]["createRecord"]["errors"] == []


def test_a_key_has_a_length(writable: Server) -> None:
    (error,) = send(writable, "long", "k" * 256)["errors"]
    assert error["message"] == "An idempotency key has 1 to 255 characters; this one has 256."


def test_refused_rows_are_remembered(writable: Server) -> None:
    query = (
        "mutation ($data: [RecordPatch!]!) { createRecords(input: {data: $data, onError: SKIP})"
        " { records { name } errors { message code path } } }"
    )
    data = [{"name": "kept"}, {"name": "y" * 151}]
    first, again = (writable.post(query, {"data": data}, idempotency_key="key-6").json() for _ in range(2))
    assert first == again
    assert first["data"]["createRecords"]["records"] == [{"name": "kept"}, None]
