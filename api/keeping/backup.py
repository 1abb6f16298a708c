"""Writing a backup: a snapshot of the database, checked by replaying its log, and the keys under a passphrase.

The file appears whole or not at all, and no file is ever overwritten.
"""

import os
import tempfile
from pathlib import Path

from api.keeping.archive import DATABASE, Manifest, digest_of, open_archive, write_archive
from api.keeping.secrets import seal_files
from api.keeping.snapshot import take_snapshot
from api.private_file import sync_folder
from api.sequencer.recovery import replay_log
from api.settings import Settings
from api.store.database import database_at
from api.store.reader import Reader
from api.store.sqlite import SqliteDatabase
from voting_core.errors import InputError
from voting_core.rng import Rng
from voting_core.secret import Secret

NO_ROOM = "Free space, or write the backup to another disk"


def make_backup(settings: Settings, out: Path, passphrase: Secret[str] | None, rng: Rng) -> Manifest:
    """Back a session up into a new file; its server may run meanwhile. Without a passphrase the keys are left out.

    Raises:
        InputError: there is no session's database, the file exists, or the disk is full.
        FatalError: the log of the database is not valid.
    """
    if not settings.database_url and not settings.database.exists():
        raise InputError(
            str(settings.directory), f"there is no {settings.database.name} in it", "Name the folder of a session"
        )
    if out.exists():
        raise _exists(out)
    keys = None if passphrase is None else seal_files(settings.private_files, passphrase, rng)
    try:
        # What a kill leaves behind is this folder, hidden, and never a file that looks like a backup.
        with tempfile.TemporaryDirectory(prefix=".plenum-backup-", dir=out.parent) as folder:
            snapshot, part = Path(folder) / DATABASE, Path(folder) / "backup.part"
            manifest = _snapshot(settings, snapshot)
            with part.open("xb") as target:
                os.fchmod(target.fileno(), 0o600)
                write_archive(target, manifest, snapshot, keys)
                target.flush()
                os.fsync(target.fileno())
            with open_archive(part) as written:
                written.unpack(None)
                if written.manifest != manifest or written.keys != keys:
                    raise InputError(str(out), "what was written is not what is on the disk", "Check the disk")
            _put(part, out)
    except OSError as error:
        raise InputError(str(out), f"cannot be written ({error.strerror})", NO_ROOM) from error
    return manifest


def described(path: Path, revision: str) -> Manifest:
    """The manifest of an embedded database: its log is replayed and compared with its signed checkpoint.

    The arguments of ballots are not verified again here; the server does that whenever it starts.

    Raises:
        FatalError: the log is not valid.
    """
    log, _ = replay_log(Reader(SqliteDatabase(path)), None)
    session = log.session_id.hex() if log.session is not None else ""
    return Manifest(revision=revision, session=session, size=log.size, root=log.root.hex(), sha256=digest_of(path))


def _snapshot(settings: Settings, path: Path) -> Manifest:
    database = database_at(settings.database, settings.database_url)
    try:
        database.check()
        revision = take_snapshot(database, path)
    finally:
        database.close()
    return described(path, revision)


def _put(part: Path, out: Path) -> None:
    """Give a finished file its name, which is taken first, so that nothing that came to stand there is overwritten: a
    memory stick has no links, and a rename overwrites.

    Raises:
        InputError: a file stands there.
        OSError: the name cannot be given.
    """
    try:
        os.close(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise _exists(out) from error
    try:
        part.replace(out)
        sync_folder(out.parent)
    except BaseException:
        out.unlink(missing_ok=True)
        raise


def _exists(out: Path) -> InputError:
    return InputError(str(out), "exists already; no backup is ever overwritten", "Give another name")
