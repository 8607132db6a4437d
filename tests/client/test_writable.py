"""Records that are made, changed, saved, deleted and restored by the client."""

import asyncio
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

import lnql as ln
import lnql.bionty as bt
from lnql.connection import Connection

pytestmark = pytest.mark.usefixtures("writing")


def test_a_record_is_there_once_it_is_saved() -> None:
    label = ln.ULabel(name="made", description="by the client")
    assert not label.id
    assert re.fullmatch(rf"ULabel\(uid='{label.uid}', is_type=False, name='made', .*, is_locked=False\)", repr(label))
    new_uid = label.uid
    assert ln.ULabel.filter(name="made").count() == 0
    assert label.save() is label
    found = ln.ULabel.get(name="made")
    assert (found.id, found.uid, found.description) == (label.id, label.uid, "by the client")
    assert found.uid == new_uid
    assert len(new_uid) == 8
    assert found.created_by.handle


def test_a_new_record_has_what_it_will_be_saved_with() -> None:
    features = [ln.Feature.get(name=name) for name in ("temperature", "batch")]
    schema = ln.Schema(features, name="unsaved")
    assert (schema.n_members, schema.itype, schema.hash) == (2, "Feature", "36kxXBVMphURi_ammnpIcw")
    assert (schema.branch.name, schema.created_by.handle) == ("main", "testuser1")
    assert not schema.created_at
    transform = ln.Transform(key="new.py")
    uid = transform.uid
    assert (transform.kind, transform.is_latest, transform.save().uid) == ("pipeline", True, uid)
    artifacts = ln.Artifact.filter(suffix=".h5ad").to_list()
    first = ln.Collection(artifacts[:1], key="versions").save()
    second = ln.Collection(artifacts, key="versions")
    uid = second.uid
    assert (uid[-4:], second.save().uid) == ("0001", uid)
    assert ln.Collection.get(key="versions") == second
    assert not ln.Collection.get(first.uid).is_latest
    assert ln.Schema(itype=bt.Gene.ensembl_gene_id).itype == "bionty.Gene.ensembl_gene_id"


def test_new_records_are_equal_to_themselves_only() -> None:
    one, other = ln.ULabel(name="one"), ln.ULabel(name="other")
    assert one == one
    assert one != other
    assert len({one, other}) == 2


def test_a_run_is_of_a_transform_and_types_are_records() -> None:
    with pytest.raises(TypeError, match="A run is of a transform"):
        ln.Run()
    with pytest.raises(ln.errors.FieldError, match="type must be a 'ULabel' instance"):
        ln.ULabel(name="typed", type="Assay")


def test_a_name_that_exists_gives_the_existing_record_with_what_is_said_anew() -> None:
    first = ln.ULabel(name="twice").save()
    again = ln.ULabel(name="twice", description="said anew")
    assert again == first
    again.save()
    assert ln.ULabel.get(name="twice").description == "said anew"


def test_what_is_set_is_written_by_save_and_forgotten_by_refresh() -> None:
    label = ln.ULabel(name="changing").save()
    label.description = "kept"
    label.save()
    label.description = "dropped"
    label.refresh_from_db()
    assert label.description == ln.ULabel.get(name="changing").description == "kept"


def test_a_relation_is_written_as_a_field() -> None:
    kind = ln.ULabel(name="Kinds", is_type=True).save()
    label = ln.ULabel(name="of a kind", type=kind).save()
    assert ln.ULabel.get(name="of a kind").type == kind
    label.type = None
    label.save()
    assert ln.ULabel.get(name="of a kind").type is None


def test_records_are_related_by_their_ids_too() -> None:
    artifact = ln.Artifact.get(key="iris.parquet")
    artifact.ulabels.add(ln.ULabel.get(name="benchmark").id)
    assert artifact.ulabels.to_list("name") == ["benchmark"]


def test_a_collection_keeps_the_order_of_its_artifacts() -> None:
    artifacts = ln.Artifact.filter(suffix=".csv").order_by("-size", "id")[:3].to_list()
    assert list(ln.Collection(artifacts, key="ordered").save().ordered_artifacts) == artifacts
    assert list(ln.Collection(artifacts[0], key="of one").save().ordered_artifacts) == artifacts[:1]


def test_labels_of_several_registries_are_one_dtype() -> None:
    assert ln.Feature(name="labelled", dtype=[ln.ULabel, bt.CellType]).save().dtype == "cat[ULabel|bionty.CellType]"


def test_a_record_goes_to_the_trash_and_comes_back() -> None:
    label = ln.ULabel(name="here and there").save()
    assert label.delete() is None
    assert (label.branch_id, ln.ULabel.filter(name="here and there").count()) == (-1, 0)
    with pytest.raises(ValueError, match="is in the trash already"):
        label.delete()
    label.restore()
    assert (label.branch_id, ln.ULabel.filter(name="here and there").count()) == (1, 1)
    assert label.delete(permanent=True) == (1, {"lamindb.ULabel": 1})
    assert ln.ULabel.filter(name="here and there", branch=None).count() == 0


def test_what_others_need_is_not_deleted() -> None:
    with pytest.raises(ln.errors.ProtectedError, match="need what is to be deleted"):
        ln.User.get(1).delete()
    assert ln.User.filter(id=1).count() == 1


def test_many_records_are_saved_in_one_request_for_each_registry(
    writing: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = [ln.ULabel(name=f"many {number}") for number in range(20)]
    tissues = [bt.Tissue(name=f"tissue {number}") for number in range(2)]
    sent: list[str] = []
    execute = writing._transport.execute

    async def noted(text: str, *arguments: object, **options: object) -> object:
        sent.append(text)
        return await execute(text, *arguments, **options)

    monkeypatch.setattr(writing._transport, "execute", noted)
    ln.save([*labels, *tissues])
    assert len(sent) == 2
    assert ln.ULabel.filter(name__startswith="many ").count() == len({label.uid for label in labels}) == 20
    assert all(tissue.id for tissue in tissues)


def test_two_records_of_one_name_are_two() -> None:
    first, second, third, fourth = (ln.ULabel(name="twin") for _ in range(4))
    ln.save([first, second, first])
    third.save()
    ln.ULabel.objects.bulk_create([fourth])
    assert ln.ULabel.filter(name="twin").to_list("uid") == [first.uid, second.uid, third.uid, fourth.uid]
    assert ln.ULabel(name="twin").uid == first.uid


def test_a_needed_value_is_not_taken_away() -> None:
    label: Any = ln.ULabel(name="needs its name").save()
    label.name = None
    with pytest.raises(ln.errors.IntegrityError, match=r"ULabel.name needs a value; it cannot be None."):
        label.save()


def test_of_records_that_are_saved_together_all_are_refused_with_one() -> None:
    good, bad = ln.ULabel(name="good"), ln.ULabel(name="bad")
    bad.type = ln.ULabel.get(name="benchmark")
    with pytest.raises(ln.errors.FieldValidationError, match="is no type"):
        ln.save([good, bad])
    assert ln.ULabel.filter(name__in=["good", "bad"]).count() == 0


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (
            lambda: ln.ULabel(nam="x"),
            ln.errors.FieldValidationError,
            "ULabel has no field 'nam'. Did you mean \"name\"?",
        ),
        (lambda: ln.ULabel("x"), ValueError, "ULabel takes its values by name, for example ULabel(name=…)."),
        (lambda: ln.ULabel(), ln.errors.FieldValidationError, "name is required."),
        (lambda: ln.Project(name="x", status="soon"), ln.errors.FieldValidationError, "'soon' is no status."),
        (
            lambda: ln.Transform(key="x", kind="nokind"),
            ln.errors.FieldValidationError,
            "'nokind' is no kind. It takes function, notebook, pipeline, script.",
        ),
        (lambda: ln.ULabel(name="x", type=5), ValueError, "Cannot assign 5: type must be a 'ULabel' instance."),
        (
            lambda: ln.ULabel(name="x", created_by=ln.User.get(1)),
            ln.errors.FieldValidationError,
            "created_by of ULabel cannot be written: it is filled in by the server.",
        ),
        (lambda: ln.ULabel(name="x", type=ln.ULabel(name="new")), ValueError, "is not saved"),
        (lambda: ln.User.get(1).delete(permanent=False), ValueError, "Soft delete is not possible for User"),
        (lambda: ln.Storage.get(1).delete(permanent=False), ValueError, "Soft delete is not possible for Storage"),
        (lambda: ln.Storage.get(1).delete(), ln.errors.ProtectedError, "Rows of lamindb_artifact need what is to be"),
        (
            lambda: ln.Feature(name="x", dtype="cat[Record[zzzzzzzzzzzzzzzz]]"),
            ln.errors.ObjectDoesNotExist,
            "There is no Record with the uid 'zzzzzzzzzzzzzzzz'.",
        ),
        (
            lambda: ln.Feature(name="x", dtype=f"cat[Record[{ln.Record.filter(is_type=False).first().uid}]]"),
            ln.errors.FieldValidationError,
            "is no type: isType is false.",
        ),
        (
            lambda: ln.ULabel.filter(name="benchmark").update(name=None),
            ln.errors.IntegrityError,
            "ULabel.name needs a value; it cannot be None.",
        ),
    ],
)
def test_what_is_refused_is_said_in_one_sentence(
    make: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=re.escape(message)):
        make()
    assert ln.ULabel.filter(name="x", branch=None).count() == ln.Project.filter(name="x").count() == 0


def test_what_writes_can_be_awaited() -> None:
    async def work() -> None:
        labels = ln.ULabel.filter()
        made = await labels.acreate(name="awaited")
        assert await labels.aget_or_create(name="awaited") == (made, False)
        assert (await labels.aupdate_or_create({"description": "said"}, name="awaited"))[0].description == "said"
        (other,) = await labels.abulk_create([ln.ULabel(name="awaited too")])
        other.description = "changed"
        assert await labels.abulk_update([other], ["description"]) == 1
        assert await labels.ain_bulk([made.id, other.id]) == {made.id: made, other.id: other}
        await made.parents.aadd(other)
        assert await made.parents.acount() == 1
        await made.parents.aremove(other)
        await made.parents.aset([other])
        await made.parents.aclear()
        assert await made.parents.acount() == 0
        made.description = "awaited"
        await (await made.asave()).arefresh_from_db()
        assert made.description == "awaited"
        assert await ln.ULabel.filter(name="awaited").aupdate(description="once more") == 1
        await made.adelete()
        await ln.ULabel.filter(name="awaited too").adelete()
        assert await ln.ULabel.filter(name__startswith="awaited").acount() == 0

    asyncio.run(work())


@pytest.mark.parametrize("aux", [[1], "text", {"af": []}, {"af": {"1": "x", "2": {"a": 1}}}, {"af": {"1": [1, None]}}])
def test_what_lamindb_keeps_aside_may_be_any_json(aux: Any) -> None:
    feature = ln.Feature(name="in a schema", dtype=str).save()
    schema = ln.Schema([feature], name="odd").save()
    type_ = ln.Record(name="of odd", is_type=True, schema=schema).save()
    schema._aux = aux
    schema.save()
    schema = ln.Schema.get(schema.uid)
    assert schema.optionals.get_uids() == []
    assert schema.members.to_list("name") == ["in a schema"]
    assert "in a schema" in str(schema.describe(return_str=True))
    record = ln.Record(name="one", type=type_, features={"in a schema": "x"}).save()
    assert record.features.get_values() == {"in a schema": "x"}
    schema.optionals.set([feature])
    schema.save()
    assert ln.Schema.get(schema.uid).optionals.get_uids() == [feature.uid]


def test_a_schema_of_terms_says_of_what_type_they_are() -> None:
    schema = ln.Schema(itype=bt.Gene.ensembl_gene_id, dtype="float").save()
    assert (schema.itype, schema.dtype, schema.n_members) == ("bionty.Gene.ensembl_gene_id", "float", None)


def test_members_are_in_the_order_that_a_schema_says() -> None:
    first, second, third = (ln.Feature(name=f"placed {n}", dtype=str).save() for n in range(3))
    schema = ln.Schema([first, second, third], name="placed").save()
    schema._aux = {"af": {"2": [third.uid, "nofeature"]}}
    schema.save()
    assert ln.Schema.get(schema.uid).members.to_list("name") == ["placed 2", "placed 0", "placed 1"]


def test_optional_features_of_a_schema_are_written_with_it() -> None:
    first, second, other = (ln.Feature(name=f"optional {n}", dtype=str).save() for n in range(3))
    schema = ln.Schema([first, second], name="with optionals").save()
    schema.optionals.add(first)
    schema.optionals.add([first, second])
    assert schema.optionals.get_uids() == [first.uid, second.uid]
    assert ln.Schema.get(schema.uid).optionals.get_uids() == []
    schema.save()
    assert set(ln.Schema.get(schema.uid).optionals.get()) == {first, second}
    schema.optionals.remove(first)
    schema.save()
    assert ln.Schema.get(schema.uid).optionals.get_uids() == [second.uid]
    schema.optionals.set([])
    assert schema.optionals.get_uids() == []
    with pytest.raises(ValueError, match=r"is no feature of the schema. Add it to schema.features."):
        schema.optionals.add(other)
    with pytest.raises(TypeError, match="features must be a list of Feature records!"):
        schema.optionals.set([ln.ULabel.get(name="benchmark")])


def test_what_lacks_or_is_of_another_kind_is_refused_at_once() -> None:
    steps: dict[str, tuple[type[Exception], Callable[[], Any]]] = {
        "pass features or slots or itype": (ln.errors.InvalidArgument, lambda: ln.Schema([], name="of nothing")),
        "a list of features, not a single one": (ValueError, lambda: ln.Schema(ln.Feature.get(name="batch"))),
        "`organism` is required": (ln.errors.OrganismNotSet, lambda: bt.Gene(symbol="NOGENE")),
        "must be a 'Organism' instance": (TypeError, lambda: bt.Gene(symbol="NOGENE", organism="human")),
        "must be a 'Record' instance": (ValueError, lambda: ln.Record(name="x", type="Compounds")),
        "has an invalid format": (ln.errors.FieldValidationError, lambda: ln.Project(name="x", start_date="soon")),
        "Cannot serialize non-type": (
            ln.errors.InvalidArgument,
            lambda: ln.Feature(name="x", dtype=ln.ULabel.get(name="test")),
        ),
        r"use record.save\(\)": (ValueError, lambda: ln.save(ln.ULabel(name="x"))),
        "by the name of a feature or by a feature": (
            TypeError,
            lambda: ln.Artifact.get(id=3).features.add_values({5: 1}),
        ),
        "is a type of features": (
            ln.errors.ValidationError,
            lambda: ln.Artifact.get(id=3).features.add_values({"Human annotations": 1}),
        ),
        "permanent='yes' is neither": (TypeError, lambda: ln.ULabel.filter(name="test").delete(permanent="yes")),
    }
    for message, (kind, step) in steps.items():
        with pytest.raises(kind, match=message):
            step()
    assert ln.ULabel.filter(name="test").update() == 0


def test_the_organism_of_the_settings_is_that_of_new_genes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bt.settings, "organism", "human")
    assert bt.Gene(symbol="NEWGENE").save().organism.name == "human"


def test_a_schema_of_genes_has_the_hash_of_lamindb() -> None:
    schema = ln.Schema([bt.Gene.get(symbol="CD8A"), bt.Gene.get(symbol="CD4")], name="two genes").save()
    assert (schema.itype, schema.n_members, schema.hash) == ("bionty.Gene", 2, "FPWHNth2IYNdvF8Xxy6e7w")
    assert schema.members.to_list("symbol") == ["CD8A", "CD4"]
    assert ln.Schema(itype=bt.Gene.ensembl_gene_id, name="any genes").hash == "1gocc_TJ1RU2bMwDRK-WUA"


def test_optional_features_are_said_with_the_features() -> None:
    temperature, batch = ln.Feature.get(name="temperature"), ln.Feature.get(name="batch")
    schema = ln.Schema([temperature, batch.with_config(optional=True)], name="one is optional").save()
    assert (schema.optionals.get_uids(), schema.hash) == ([batch.uid], "TOFpKVhYrQy66fp8ozDzmw")


def test_the_key_of_an_artifact_keeps_its_suffix() -> None:
    artifact = ln.Artifact.get(id=11)
    for key, message in ((None, "cannot be taken away"), ("new.csv", r"should be .\.bam")):
        artifact.key = key
        with pytest.raises(ln.errors.ValidationError, match=message):
            artifact.save()
    artifact.key = "new.bam"
    assert ln.Artifact.get(artifact.save().id).key == "new.bam"


def test_the_next_version_of_a_collection_has_one_artifact_more() -> None:
    before = ln.Collection.get(key="another/collection")
    after = before.append(ln.Artifact.get(id=3)).save()
    assert after.ordered_artifacts.to_list("id") == [*before.ordered_artifacts.to_list("id"), 3]
    assert (after.stem_uid, after.version) == (before.stem_uid, "0001")


def test_a_transform_with_the_same_source_code_is_the_same() -> None:
    known = ln.Transform.get(key="scripts/train.py")
    assert ln.Transform(key=known.key, source_code=known.source_code).save() == known


def test_empty_values_of_features_are_passed_over() -> None:
    artifact = ln.Artifact.get(key="my_image.jpg")
    artifact.features.add_values(
        {"tags": [], "study_metadata": {}, "batch": "b", "date_of_study": datetime(2025, 1, 2)}
    )
    assert artifact.features.get_values() == {"batch": "b", "date_of_study": date(2025, 1, 2)}
