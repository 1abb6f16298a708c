"""Destroying what a server keeps beside the record, after two officials have written that into the log.

The certificate that counts is the entry `session.destroyed` in the log, signed by two officials (SPEC §9.9). Only with
it, and only after the retention time, does this erase anything: every table but those of the log, and the key files.
What is public stays: the record, written out and compared before anything is erased, and the log itself.

The certificate is bound to that entry and signed by the service (:mod:`tally.destruction`). A run that was interrupted
is begun again and certifies the same: what is going to be erased is noted before (:mod:`api.keeping.erasure_note`). The
keys go last, so that where they are gone the certificate is there. Flash memory may keep erased bytes; where that
matters the disk itself is destroyed.
"""

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Table, func, select

from api.keeping.erasure_note import forget, note_before
from api.keeping.export import write_record_of
from api.keeping.retention import kept_until
from api.lock import DirectoryLock
from api.sequencer.recovery import replay_log
from api.service_keys import load_keys
from api.services.boards import FOLDER
from api.services.cosignatures import notes_of_record
from api.settings import Settings
from api.store.connection import Connection, Database
from api.store.database import create_schema, database_at
from api.store.reader import Reader
from api.tables.registry import metadata
from tally.cli.output import RECORD, make_folder, write_file
from tally.destruction import check_certificate, make_certificate
from tally.entries.entry_type import EntryType
from tally.entries.envelope import decode_entry
from tally.state import State
from voting_core.errors import InputError
from voting_core.log.checkpoint import Checkpoint, sign_checkpoint

PUBLIC_TABLES: Final = frozenset({"entries", "checkpoints", "cosignatures", "commits"})
"""What is in the record anyway, and the counter of commits. Every other table is erased, whatever is added."""

CERTIFICATE: Final = "certificate.json"
CERTIFICATE_TEXT: Final = "销毁证明.txt"


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was erased: rows by table, and files by name."""

    title: str
    rows: dict[str, int]
    files: tuple[str, ...]


def destroy_session(settings: Settings, out: Path, title: str, today: date) -> Destroyed:
    """Erase the private part of a sealed session whose destruction is in the log. The server must be stopped.

    `title` is that of the session, typed by whoever does it; `out` gets the record and the certificate.

    Raises:
        InputError: a server runs, the log has no `session.destroyed`, the retention time is not over, or the title is
            that of another session. Nothing is erased then.
    """
    if not settings.database_url and not settings.database.exists():
        raise InputError(str(settings.directory), "there is no session in it", "Name the folder of a session")
    with DirectoryLock(settings.lock_file), closing(database_at(settings.database, settings.database_url)) as database:
        database.check()
        with closing(database.connect()) as connection:
            create_schema(database)
            reader = Reader(database)
            state, _ = replay_log(reader, None)
            _check_may_be_destroyed(state, title, today)
            make_folder(out)
            write_record_of(settings, reader, state, out)
            _finish_erasing(settings.keys_file)
            if not settings.keys_file.exists():
                return _destroyed_before(reader, state, out)
            erased = note_before(settings.directory, _count_rows(database), _files_there(settings))
            _erase_tables(database, connection)
            _erase_files(settings)
            # The service signs what was erased, and its own keys are the last that go.
            _write_certificate(settings, reader, state, out, erased, today)
            _erase(settings.keys_file)
            forget(settings.directory)
    return Destroyed(state.facts.title, *erased)


def _check_may_be_destroyed(state: State, title: str, today: date) -> None:
    if state.session is None or not state.destroyed:
        raise InputError(
            "session",
            "two officials have not written session.destroyed into its log",
            "Seal the session, and let two officials sign its destruction first",
        )
    until = kept_until(state)
    if today < until:
        raise InputError(
            "session", f"it is kept until {until}, by the rule sets that it adopted", "Wait until that day"
        )
    if title != state.session.title:
        raise InputError(
            "--title", "it is not the title of the session in this folder", "Look at the folder again, then type it"
        )


def _destroyed_before(reader: Reader, state: State, out: Path) -> Destroyed:
    """What the certificate says, where an earlier run came to its end."""
    path = out / CERTIFICATE
    if not path.exists():
        raise InputError(
            str(out), "has no certificate, and this session is destroyed already", "Name the folder of the first time"
        )
    found = check_certificate(path.read_bytes(), state, next(iter(reader.entries(state.size - 1, state.size))))
    return Destroyed(state.facts.title, dict(found.rows), found.files)


def _private_tables() -> list[Table]:
    return [table for table in reversed(metadata().sorted_tables) if table.name not in PUBLIC_TABLES]


def _count_rows(database: Database) -> dict[str, int]:
    engine = database.engine()
    try:
        with engine.connect() as connection:
            return {
                table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
                for table in _private_tables()
            }
    finally:
        engine.dispose()


def _erase_tables(database: Database, own: Connection) -> None:
    engine, tables = database.engine(), _private_tables()
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # DELETE would leave the rows in their pages; TRUNCATE gives the files back.
                connection.exec_driver_sql(f"TRUNCATE {', '.join(table.name for table in tables)}")
            else:
                for table in tables:
                    connection.execute(table.delete())
    finally:
        engine.dispose()
    own.execute("VACUUM")
    database.sweep(own)


def _files_there(settings: Settings) -> tuple[str, ...]:
    board = (FOLDER,) if (settings.directory / FOLDER).exists() else ()
    return tuple(sorted((*(path.name for path in settings.secret_files if path.exists()), *board)))


def _erase_files(settings: Settings) -> None:
    for path in settings.secret_files:
        if path.exists() and path != settings.keys_file:
            _erase(path)
    # The board has the folders of single persons and of those who may know every result; the record has its own copy.
    if (settings.directory / FOLDER).exists():
        shutil.rmtree(settings.directory / FOLDER)


def _finish_erasing(path: Path) -> None:
    """Remove a file that was overwritten already when the run before was interrupted."""
    if path.exists() and not any(path.read_bytes()):
        path.unlink()


def _erase(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(bytes(size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _write_certificate(
    settings: Settings,
    reader: Reader,
    state: State,
    out: Path,
    erased: tuple[dict[str, int], tuple[str, ...]],
    today: date,
) -> None:
    entry = next(iter(reader.entries(state.size - 1, state.size)))
    if decode_entry(entry).type is not EntryType.SESSION_DESTROYED:
        raise InputError("session", "the last entry of its log is not session.destroyed", "Restore a backup")
    keys = load_keys(settings.keys_file)
    notes = dict(notes_of_record(reader, state.size))
    note = notes.get(state.size)
    if note is None:
        note = sign_checkpoint(Checkpoint(state.session_id, state.size, state.root), keys.log)
    certificate = make_certificate(state, entry, note, today.isoformat(), erased, keys.service)
    write_file(out / CERTIFICATE_TEXT, _text(state, *erased, today).encode("utf-8"))
    write_file(out / CERTIFICATE, certificate)


def _text(state: State, rows: dict[str, int], files: tuple[str, ...], today: date) -> str:
    erased = [f"  {name}: {number} 行 rows" for name, number in rows.items()] + [f"  {name}" for name in files]
    return "\n".join(
        [
            "销毁证明 Certificate of destruction",
            "",
            f"会议 session: {state.facts.title}（{state.facts.date}，{state.facts.place or '—'}）",
            f"会议编号 id: {state.session_id.hex()}",
            f"日志 log: {state.size} 条 entries，根 root {state.root.hex()}",
            f"依据 by: 日志第 {state.size - 1} 条 session.destroyed，两名工作人员签名 signed by two officials",
            f"日期 date: {today.isoformat()}",
            "",
            "已销毁 destroyed:",
            *erased,
            "",
            f"保留 kept: {RECORD}（任何人可以核验 anybody can verify it）",
            "",
            f"核验 check: plenum certificate {CERTIFICATE} --record {RECORD}",
            "",
            "签字 signatures: ______________________    ______________________",
            "",
        ]
    )
