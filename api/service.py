"""Everything that one running server has, put together and taken apart again."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fastapi import Request

from api.accounts.account_key import load_or_create_account_key
from api.accounts.accounts import Accounts
from api.accounts.first import ensure_first_administrator
from api.accounts.idle import IdleWatch
from api.clock import Clock
from api.desk_token import load_or_create_token
from api.lock import DirectoryLock
from api.public_service import PublicKeys, PublicService, hub_over
from api.screens.board import HallBoard
from api.sequencer.admission import Admission
from api.sequencer.appending import Appender
from api.sequencer.backend import backend_of
from api.sequencer.cosigned import CosignedTree
from api.sequencer.entries import EntryJudge
from api.sequencer.intake import BallotJudge
from api.sequencer.looking import Looker
from api.sequencer.recovery import recover
from api.sequencer.sequencer import Sequencer
from api.service_keys import ServiceKeys, load_or_create_keys
from api.services.boards import BoardShelf
from api.services.desk import Finder
from api.services.history import History
from api.services.record import RecordShelf
from api.settings import Settings
from api.store.accounts import read_official_keys
from api.store.database import Connect, Database, create_schema, database_at
from api.store.failures import StorageError
from api.store.queues import Told, read_queues
from api.store.reader import Reader
from api.store.writer import Writer
from voting_core.errors import InputError
from voting_core.rng import Rng
from voting_core.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(PublicService):
    """A running server without its HTTP."""

    rng: Rng
    keys: ServiceKeys
    accounts: Accounts
    desk_token: Secret[str]
    operator_token: Secret[str]
    database: Database
    writer: Writer
    sequencer: Sequencer
    cosigned: CosignedTree
    records: RecordShelf
    finder: Finder
    boards: BoardShelf
    history: History


@contextlib.contextmanager
def running_service(settings: Settings, *, clock: Clock, rng: Rng, connect: Connect | None = None) -> Iterator[Service]:
    """Start from the data directory, and stop in order at the end.

    `connect` opens the writer's connection; tests give one that fails.

    Raises:
        InputError: the directory is in use, or its files are not those of a session.
        FatalError: the database does not hold a valid log.
    """
    try:
        # The database, and the board with the folders of single persons, are for the server's own account.
        settings.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            str(settings.directory), f"the directory cannot be made ({error.strerror})", "Give another --data directory"
        ) from error
    with contextlib.ExitStack() as stack:
        stack.enter_context(DirectoryLock(settings.lock_file))
        database = database_at(settings.database, settings.database_url)
        stack.callback(database.close)
        database.check()
        # On PostgreSQL the writer's connection holds the lock, so it is there before anything is changed or read.
        writer = _writer(database, connect or database.connect)
        stack.callback(writer.close)
        create_schema(database)
        _write_once(database, writer)
        reader = Reader(database)
        _check_keys_are_there(settings, reader)
        keys = load_or_create_keys(settings.keys_file, rng)
        desk_token = load_or_create_token(settings.desk_token_file, rng)
        operator_token = load_or_create_token(settings.operator_token_file, rng)
        group = backend_of(fast=settings.fast_backend)
        looker = Looker(settings.verify_threads, settings.verify_processes, group)
        stack.callback(looker.close)
        admission = Admission(settings, keys, lambda: reader.read(read_official_keys), clock.unix, _queues(reader))
        recovered = recover(reader, admission, looker, group)
        appender = Appender(recovered.view, recovered.index, writer, keys.log)
        cosigned = CosignedTree(*recovered.cosigned)
        ballots = BallotJudge(appender, looker, cosigned, settings.batch_size)
        entries = EntryJudge(appender, admission)
        sequencer = Sequencer(appender, ballots, entries, settings.queue_limit, looker.hands)
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
        boards = BoardShelf(
            settings.directory,
            reader,
            sequencer,
            cosigned,
            keys.service,
            clock,
        )
        stack.callback(boards.close)
        board = HallBoard(clock, reader)
        yield Service(
            settings=settings,
            clock=clock,
            public_keys=PublicKeys(keys.log.public, keys.service.public),
            rng=rng,
            keys=keys,
            accounts=accounts,
            desk_token=desk_token,
            operator_token=operator_token,
            database=database,
            writer=writer,
            reader=reader,
            sequencer=sequencer,
            index=recovered.index,
            cosigned=cosigned,
            records=records,
            finder=Finder(reader),
            boards=boards,
            history=History(reader),
            screens=board,
            live=hub_over(sequencer, reader, board, clock),
        )


def _queues(reader: Reader) -> Callable[[str], dict[bytes, Told]]:
    return lambda contest: reader.read(lambda connection: read_queues(connection, contest))


def _writer(database: Database, connect: Connect) -> Writer:
    try:
        return Writer(connect, database)
    except database.errors as error:
        raise _unwritable(database) from error


def _write_once(database: Database, writer: Writer) -> None:
    """Count one commit before anything is read: from here on the writer notices when somebody else writes.

    Raises:
        InputError: the database takes no writes.
    """
    try:
        writer.submit(lambda _: None).result()
    except StorageError as error:
        raise _unwritable(database) from error


def _unwritable(database: Database) -> InputError:
    return InputError(database.name, "the database cannot be written", "Free space on the disk and start again")


def _check_keys_are_there(settings: Settings, reader: Reader) -> None:
    """Never make new keys for a log that others have signed.

    Raises:
        InputError: the log has entries and the keys are missing.
    """
    if reader.size() and not settings.keys_file.exists():
        raise InputError(
            str(settings.keys_file), "is missing beside the database of its session", "Restore it from the backup"
        )


def service_of(request: Request) -> Service:
    """The service that answers a request."""
    service = request.app.state.service
    if not isinstance(service, Service):
        raise TypeError("the application was not started with a service")
    return service
