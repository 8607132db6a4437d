"""Single records: by id, by uid, by conditions; versions; what is said when there is none, or several."""

import asyncio
from typing import Any

import pytest

import lnql as ln
from lnql.connection import Connection

pytestmark = pytest.mark.usefixtures("connected")


def test_a_record_is_got_by_id_uid_and_the_beginning_of_its_uid() -> None:
    image = ln.Artifact.get(key="my_image.jpg")
    for found in (image.id, image.uid, image.uid[:8]):
        assert ln.Artifact.get(found) == image
    trashed = ln.Artifact.filter(key="trash/deleted_0.txt", branch=None).one()
    assert ln.Artifact.get(trashed.uid) == ln.Artifact.get(trashed.uid[:10]) == ln.Artifact.get(trashed.id) == trashed


def test_a_key_means_the_latest_version_unless_the_conditions_say_which() -> None:
    versions = ln.Artifact.get(key="versioned/experiment.csv").versions
    assert [version.uid[-4:] for version in versions] == ["0003", "0002", "0001", "0000"]
    assert versions[0].is_latest
    assert ln.Artifact.get(key="versioned/experiment.csv", version="1.1") == versions[2]
    assert ln.Artifact.get(uid=versions[3].uid) == ln.Artifact.get(versions[3].uid) == versions[3]
    assert ln.Artifact.get(versions[0].uid[:12]).uid[-4:] in ("0003", "0004")  # another branch has a head, too


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: ln.Artifact.get("iris.parquet"), ln.errors.DoesNotExist, r"as in Artifact.get\(key='iris.parquet'\)"),
        (lambda: ln.ULabel.get(name="nope"), "DoesNotExist", "ULabel matching query does not exist"),
        (lambda: ln.ULabel.filter(name="nope").one(), "DoesNotExist", "ULabel matching query does not exist"),
        (lambda: ln.ULabel.filter(name="nope").latest("id"), "DoesNotExist", "ULabel matching query does not exist"),
        (lambda: ln.ULabel.get(""), "MultipleObjectsReturned", "returned more than one ULabel"),
        (lambda: ln.ULabel.get(), "MultipleObjectsReturned", "returned more than one ULabel, for example ULabel"),
        (lambda: ln.ULabel.filter().one(), "MultipleObjectsReturned", "take .first"),
        (lambda: ln.ULabel.filter().one_or_none(), "MultipleObjectsReturned", "returned more than one ULabel"),
        (lambda: ln.ULabel.filter().latest(), ln.errors.InvalidValueError, "Say by which field"),
        (lambda: ln.ULabel.filter().in_bulk(["x"], field_name="name"), ValueError, "must be a unique field"),
        (lambda: ln.Artifact.get(temperature=21.6), ln.errors.FieldError, "Unknown field 'temperature'"),
    ],
)
def test_what_is_not_one_record_is_an_exception_with_a_sentence(ask: Any, error: Any, message: str) -> None:
    error = getattr(ln.ULabel, error) if isinstance(error, str) else error
    with pytest.raises(error, match=message):
        ask()


def test_each_registry_has_exceptions_of_its_own_that_are_also_the_general_ones() -> None:
    assert ln.ULabel.DoesNotExist is not ln.Artifact.DoesNotExist
    assert issubclass(ln.ULabel.DoesNotExist, ln.errors.DoesNotExist)
    assert issubclass(ln.ULabel.MultipleObjectsReturned, ln.errors.MultipleResultsFound)


def test_ends_of_an_order() -> None:
    rows = ln.Artifact.filter(suffix=".csv")
    ordered = rows.order_by("-size", "id")
    ids = ordered.to_list("id")
    assert (ordered.first().id, ordered.last().id) == (ids[0], ids[-1])
    assert rows.earliest("created_at", "id") == rows.order_by("created_at", "id").first()
    assert rows.latest("created_at", "id") == rows.order_by("-created_at", "-id").first()
    assert rows.filter(suffix=".nope").first() is rows.filter(suffix=".nope").last() is None


def test_records_by_the_values_of_a_unique_field() -> None:
    assert [*ln.Transform.filter().in_bulk([1, 2, 3])] == [1, 2, 3]
    labels = {label.uid: label for label in ln.ULabel.filter()}
    assert ln.ULabel.filter().in_bulk([*labels][:4], field_name="uid") == dict([*labels.items()][:4])
    assert len(ln.ULabel.filter().in_bulk()) == len(labels)


def test_the_async_twins_answer_as_the_others(connected: Connection) -> None:
    rows = ln.Artifact.filter(suffix=".csv").order_by("id")

    async def ask() -> tuple[Any, ...]:
        """A loop runs here, as in a notebook: both facades work in it."""
        assert rows.count() == await rows.acount()
        return (
            await rows.afirst(),
            await rows.alast(),
            await rows.aget(key="versioned/experiment.csv"),
            await rows.aexists(),
            await rows.ato_list("id"),
            await rows.aaggregate(n=ln.Count("id")),
            await rows.alatest("id"),
            await rows.aearliest("id"),
            await rows.filter(id=rows.first().id).aone(),
            await rows.filter(id=-1).aone_or_none(),
            await rows.acontains(rows.first()),
            [record async for record in rows],
            [record async for record in rows.aiterator(chunk_size=3)],
        )

    first, last = rows.first(), rows.last()
    key = rows.get(key="versioned/experiment.csv")
    ids, every = rows.to_list("id"), list(rows)
    number = {"n": rows.count()}
    assert asyncio.run(ask()) == (first, last, key, True, ids, number, last, first, first, None, True, every, every)


def test_many_questions_at_once() -> None:
    suffixes = [".csv", ".tsv", ".jpg", ".bam", ".vcf"]

    async def ask() -> Any:
        return await asyncio.gather(*(ln.Artifact.filter(suffix=suffix).acount() for suffix in suffixes))

    assert asyncio.run(ask()) == [ln.Artifact.filter(suffix=suffix).count() for suffix in suffixes]
