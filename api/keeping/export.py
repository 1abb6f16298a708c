"""What a session leaves to the public, from its data alone: record, results, tables and reports, without a server.

It reads and changes nothing; ballots that wait for their batch are not in the log and stay inside.
"""

from dataclasses import dataclass
from pathlib import Path

from api.sequencer.recovery import replay_log
from api.service_keys import load_keys
from api.services.cosignatures import notes_of_record
from api.settings import Settings
from api.store.database import database_at
from api.store.reader import Reader
from tally.cli.output import RECORD, make_folder, write_record_file, write_results
from voting_core.errors import FatalError, InputError


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
    keys = load_keys(settings.keys_file)
    database = database_at(settings.database, settings.database_url)
    try:
        database.check()
        reader = Reader(database)
        try:
            log, _ = replay_log(reader, lambda _: {})
        except FatalError as error:
            raise InputError(database.name, str(error), "Restore a backup") from error
        if log.session is None:
            raise InputError(
                database.name, "there is no session yet, so there is nothing to export", "Create one first"
            )
        make_folder(out)
        write_record_file(out / RECORD, reader.entries(0, log.size), notes_of_record(reader, log.size), keys.service)
        unprinted = write_results(out, log, reader.entries(0, log.size))
        return Exported(log.size, log.session.simulated, log.sealed, unprinted)
    finally:
        database.close()
