"""Every registry and link table is LaminDB's: columns, relations and their names, described in words of our own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Mapper, RelationshipProperty, aliased

import lnql.models
from lnql.models import Base, JSONColumn, Registry, StatusCode, UTCDateTime, first_sentence, registries

Facts = dict[str, Any]

MAPPERS = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
EVERY_MODEL = pytest.mark.parametrize("mapper", MAPPERS, ids=lambda mapper: mapper.class_.__name__)
EVERY_TABLE = pytest.mark.parametrize("table", [*Base.metadata.tables.values()], ids=str)
EVERY_REGISTRY = pytest.mark.parametrize("model", registries(), ids=lambda model: model.__name__)

PUBLIC_NAMES = {"Feature._dtype_str": "dtype"} | {
    f"{model}._status_code": "status" for model in ("Branch", "Project", "Run")
}
TYPES: dict[str, tuple[type[sa.types.TypeEngine[Any]], ...]] = {
    "AutoField": (sa.Integer,),
    "BigAutoField": (sa.BigInteger,),
    "SmallAutoField": (sa.SmallInteger,),
    "BigIntegerField": (sa.BigInteger,),
    "BooleanField": (sa.Boolean,),
    "CharField": (sa.String,),
    "DateField": (sa.Date,),
    "DateTimeField": (UTCDateTime,),
    "IntegerField": (sa.Integer,),
    "JSONField": (JSONColumn,),
    "SmallIntegerField": (sa.SmallInteger, StatusCode),
    "TextField": (sa.Text,),
}


@pytest.fixture(scope="session")
def facts(shared: Path) -> Facts:
    """What is known of LaminDB's models, by class name."""
    facts: Facts = json.loads((shared / "lamindb" / "models.json").read_text())
    return facts


@pytest.fixture(scope="session")
def facts_by_table(facts: Facts) -> Facts:
    """The same by the name of the table, without the tables that only link."""
    return {fact["table"]: fact for fact in facts.values()}


@pytest.fixture(scope="module")
def real(real_folder: Path) -> Iterator[sa.Connection]:
    """A connection to the real instance, which is never written to."""
    path = real_folder / ".lamindb" / "lamin.db"
    engine = sa.create_engine(f"sqlite:///file:{path}?mode=ro&immutable=1&uri=true")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def relations(mapper: Mapper[Any]) -> dict[str, RelationshipProperty[Any]]:
    """The relations of a class by name."""
    return {prop.key: prop for prop in mapper.relationships}


def is_key(field: Facts) -> bool:
    """Whether a field of the facts is a foreign key."""
    return "to_table" in field


def test_registries_are_mapped_and_links_are_not(facts: Facts) -> None:
    mapped = {mapper.class_.__name__: mapper.class_.__tablename__ for mapper in MAPPERS}
    assert mapped == {name: fact["table"] for name, fact in facts.items() if not is_link(fact)}


def is_link(fact: Facts) -> bool:
    """Whether a model of the facts is a link table."""
    return "IsLink" in fact["mixins"]


def test_all_tables_are_there(facts: Facts) -> None:
    plain = {
        relation["through"]
        for fact in facts.values()
        for relation in fact["relations"]
        if relation["kind"] == "m2m" and relation["auto_through"]
    }
    assert set(Base.metadata.tables) == {fact["table"] for fact in facts.values()} | plain


@EVERY_TABLE
def test_columns(table: sa.Table, facts_by_table: Facts) -> None:
    fact = facts_by_table.get(table.name)
    names = [column.name for column in table.columns]
    if fact is None:
        assert (names[0], len(names)) == ("id", 3)
    elif is_link(fact):  # the order of a link's columns shows nowhere
        assert sorted(names) == sorted(field["column"] for field in fact["fields"])
    else:
        assert names == [field["column"] for field in fact["fields"]]


@EVERY_MODEL
def test_public_names(mapper: Mapper[Any], facts: Facts) -> None:
    model = mapper.class_.__name__
    expected = {field["column"]: PUBLIC_NAMES.get(f"{model}.{field['column']}") for field in facts[model]["fields"]}
    actual = {prop.columns[0].name: prop.key for prop in mapper.column_attrs}
    assert actual == {column: name or column for column, name in expected.items()}


@EVERY_TABLE
def test_types(table: sa.Table, facts_by_table: Facts) -> None:
    for field in fields(table, facts_by_table):
        column = table.c[field["column"]]
        assert column.nullable == field["null"], column
        if not is_key(field):
            assert isinstance(column.type, TYPES[field["type"]]), column
        if field["type"] == "CharField":
            assert isinstance(column.type, sa.String)
            assert column.type.length == field["max_length"], column
        if field.get("unique") and not column.primary_key:
            assert column.unique, column


def fields(table: sa.Table, facts_by_table: Facts) -> list[Facts]:
    """What is known of the columns of a table."""
    known: list[Facts] = facts_by_table.get(table.name, {"fields": []})["fields"]
    return known


@EVERY_TABLE
def test_foreign_keys(table: sa.Table, facts_by_table: Facts) -> None:
    for field in filter(is_key, fields(table, facts_by_table)):
        column = table.c[field["column"]]
        (key,) = column.foreign_keys
        assert key.target_fullname == f"{field['to_table']}.id"
        assert (key.deferrable, key.initially) == (True, "DEFERRED")
        assert column.info["on_delete"] == field["on_delete"], column
        native = key.column.type.dialect_impl(sa.create_mock_engine("postgresql+asyncpg://", print).dialect)
        assert column.type._type_affinity is native._type_affinity


@EVERY_REGISTRY
def test_to_one_relations(model: type[Registry], facts: Facts) -> None:
    actual = {
        name: (prop.target.fullname, [column.name for column in prop.local_columns])
        for name, prop in relations(model.__mapper__).items()
        if prop.direction is sa.orm.RelationshipDirection.MANYTOONE
    }
    keys = filter(is_key, facts[model.__name__]["fields"])
    assert actual == {field["name"]: (field["to_table"], [field["column"]]) for field in keys}


def expected_reverse(relation: Facts) -> tuple[Any, ...]:
    """A relation to many of the facts: target, whether it holds many, and the columns that lead there."""
    if relation["kind"] == "m2m":
        return relation["to_table"], True, relation["through"], relation["source_column"], relation["target_column"]
    return relation["to_table"], relation["kind"] == "reverse_fk", relation["column"]


def actual_reverse(prop: RelationshipProperty[Any]) -> tuple[Any, ...]:
    """The same of a mapped relation."""
    target, ((_, here),) = prop.target.fullname, prop.synchronize_pairs
    if prop.secondary is None:
        return target, prop.uselist, here.name
    ((_, there),) = prop.secondary_synchronize_pairs or ()
    return target, prop.uselist, here.table.fullname, here.name, there.name


@EVERY_REGISTRY
def test_to_many_relations(model: type[Registry], facts: Facts) -> None:
    actual = {
        name: actual_reverse(prop)
        for name, prop in relations(model.__mapper__).items()
        if prop.direction is not sa.orm.RelationshipDirection.MANYTOONE
    }
    expected = {
        relation["name"]: expected_reverse(relation)
        for relation in facts[model.__name__]["relations"]
        if not is_to_links(relation, facts)
    }
    assert actual == expected


def is_to_links(relation: Facts, facts: Facts) -> bool:
    """Whether a relation leads to rows of a link table, which LNQL has no relations for."""
    return is_link(facts[relation["to"]])


@EVERY_REGISTRY
def test_name_field_and_versions(model: type[Registry], facts: Facts) -> None:
    fact = facts[model.__name__]
    assert model.__name_field__ == fact["name_field"]
    assert getattr(model, "__stem_length__", None) == fact.get("len_stem_uid")


@EVERY_REGISTRY
def test_search_fields_follow_from_the_columns(model: type[Registry], facts: Facts) -> None:
    names = [column.name for column in model.__table__.columns if isinstance(column.type, sa.String)]
    assert names == facts[model.__name__]["search_fields"]


@EVERY_REGISTRY
def test_dataframe_columns_follow_from_the_columns(model: type[Registry], facts: Facts) -> None:
    late = ["version_tag", "is_latest", "is_locked", "is_type", "created_at"]
    names = [column.name for column in model.__table__.columns if not column.foreign_keys]
    plain = [name for name in names if name not in {"uid", "id", "updated_at", *late} and not is_private(model, name)]
    order = [name for name in ["uid", *plain, *late] if name in names]
    keys = [column.name for column in model.__table__.columns if column.foreign_keys]
    assert [order[0], "id", *order[1:], *keys] == facts[model.__name__]["dataframe_columns"]


def is_private(model: type[Registry], column: str) -> bool:
    """Whether frames leave a column out for its underscore."""
    return column.startswith("_") and f"{model.__name__}.{column}" != "Feature._dtype_str"


@EVERY_REGISTRY
def test_available_fields_follow_from_the_mapping(model: type[Registry], facts: Facts) -> None:
    fact = facts[model.__name__]
    aliases = {"transform", "feature_sets"} if model.__name__ == "Artifact" else set()
    to_links = {relation["name"] for relation in fact["relations"] if is_to_links(relation, facts)}
    names = [*(prop.columns[0].name for prop in model.__mapper__.column_attrs), *relations(model.__mapper__)]
    public = {name for name in names if not name.startswith("_")}
    assert public | aliases == set(fact["available_fields"]) - to_links


def says_something(text: str | None, name: str) -> bool:
    """Whether a description is a sentence that says more than the name."""
    words = {word.strip(".,").lower() for word in (text or "").split()} - {"the", "a", "an", "of", "private:"}
    return bool(text) and str(text).endswith(".") and len(words - set(name.lower().split("_"))) >= 2


@EVERY_MODEL
def test_descriptions(mapper: Mapper[Any]) -> None:
    model = mapper.class_
    assert says_something(model.__dict__.get("__doc__"), model.__singular__)
    for prop in mapper.column_attrs:
        doc = prop.columns[0].doc
        assert says_something(doc, prop.key), f"{model.__name__}.{prop.key}: {doc}"
    for relation in mapper.relationships:
        assert says_something(relation.doc, relation.key), f"{model.__name__}.{relation.key}: {relation.doc}"


def test_links_are_described(facts: Facts) -> None:
    tables = [Base.metadata.tables[fact["table"]] for fact in facts.values() if is_link(fact)]
    undescribed = [table.name for table in tables if not says_something(table.info["doc"], table.name)]
    undescribed += [str(c) for table in tables for c in table.columns if not says_something(c.doc, c.name)]
    assert undescribed == []


@EVERY_MODEL
def test_private_columns_say_so(mapper: Mapper[Any]) -> None:
    for prop in [*mapper.column_attrs, *mapper.relationships]:
        doc = prop.doc if isinstance(prop, RelationshipProperty) else prop.columns[0].doc
        assert str(doc).startswith("Private: ") == prop.key.startswith("_"), f"{mapper.class_.__name__}.{prop.key}"


@EVERY_MODEL
def test_the_real_instance_can_be_read(mapper: Mapper[Any], real: sa.Connection) -> None:
    assert len(real.execute(sa.select(mapper.local_table).limit(5)).all()) <= 5
    for prop in mapper.relationships:
        related = getattr(mapper.class_, prop.key).of_type(aliased(prop.mapper.class_))
        statement = sa.select(sa.func.count()).select_from(mapper.class_).join(related)
        assert real.execute(statement).scalar_one() >= 0


def test_values_read_as_python_has_them(real: sa.Connection) -> None:
    run, feature = lnql.models.Run, lnql.models.Feature
    statuses = set(real.execute(sa.select(run.status)).scalars())
    assert statuses <= {"scheduled", "restarted", "started", "completed", "errored", "aborted"}
    started = real.execute(sa.select(run.started_at).limit(1)).scalar_one()
    assert started.tzinfo is UTC
    assert real.execute(sa.select(feature.dtype).where(feature.name == "temperature")).scalar_one() == "float"


def test_public_names_are_listed() -> None:
    listed = lnql.models.__all__
    assert {mapper.class_.__name__ for mapper in MAPPERS} <= set(listed)
    assert all(hasattr(lnql.models, name) for name in listed)


def test_registries_are_listed_by_name(facts: Facts) -> None:
    names = [model.__name__ for model in registries()]
    assert names == sorted(name for name, fact in facts.items() if not is_link(fact))


@pytest.mark.parametrize(
    ("model", "singular", "plural"),
    [
        ("CellType", "cell_type", "cell_types"),
        ("ULabel", "ulabel", "ulabels"),
        ("ULabelBlock", "ulabel_block", "ulabel_blocks"),
        ("Branch", "branch", "branches"),
        ("Ethnicity", "ethnicity", "ethnicities"),
        ("JsonValue", "json_value", "json_values"),
        ("Storage", "storage", "storages"),
    ],
)
def test_names_of_one_and_of_many(model: str, singular: str, plural: str) -> None:
    registry = getattr(lnql.models, model)
    assert (registry.__singular__, registry.__plural__) == (singular, plural)


def run_python(code: str, folder: Path) -> str:
    """Run code in a fresh interpreter where warnings are errors, with `folder` on its path; gives what it prints."""
    command = [sys.executable, "-W", "error", "-c", f"import sys; sys.path.insert(0, {str(folder)!r})\n{code}"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


LAB = '''
from sqlalchemy.orm import Mapped

from lnql.models import HasParents, SQLRecord, foreign_key, many_to_one


class Experiment(SQLRecord):
    name: Mapped[str]


class Plate(HasParents, SQLRecord):
    """A plate with wells. It has a barcode."""

    n_wells: Mapped[int | None]
    experiment_id: Mapped[int] = foreign_key("lab_experiment", "The experiment that used the plate.")
    experiment: Mapped[Experiment] = many_to_one(experiment_id)
'''
DESCRIBE_LAB = """
import json
import lab, lnql.models as m
from sqlalchemy import inspect
print(json.dumps({model.__tablename__: {
    "description": m.first_sentence(model),
    "name_field": model.__name_field__,
    "columns": {column.name: column.doc for column in model.__table__.columns},
    "relations": [relation.key for relation in inspect(model).relationships],
} for model in m.registries() if model.__module__ == "lab"}))
"""


def test_a_registry_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "lab.py").write_text(LAB)
    tables = json.loads(run_python(DESCRIBE_LAB, tmp_path))
    assert set(tables) == {"lab_experiment", "lab_plate"}
    experiment, plate = tables["lab_experiment"], tables["lab_plate"]
    shared = "branch_id created_on_id space_id is_locked _aux created_at created_by_id run_id updated_at id uid"
    assert list(experiment["columns"]) == [*shared.split(), "name"]
    assert set(experiment["relations"]) == {"branch", "created_on", "space", "created_by", "run"}
    assert experiment["description"] == "Records of the registry Experiment."
    assert (experiment["name_field"], plate["name_field"]) == ("name", "uid")
    assert plate["description"] == "A plate with wells."
    assert plate["columns"]["n_wells"] == "N wells."
    assert plate["columns"]["experiment_id"] == "Integer id of the experiment that used the plate."
    assert {"experiment", "parents", "children"} <= set(plate["relations"])


def test_mapping_gives_no_warnings(tmp_path: Path) -> None:
    assert run_python("import lnql.models, sqlalchemy.orm; sqlalchemy.orm.configure_mappers()", tmp_path) == ""


def test_the_first_sentence_is_the_description() -> None:
    assert first_sentence(lnql.models.Storage) == "A place for files: a folder, or a bucket in the cloud."
