"""Foreign keys carry what writers and readers need to know; relations follow them both ways."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import RelationshipDirection, Session

from lnql.models import Artifact, Base, Run, Storage, Transform, ULabel, User, registries
from lnql.models.relations import Ends, relations_of

LINKS = Base.metadata.tables["lamindb_artifactulabel"]


@pytest.fixture
def session() -> Iterator[Session]:
    """A session on an empty SQLite database with all tables."""
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def artifact(session: Session) -> Artifact:
    """An artifact in a storage location."""
    session.add(User(id=1, uid="u" * 8, handle="ada"))
    session.add(Storage(id=1, uid="s" * 12, root="/data", type="local", created_by_id=1))
    artifact = Artifact(
        uid="a" * 20,
        suffix=".csv",
        is_latest=True,
        storage_id=1,
        created_by_id=1,
        _key_is_virtual=True,
        _overwrite_versions=False,
    )
    session.add(artifact)
    session.commit()
    return artifact


def test_a_foreign_key_is_described_by_what_it_points_to() -> None:
    column = Artifact.__table__.c.storage_id
    assert column.doc == "Integer id of the storage location that holds the file."
    assert sa.inspect(Artifact).relationships["storage"].doc == "The storage location that holds the file."


@pytest.mark.parametrize(
    ("column", "type_"),
    [
        (Artifact.__table__.c.storage_id, sa.Integer),
        (Artifact.__table__.c.run_id, sa.BigInteger),
        (Artifact.__table__.c.space_id, sa.SmallInteger),
    ],
    ids=str,
)
def test_a_foreign_key_has_the_type_of_the_key(column: sa.Column[int], type_: type[sa.Integer]) -> None:
    assert isinstance(column.type, type_)


def test_relations_lead_both_ways(session: Session, artifact: Artifact) -> None:
    assert artifact.storage.root == "/data"
    assert artifact.storage.artifacts == [artifact]
    assert artifact.created_by.created_artifacts == [artifact]
    assert artifact.run is None


def test_many_to_many_relations_lead_through_the_link(session: Session, artifact: Artifact) -> None:
    label = ULabel(uid="l" * 8, name="good", created_by_id=1)
    session.add(label)
    session.flush()
    session.execute(sa.insert(LINKS).values(artifact_id=artifact.id, ulabel_id=label.id, created_by_id=1))
    assert artifact.ulabels == [label]
    assert label.artifacts == [artifact]


def test_a_plain_label_is_linked_once(session: Session, artifact: Artifact) -> None:
    label = ULabel(uid="l" * 8, name="good", created_by_id=1)
    session.add(label)
    session.flush()
    link = sa.insert(LINKS).values(artifact_id=artifact.id, ulabel_id=label.id, created_by_id=1)
    session.execute(link)
    session.execute(link.values(feature_id=7))
    with pytest.raises(IntegrityError):
        session.execute(link)


@pytest.mark.parametrize("model", [Artifact, Run, Transform])
def test_relations_to_many_are_not_written_through(model: type[Base]) -> None:
    for relation in sa.inspect(model).relationships:
        assert relation.viewonly == (relation.direction is not RelationshipDirection.MANYTOONE)


@pytest.mark.parametrize("model", registries(), ids=lambda model: model.__name__)
def test_the_ends_of_a_relation_are_those_that_sqlalchemy_works_out(model: type[Base]) -> None:
    stated = {name: (ends.many, joined_by(ends)) for name, _, ends in relations_of(model)}
    worked_out = {prop.key: (prop.uselist, set(prop.local_remote_pairs)) for prop in sa.inspect(model).relationships}
    assert stated == worked_out


def joined_by(ends: Ends) -> set[tuple[Any, ...]]:
    """The pairs of columns that a relation joins."""
    if ends.link is None:
        return {(ends.local, ends.remote)}
    return {*zip((ends.local, ends.remote), ends.link, strict=True)}


OWN_WORDS = """
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship
from lnql.models import Base, SQLRecord, User, link_table
from lnql.models.relations import relations_of

class Plate(SQLRecord):
    __tablename__ = "lab_plate"
    wells: Mapped[list["Well"]] = relationship(back_populates="plate")
    makers: Mapped[list[User]] = relationship(secondary=lambda: Base.metadata.tables["lab_maker"])

class Well(SQLRecord):
    __tablename__ = "lab_well"
    plate_id: Mapped[int] = mapped_column(ForeignKey("lab_plate.id"))
    plate: Mapped[Plate] = relationship(back_populates="wells")

link_table("lab_maker", "plate_id -> lab_plate", "user_id -> lamindb_user")
for model, names in ((Plate, ("wells", "makers")), (Well, ("plate",))):
    for name, _, ends in relations_of(model):
        if name in names:
            print(name, ends.many, *ends.columns)
"""


def test_a_relation_in_sqlalchemy_s_own_words_has_ends_too() -> None:
    done = subprocess.run([sys.executable, "-c", OWN_WORDS], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "wells True lab_plate.id lab_well.plate_id",
        "makers True lab_plate.id lamindb_user.id lab_maker.plate_id lab_maker.user_id",
        "plate False lab_well.plate_id lab_plate.id",
    ]
