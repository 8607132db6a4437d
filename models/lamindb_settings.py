"""Letting LaminDB open an instance: the settings by which it finds one, a file in the user's home.

LaminDB writes that file for instances which it makes itself, or reads from LaminHub.
"""

import os
from pathlib import Path

from sqlalchemy import URL

from lnql.errors import InstanceError

from .database import DATABASE, Instance, open_instance, shown
from .initialize import Identity
from .transactions import begin
from .uids import instance_uid

SETTINGS = {
    **dict.fromkeys(("storage_region", "db", "git_repo", "api_url", "schema_id", "db_permissions"), "null"),
    **dict.fromkeys(("keep_artifacts_local", "fine_grained_access", "is_clone"), "False"),
    "schema_str": "bionty",
}
"""What LaminDB reads of an instance, besides what tells it from others."""


def make_known(target: str) -> str:
    """Let LaminDB on this machine open an instance that LNQL has made; gives what LaminDB calls it, `owner/name`.

    Raises InstanceError for an instance that LNQL has not made or that was moved since, and where LaminDB knows another
    one by that name.
    """
    instance = open_instance(target)
    owner, root, storage_of = _facts(instance.url)
    identity = _identity(instance, owner, root, storage_of)
    own = {"owner": owner, "name": identity.slug.partition("/")[2], "id": identity.id, "storage_root": root}
    if not instance.path:
        own["db"] = instance.url.render_as_string(hide_password=False)
    _write(own)
    return identity.slug


def _facts(url: URL) -> tuple[str, str, str]:
    """The first user's handle, the root of the first storage, and the uid of the instance that the storage is of."""
    with begin(url, "read") as transaction:
        ((owner,),) = transaction.fetch("SELECT handle FROM lamindb_user ORDER BY id LIMIT 1")
        ((root, storage_of),) = transaction.fetch("SELECT root, instance_uid FROM lamindb_storage ORDER BY id LIMIT 1")
    return str(owner), str(root), str(storage_of)


def _identity(instance: Instance, owner: str, root: str, storage_of: str) -> Identity:
    """Who the instance is: its storage says so by a digest."""
    possible = [Identity.of(f"{owner}/{name}") for name in (Path(root).name, instance.url.database)]
    found = next((identity for identity in possible if instance_uid(identity.id) == storage_of), None)
    if found is None:
        raise InstanceError(
            f"{shown(instance.url)} was not made by lnql init.", hint="LaminDB opens what it has made: lamin connect."
        )
    if instance.path and instance.path.resolve() != (Path(root) / DATABASE).resolve():
        raise InstanceError(f"{shown(instance.url)} was moved; LaminDB would look for it in {root}.")
    return found


def _write(own: dict[str, str]) -> None:
    folder = Path(os.environ.get("LAMIN_SETTINGS_DIR") or Path.home()) / ".lamin"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"instance--{own['owner']}--{own['name']}.env"
    if file.exists() and f"lamindb_instance_storage_root={own['storage_root']}\n" not in file.read_text(
        encoding="utf-8"
    ):
        raise InstanceError(f"LaminDB knows another instance of that name: {file}.", hint="Move that file away first.")
    file.touch(mode=0o600)  # it may hold a password
    lines = [f"lamindb_instance_{name}={value}\n" for name, value in (SETTINGS | own).items()]
    file.write_text("".join(lines), encoding="utf-8")
