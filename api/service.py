"""Everything that one running server has, put together and taken apart again."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import Request

from api.accounts.account_key import load_or_create_account_key
from api.accounts.accounts import Accounts
from api.accounts.first import ensure_first_administrator
from api.accounts.idle import IdleWatch
from api.clock import Clock
from api.desk_token import load_or_create_token
from api.lock import DirectoryLock
from api.sequencer.admission import Admission
from api.sequencer.appending import Appender
from api.sequencer.arguments import ArgumentChecker
from api.sequencer.closing import Closings
from api.sequencer.cosigned import CosignedTree
from api.sequencer.entries import EntryJudge
from api.sequencer.intake import BallotJudge
from api.sequencer.log_index import LogIndex
from api.sequencer.recovery import recover
from api.sequencer.sequencer import Sequencer
from api.service_keys import ServiceKeys, load_or_create_keys
from api.services.desk import Finder
from api.services.record import RecordShelf
from api.settings import Settings
from api.store.database import Connect, create_schema, open_connection
from api.store.reader import Reader
from api.store.writer import Writer
from voting_core.errors import InputError
from voting_core.rng import Rng
from voting_core.secret import Secret


@dataclass(frozen=True, slots=True)
class Service:
    """A running server without its HTTP."""

    settings: Settings
    clock: Clock
    rng: Rng
    keys: ServiceKeys
    accounts: Accounts
    desk_token: Secret[str]
    operator_token: Secret[str]
    writer: Writer
    reader: Reader
    sequencer: Sequencer
    index: LogIndex
    cosigned: CosignedTree
    records: RecordShelf
    finder: Finder


@contextlib.contextmanager
def running_service(settings: Settings, *, clock: Clock, rng: Rng, connect: Connect | None = None) -> Iterator[Service]:
    """Start from the data directory, and stop in order at the end.

    `connect` opens the writer's connection; tests give one that fails.

    Raises:
        InputError: the directory is in use, or its files are not those of a session.
        FatalError: the database does not hold a valid log.
    """
    try:
        settings.directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            str(settings.directory), f"the directory cannot be made ({error.strerror})", "Give another --data directory"
        ) from error
    with contextlib.ExitStack() as stack:
        stack.enter_context(DirectoryLock(settings.lock_file))
        create_schema(settings.database)
        reader = Reader(settings.database)
        _check_keys_are_there(settings, reader)
        keys = load_or_create_keys(settings.keys_file, rng)
        desk_token = load_or_create_token(settings.desk_token_file, rng)
        operator_token = load_or_create_token(settings.operator_token_file, rng)
        checker = ArgumentChecker(settings.verify_threads)
        stack.callback(checker.close)
        admission = Admission(settings, keys)
        recovered = recover(reader, admission, checker.failures)
        writer = Writer(connect or (lambda: open_connection(settings.database)))
        stack.callback(writer.close)
        appender = Appender(recovered.view, recovered.index, writer, keys.log)
        closings = Closings(clock, settings.freeze_seconds)
        cosigned = CosignedTree(*recovered.cosigned)
        ballots = BallotJudge(appender, closings, checker.failures, cosigned, settings.batch_size)
        entries = EntryJudge(appender, closings, admission)
        sequencer = Sequencer(appender, ballots, entries, settings.queue_limit)
        stack.callback(sequencer.close)
        accounts = Accounts(
            writer,
            reader,
            clock,
            rng,
            load_or_create_account_key(settings.accounts_key_file, rng),
            settings.first_code_file,
            IdleWatch(clock),
            settings.second_factor,
        )
        ensure_first_administrator(accounts)
        records = RecordShelf(settings.directory, reader, sequencer, keys.service)
        yield Service(
            settings=settings,
            clock=clock,
            rng=rng,
            keys=keys,
            accounts=accounts,
            desk_token=desk_token,
            operator_token=operator_token,
            writer=writer,
            reader=reader,
            sequencer=sequencer,
            index=recovered.index,
            cosigned=cosigned,
            records=records,
            finder=Finder(reader),
        )


def _check_keys_are_there(settings: Settings, reader: Reader) -> None:
    """Never make new keys for a log that others have signed.

    Raises:
        InputError: the log has entries and the keys are missing, or the database cannot be read.
    """
    try:
        size = reader.size()
    except sqlite3.OperationalError as error:
        raise InputError(
            str(settings.database), f"cannot be read or written ({error})", "Free space on the disk and start again"
        ) from error
    if size and not settings.keys_file.exists():
        raise InputError(
            str(settings.keys_file), "is missing beside the database of its session", "Restore it from the backup"
        )


def service_of(request: Request) -> Service:
    """The service that answers a request."""
    service = request.app.state.service
    if not isinstance(service, Service):
        raise TypeError("the application was not started with a service")
    return service
