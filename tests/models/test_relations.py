"""Foreign keys carry what writers and readers need to know; relations follow them both ways."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import RelationshipDirection, Session

from lnql.models import Artifact, Base, Run, Storage, Transform, ULabel, User

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
