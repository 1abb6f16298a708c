"""What a session leaves to the public, from its data alone: record, results, tables and reports, without a server.

It reads and changes nothing; ballots that wait for their batch are not in the log and stay inside.
"""

from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from api.sequencer.recovery import replay_log
from api.service_keys import load_keys
from api.services.cosignatures import notes_of_record
from api.settings import Settings
from api.store.database import database_at
from api.store.reader import Reader
from tally.cli.output import RECORD, make_folder, write_record_file, write_results
from tally.record.read import RecordReader
from tally.state import State
from voting_core.errors import FatalError, InputError, PlenumError


@dataclass(frozen=True, slots=True)
class Exported:
    """How long the log is, whether the session is a rehearsal or sealed, and which reports could not be printed."""

    size: int
    simulated: bool
    sealed: bool
    unprinted: tuple[str, ...]


def export_session(settings: Settings, out: Path) -> Exported:
    """Write record.zip, results.json, a table for each contest and the reports into a folder that has none yet.

    Raises:
        InputError: there is no session, its database or keys cannot be used, the folder has an export already, or the
            disk is full.
    """
    if not settings.database_url and not settings.database.exists():
        raise InputError(str(settings.directory), "there is no session in it", "Name the folder of a session")
    if (out / RECORD).exists():
        raise InputError(str(out), f"has a {RECORD} already; nothing is overwritten", "Give another folder with --out")
    database = database_at(settings.database, settings.database_url)
    try:
        database.check()
        reader = Reader(database)
        try:
            log, _ = replay_log(reader, None)
        except FatalError as error:
            raise InputError(database.name, str(error), "Restore a backup") from error
        if log.session is None:
            raise InputError(
                database.name, "there is no session yet, so there is nothing to export", "Create one first"
            )
        make_folder(out)
        write_record_of(settings, reader, log, out)
        unprinted = write_results(out, log, reader.entries(0, log.size))
        return Exported(log.size, log.session.simulated, log.sealed, unprinted)
    finally:
        database.close()


def write_record_of(settings: Settings, reader: Reader, log: State, out: Path) -> None:
    """Write record.zip of a log, or see that the one that is there is of this log; then read it back and compare.

    Raises:
        InputError: the keys cannot be used, the disk is full, or what is on the disk is of another log.
    """
    path = out / RECORD
    if not path.exists():
        keys = load_keys(settings.keys_file)
        write_record_file(path, reader.entries(0, log.size), notes_of_record(reader, log.size), keys.service)
    try:
        with path.open("rb") as source:
            same = all(
                ours == theirs
                for ours, theirs in zip_longest(reader.entries(0, log.size), RecordReader(source).entries())
            )
    except (PlenumError, OSError) as error:
        raise InputError(
            str(path), f"cannot be read back ({error})", "Check the disk, or give another folder"
        ) from error
    if not same:
        raise InputError(str(path), "is the record of another log", "Give another folder with --out")
