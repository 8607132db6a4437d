"""Making an empty instance: LaminDB's tables and the rows with which every instance starts."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct
from sqlalchemy import URL

from lnql.errors import InstanceError

from .branches import ARCHIVE, MAIN, TRASH
from .database import DATABASE, Instance, open_instance, parse, shown, sqlite_url
from .ddl import LAMINDB_PREFIXES, upgrade_script
from .transactions import Transaction, begin
from .uids import instance_uid, random_uid

ANONYMOUS, ANONYMOUS_UID = "anonymous", "00000000"
"""LaminDB's user who has not logged in."""

FIRST_ROWS = {"lamindb_user": 1, "lamindb_space": 1, "lamindb_branch": 3, "lamindb_storage": 1}
"""How many rows the tables of an empty instance have, where they have any."""

MIGRATIONS = {
    "lamindb": (
        "0177_squashed",
        "0177_alter_artifactblock_artifact_and_more",
        "0178_v2_2",
        "0179_v2_2_part_2",
        "0180_v2_2_part_3",
        "0181_v2_2_part_4",
        "0182_v2_2_part_5",
        "0183_v2_2_part_6",
        "0183_squashed",
        "0184_alter_transformrecord_feature",
        "0185_alter_runrecord_feature",
        "0186_v2_4",
        "0187_v2_4_part_2",
        "0187_squashed",
        "0188_remove_record_prevent_record_type_cycle_and_more",
        "0189_v2_6",
        "0190_v2_6_1",
        "0191_artifactschema_unique_slot_schema",
        "0192_v2_9",
        "0193_v2_9_part_2",
        "0193_squashed",
    ),
    "bionty": ("0064_squashed", "0065_lamindb_v2_2", "0065_squashed"),
}
"""The migrations that LaminDB 2.12 finds done, so that it opens the instance as it is."""


def init_instance(target: str | Path, *, user: str | None = None, storage: Path | None = None) -> Instance:
    """Make an empty instance that LaminDB can open too: in a folder, which may hold other files, or at a database URL.

    `user` is the handle of the first user, by default the name of the operating system's user. `storage` is the folder
    for the files of artifacts: by default that of a SQLite instance, with PostgreSQL the current one.
    Raises InstanceError where there is an instance already, or where none can be made.
    """
    url = target_url(target)
    handle = user or _current_user()
    folder = storage or _own_folder(url)
    root = (folder or Path.cwd()).absolute()
    identity = Identity.of(f"{handle}/{root.name if folder else url.database}")
    with new_file(url), begin(url, "exclusive") as transaction:
        if has_instance(transaction):
            raise InstanceError(f"{shown(url)} holds an instance already; give a new folder or an empty database.")
        make_schema(transaction)
        _write_first_rows(transaction, handle, root, identity)
        if folder:
            _mark_storage(root, identity)
    return open_instance(url.render_as_string(hide_password=False))


class Identity(Struct, frozen=True):
    """How an instance is known beyond its database: `owner/name`, the id made of that, and the uid of its storage."""

    slug: str
    id: str
    storage_uid: str

    @classmethod
    def of(cls, slug: str) -> Self:
        """The identity of a new instance."""
        return cls(slug, uuid5(NAMESPACE_URL, slug).hex, random_uid(12))


def target_url(target: str | Path) -> URL:
    """The URL of the database to be made."""
    if "://" in str(target):
        return parse(str(target))
    if Path(target).is_file():
        raise InstanceError(f"{target} is a file.", hint="Give a folder, a sqlite:///… or a postgresql://… URL.")
    return sqlite_url(Path(target) / DATABASE)


def _own_folder(url: URL) -> Path | None:
    """The folder of a SQLite instance, which holds `.lamindb/lamin.db` or, unusually, the file itself."""
    if url.get_backend_name() == "postgresql":
        return None
    parent = Path(url.database or "").absolute().parent
    return parent.parent if parent.name == DATABASE.parent.name else parent


def _current_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as a user id without a name
        return ANONYMOUS


@contextmanager
def new_file(url: URL) -> Iterator[None]:
    """Make the folder of a SQLite file; remove what was made when the block fails."""
    path = Path(url.database or "")
    if url.get_backend_name() == "postgresql" or path.exists():
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise InstanceError(f"No instance can be made in {path.parent}: {error.strerror}.") from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def has_instance(transaction: Transaction) -> bool:
    """Whether a database has any of LaminDB's tables."""
    return any(table.startswith(LAMINDB_PREFIXES) for table in transaction.columns())


def make_schema(transaction: Transaction) -> None:
    """Make LaminDB's tables, and note for LaminDB which of its migrations they stand for."""
    transaction.execute(upgrade_script(transaction.dialect))
    now = datetime.now(UTC).replace(microsecond=0)
    applied = now if transaction.dialect == "postgresql" else f"{now:%Y-%m-%d %H:%M:%S}"
    migrations = [(app, name, applied) for app, names in MIGRATIONS.items() for name in names]
    transaction.write("django_migrations", ("app", "name", "applied"), migrations)


def _write_first_rows(transaction: Transaction, handle: str, root: Path, identity: Identity) -> None:
    for table, rows in _first_rows(handle, root, identity).items():
        transaction.write(table, tuple(rows[0]), [tuple(row.values()) for row in rows])
    transaction.set_counter("lamindb_branch", MAIN)


def _first_rows(handle: str, root: Path, identity: Identity) -> dict[str, list[dict[str, Any]]]:
    """The rows with which every instance starts, by table; the database fills in the rest."""
    everyone = "Every team & user with access to the instance has access."
    branches = (
        (TRASH, "trash", "t" * 12, "The trash."),
        (ARCHIVE, "archive", "a" * 12, "The archive."),
        (MAIN, "main", "m" * 12, "The main & default branch of the instance."),
    )
    return {
        "lamindb_user": [{"uid": ANONYMOUS_UID if handle == ANONYMOUS else random_uid(8), "handle": handle}],
        "lamindb_space": [{"uid": "a" * 12, "name": "all", "description": everyone}],
        "lamindb_branch": [
            {"id": branch, "name": name, "uid": uid, "description": description, "created_by_id": 1}
            for branch, name, uid, description in branches
        ],
        "lamindb_storage": [
            {
                "uid": identity.storage_uid,
                "root": str(root),
                "type": "local",
                "instance_uid": instance_uid(identity.id),
                "created_by_id": 1,
            }
        ],
    }


def _mark_storage(root: Path, identity: Identity) -> None:
    """Leave in the storage the note by which LaminDB knows whose it is."""
    folder = root / DATABASE.parent
    folder.mkdir(parents=True, exist_ok=True)
    try:
        note = (folder / "storage_uid.txt").open("x")
    except FileExistsError:
        raise InstanceError(f"The folder {root} is the storage of another instance; give another one.") from None
    with note:
        note.write(
            f"{identity.storage_uid}\ncreation info:\ninstance_slug={identity.slug}\n"
            f"instance_id={identity.id}\ninstance_uid={instance_uid(identity.id)}"
        )
