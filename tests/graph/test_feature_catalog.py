"""Features that others add or change between two requests: answers are never stale, and mostly one statement."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest

from lnql.graph.visibility import EVERYTHING_VISIBLE
from lnql.models.database import DATABASE

from ..conftest import Copies, Dialect
from .conftest import LIMITS, Server, recorded

Write = Callable[..., None]

WARM = "{ artifacts(filter: {features: [{%s, gt: 21.6}]}) { totalCount } }"
TEMPERATURE = WARM % 'name: "temperature"'
RENAMED = WARM % 'name: "warmth"'
MANY = [
    *("temperature", "donor_age", "is_control", "study_note", "tags", "study_metadata", "date_of_study"),
    *("sequenced_at", "perturbation", "experiment"),
]
COPY = """
    INSERT INTO lamindb_feature (uid, name, _dtype_str, is_type, is_locked, array_rank, array_size, branch_id,
      created_on_id, space_id, created_by_id, created_at, updated_at)
    SELECT '{uid}', '{name}', _dtype_str, is_type, is_locked, array_rank, array_size, branch_id,
      created_on_id, space_id, created_by_id, created_at, updated_at
    FROM lamindb_feature WHERE name = 'temperature'
"""


@pytest.fixture
def target(copies: Copies, real_folder: Path, dialect: Dialect) -> str:
    """A copy of the real instance for one test."""
    return copies(real_folder, dialect)


@pytest.fixture
def server(target: str) -> Iterator[Server]:
    """That copy, served."""
    with recorded() as statements:
        server = Server(target, EVERYTHING_VISIBLE, LIMITS, statements)
        yield server
        server.close()


@pytest.fixture
def write(target: str, dialect: Dialect) -> Write:
    """A function that writes by a connection of its own, as another process would."""

    def write(*statements: str) -> None:
        if dialect == "postgresql":
            asyncio.run(_write(target, statements))
            return
        with closing(sqlite3.connect(Path(target) / DATABASE)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return write


async def _write(url: str, statements: tuple[str, ...]) -> None:
    connection = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


def test_features_are_read_at_the_start_and_not_for_each_operation(server: Server) -> None:
    assert server.ask(TEMPERATURE) == {"artifacts": {"totalCount": 4}}
    assert "lamindb_feature" in server.statements[0].text
    assert server.ask("{ artifacts { totalCount } }")
    assert "lamindb_feature" not in server.statements[0].text


def test_several_root_fields_are_one_statement(server: Server) -> None:
    both = f"{{ a: {TEMPERATURE[2:-2]} b: {TEMPERATURE[2:-2]} }}"
    assert server.ask(both) == {"a": {"totalCount": 4}, "b": {"totalCount": 4}}


def test_a_renamed_feature_is_found_by_its_new_name_only(server: Server, write: Write) -> None:
    assert server.ask(TEMPERATURE) == server.ask(TEMPERATURE)  # planned, and found again
    write("UPDATE lamindb_feature SET name = 'warmth' WHERE name = 'temperature'")
    assert server.ask(RENAMED, statements=2) == {"artifacts": {"totalCount": 4}}
    assert server.ask(RENAMED) == {"artifacts": {"totalCount": 4}}
    answer = server.post(TEMPERATURE).json()
    assert "there is no feature 'temperature'" in answer["errors"][0]["message"]
    assert len(server.statements) == 1  # that nobody has added one meanwhile


def test_a_name_that_means_another_feature_now_is_not_answered_by_the_old(server: Server, write: Write) -> None:
    assert server.ask(TEMPERATURE) == {"artifacts": {"totalCount": 4}}
    write(
        "UPDATE lamindb_feature SET name = 'old' WHERE name = 'temperature'",
        "UPDATE lamindb_feature SET name = 'temperature' WHERE name = 'read_count'",
    )
    found = server.ask(TEMPERATURE, statements=3)  # found out of date, read anew, run again
    assert found["artifacts"]["totalCount"] > 4


def test_a_mutation_finds_rows_by_the_features_of_now_even_if_those_of_before_found_none(
    target: str, write: Write
) -> None:
    filter_ = '{features: [{name: "temperature", gt: 1000}]}'
    change = f'mutation {{ updateArtifacts(input: {{filter: {filter_}, atMost: 1, patch: {{description: "hot"}}}}) '
    with recorded() as statements:
        server = Server(target, EVERYTHING_VISIBLE, LIMITS, statements, write=True)
        none = server.post(change + "{ artifacts { uid } errors { message } } }").json()
        write(
            "UPDATE lamindb_feature SET name = 'old' WHERE name = 'temperature'",
            "UPDATE lamindb_feature SET name = 'temperature' WHERE name = 'read_count'",
        )
        many = server.post(change + "{ artifacts { uid } errors { message } } }").json()
        server.close()
    assert none == {"data": {"updateArtifacts": {"artifacts": [], "errors": []}}}
    (refused,) = many["data"]["updateArtifacts"]["errors"]
    assert "The filter finds more than 1 artifacts" in refused["message"]


def test_all_root_fields_are_run_again_together(server: Server, write: Write) -> None:
    write("UPDATE lamindb_feature SET uid = 'warmth000000' WHERE name = 'temperature'")
    both = f"{{ a: {TEMPERATURE[2:-2]} b: {TEMPERATURE[2:-2]} }}"
    assert server.ask(both, statements=3) == {"a": {"totalCount": 4}, "b": {"totalCount": 4}}


def test_a_change_of_features_that_are_not_asked_for_does_not_matter(server: Server, write: Write) -> None:
    write("UPDATE lamindb_feature SET name = 'unused' WHERE name = 'unused_feature'")
    assert server.ask(TEMPERATURE) == {"artifacts": {"totalCount": 4}}


@pytest.mark.parametrize("names", [None, MANY])
def test_a_change_of_any_feature_is_seen_where_all_or_many_are_asked_for(
    server: Server, write: Write, names: list[str] | None
) -> None:
    read = "query ($names: [String!]) { artifact(by: {databaseId: 1}) { features(names: $names) { name } } }"
    known = server.ask(read, {"names": names})
    write("UPDATE lamindb_feature SET name = 'unused' WHERE name = 'unused_feature'")
    assert server.ask(read, {"names": names}, statements=3) == known


def test_a_deleted_feature_is_not_found(server: Server, write: Write) -> None:
    grouped = '{ artifacts { groups(by: [{feature: "unused_feature"}]) { __typename } } }'
    assert server.ask(grouped)["artifacts"]["groups"]
    write("DELETE FROM lamindb_feature WHERE name = 'unused_feature'")
    assert "there is no feature 'unused_feature'" in server.post(grouped).json()["errors"][0]["message"]


def test_a_name_that_several_features_have_now_is_ambiguous(server: Server, write: Write) -> None:
    assert server.ask(TEMPERATURE) == {"artifacts": {"totalCount": 4}}
    write(COPY.format(uid="warmth000000", name="temperature"))
    assert "2 features are named 'temperature'" in server.post(TEMPERATURE).json()["errors"][0]["message"]


def test_a_text_that_is_a_uid_now_is_no_name_any_more(server: Server, write: Write) -> None:
    write(COPY.format(uid="warmth000000", name="unused00name"))
    grouped = '{ artifacts { groups(by: [{feature: "unused00name"}]) { key { features { name value } } } } }'
    (group,) = server.ask(grouped, statements=2)["artifacts"]["groups"]
    assert group["key"]["features"] == [{"name": "unused00name", "value": None}]
    write("UPDATE lamindb_feature SET uid = 'unused00name' WHERE name = 'donor_age'")
    assert server.ask(grouped, statements=3)["artifacts"]["groups"][0]["key"]["features"][0]["name"] == "donor_age"


def test_a_change_of_dtype_is_seen(server: Server, write: Write) -> None:
    write("UPDATE lamindb_feature SET _dtype_str = 'str' WHERE name = 'temperature'")
    answer = server.post(TEMPERATURE).json()
    assert 'The feature "temperature" (str) takes a text' in answer["errors"][0]["message"]


def test_a_list_of_labels_is_a_list_even_of_one(server: Server, write: Write) -> None:
    ask = '{ artifact(by: {uid: "mq8Jlw7kijohY9eB0000"}) { features(names: ["experiment"]) { value } } }'
    assert server.ask(ask)["artifact"]["features"] == [{"value": "Experiment 1"}]
    write("UPDATE lamindb_feature SET _dtype_str = 'list[cat[Record]]' WHERE name = 'experiment'")
    assert server.ask(ask, statements=3)["artifact"]["features"] == [{"value": ["Experiment 1"]}]


def test_labels_of_several_registries(server: Server, write: Write) -> None:
    write("UPDATE lamindb_feature SET _dtype_str = 'cat[ULabel|Record]' WHERE name = 'experiment'")
    feature = '{name: "experiment", %s}'
    listed = "{ artifacts(filter: {features: [%s]}) { totalCount } }"
    assert server.ask(listed % feature % 'eq: "Experiment 1"', statements=3)["artifacts"]["totalCount"] > 1
    assert server.ask(listed % feature % "isNull: false")["artifacts"]["totalCount"] > 1
    ordered = "{ artifacts(orderBy: [{feature: %s}], first: 1) { nodes { features { name value } } } }"
    (row,) = server.ask(ordered % feature % "direction: ASC")["artifacts"]["nodes"]
    assert {"name": "experiment", "value": "Experiment 1"} in row["features"]


def test_times_are_compared_in_utc_whatever_their_offset(server: Server, write: Write) -> None:
    moved = '"2025-02-02T03:30:00.250000+02:00"'
    write(f"UPDATE lamindb_jsonvalue SET value = '{moved}' WHERE feature_id = 25 AND id = 20")
    found = '{ artifacts(filter: {features: [{name: "sequenced_at", %s}]}) { nodes { uid } } }'
    for condition in ('eq: "2025-02-02T01:30:00.25Z"', 'between: ["2025-02-02T01:30:00.2", "2025-02-02T01:30:00.3"]'):
        assert server.ask(found % condition)["artifacts"]["nodes"] == [{"uid": "7xrD4aT8gUcVwb3G0000"}]


def test_a_feature_in_the_trash_is_found_by_uid_only(server: Server, write: Write) -> None:
    write("UPDATE lamindb_feature SET branch_id = -1 WHERE name = 'temperature'")
    assert "there is no feature" in server.post(TEMPERATURE).json()["errors"][0]["message"]
    assert server.ask(WARM % 'uid: "wteW7ENXXHDt"') == {"artifacts": {"totalCount": 4}}


def test_a_new_feature_is_known_at_once(server: Server, write: Write) -> None:
    assert "there is no feature" in server.post(RENAMED).json()["errors"][0]["message"]
    write(COPY.format(uid="warmth000000", name="warmth"))
    assert server.ask(RENAMED, statements=2) == {"artifacts": {"totalCount": 0}}
