"""Restoring a backup into a new folder, or into a new folder and an empty PostgreSQL.

The database comes first and the keys last: if it is interrupted, a server finds a log without its keys and refuses,
and never keys without their log, with which it would begin another log under the same name.
"""

import contextlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from api.keeping.archive import DATABASE, Backup, Manifest, open_archive
from api.keeping.backup import NO_ROOM, described
from api.keeping.secrets import open_files, write_files
from api.keeping.snapshot import copy_tables
from api.lock import DirectoryLock
from api.private_file import sync_folder
from api.settings import Settings
from api.store.connection import Database
from api.store.database import create_schema, database_at
from api.store.sqlite import SqliteDatabase
from voting_core.errors import FatalError, InputError
from voting_core.secret import Secret

_MADE_LAST = f".{DATABASE}.part"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and whether the server's keys were among it."""

    manifest: Manifest
    with_keys: bool


def restore_backup(file: Path, settings: Settings, passphrase: Secret[str] | None) -> Restored:
    """Restore a backup for a server with these settings; their folder must be new or empty.

    Raises:
        InputError: the backup is damaged or none, the passphrase is wrong, the folder or database is not empty, or the
            disk is full. Nothing is left in the folder then.
    """
    folder = settings.directory
    _make_empty(folder)
    with open_archive(file) as backup:
        keys = {}
        if backup.keys is not None and passphrase is not None:
            keys = open_files(backup.keys, passphrase, settings.private_files)
        try:
            with DirectoryLock(settings.lock_file):
                _restore_database(backup, settings, str(file))
                write_files(folder, keys)
        except BaseException as error:
            _empty(folder)
            if isinstance(error, OSError):
                raise InputError(str(folder), f"cannot be written ({error.strerror})", NO_ROOM) from error
            raise
        return Restored(backup.manifest, bool(keys))


def _restore_database(backup: Backup, settings: Settings, name: str) -> None:
    part = settings.directory / _MADE_LAST
    with part.open("xb") as target:
        os.fchmod(target.fileno(), 0o600)
        backup.unpack(target)
        target.flush()
        os.fsync(target.fileno())
    try:
        found = described(part, backup.manifest.revision)
    except FatalError as error:
        raise InputError(name, f"its log is not valid: {error}", "Take another backup") from error
    if (found.session, found.size, found.root) != (
        backup.manifest.session,
        backup.manifest.size,
        backup.manifest.root,
    ):
        raise InputError(name, "its log is not the one that its manifest names", "Take another backup")
    _revoke_sign_ins(SqliteDatabase(part))
    if settings.database_url:
        _into_server(SqliteDatabase(part), database_at(settings.database, settings.database_url))
        part.unlink()
    else:
        part.rename(settings.database)
    sync_folder(settings.directory)


def _into_server(source: Database, target: Database) -> None:
    """Copy into a PostgreSQL without rows, while holding its lock."""
    with contextlib.closing(target), contextlib.closing(target.connect()):
        create_schema(source)
        create_schema(target)
        copy_tables(source, target, moment=False)


def _revoke_sign_ins(database: SqliteDatabase) -> None:
    """Nobody is signed in to a restored server: who was signed out since the backup must not be in again."""
    with contextlib.closing(database.connect()) as connection:
        found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sign_ins'").fetchone()[0]
        if found:
            connection.execute("DELETE FROM sign_ins")


def _make_empty(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise InputError(str(folder), f"cannot be made ({error.strerror})", "Give another --data directory") from error
    if taken:
        raise InputError(str(folder), "is not empty; nothing is ever overwritten", "Give a new --data directory")


def _empty(folder: Path) -> None:
    """Take away what an interrupted restore left; the folder was empty before."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
