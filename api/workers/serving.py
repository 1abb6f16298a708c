"""A reader: a process that answers what anybody may read, and carries the rest to the full server.

It holds no secret and no connection that can write. It ends with the full server, whose end it sees at its standard
input; and it ends by itself, for good, when the log in the database is not the one that was signed.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import RawIOBase
from typing import Final

from api.clock import Clock, SystemClock
from api.interpreter import interpreter_for_serving
from api.main import app_around
from api.public_service import PublicService, hub_over
from api.screens.board import HallBoard
from api.store.database import database_at
from api.store.reader import Reader
from api.tls import find_tls
from api.watching.log import begin_log
from api.web import OrderlyServer, web_config
from api.workers.board_files import BoardFiles
from api.workers.door import door_of
from api.workers.follower import Follower, MisfitError
from api.workers.forwarding import Forwarder
from api.workers.gate import Gate
from api.workers.handed import Handed
from api.workers.screen_sign_ins import ScreenSignIns
from api.workers.telling import telling
from tally.cli.system import unix_time

MISFIT: Final = 3
"""The exit status of a reader that is not to be started again."""

_log = logging.getLogger("plenum.reader")


@contextmanager
def running_reader(
    handed: Handed, *, clock: Clock, on_misfit: Callable[[MisfitError], None]
) -> Iterator[tuple[PublicService, Follower]]:
    """What a reader has, following the log for as long as the context lasts.

    Raises:
        MisfitError: the log does not fit its checkpoint.
        InputError: the database is not usable.
    """
    settings = handed.settings
    with ExitStack() as stack:
        database = database_at(settings.database, settings.database_url)
        stack.callback(database.close)
        reader = Reader(database)
        follower = Follower(reader, handed.keys.log, on_misfit)
        follower.start()
        stack.callback(follower.close)
        screens = HallBoard(clock, reader)
        yield (
            PublicService(
                settings=settings,
                clock=clock,
                public_keys=handed.keys,
                accounts=ScreenSignIns(reader, clock),
                reader=reader,
                sequencer=follower,
                index=follower.index,
                boards=BoardFiles(settings.directory),
                live=hub_over(follower, reader, screens, clock),
                screens=screens,
            ),
            follower,
        )


def serve(lines: RawIOBase, mouth: socket.socket | None = None) -> int:
    """Be a reader of the server that holds the other end of `lines`; gives the exit status.

    The server also holds the other end of `mouth`, through which the reader tells its figures.
    """
    handed = Handed.read(lines.readline())
    begin_log(as_json=handed.settings.log_json)
    threading.Thread(target=_end_with, args=(lines,), name="parent", daemon=True).start()
    tls = None if handed.tls is None else find_tls(handed.settings.directory, *handed.tls, now=unix_time())
    try:
        with (
            socket.socket(fileno=handed.listener) as listener,
            running_reader(handed, clock=SystemClock(), on_misfit=_stop) as (service, follower),
            interpreter_for_serving(),
        ):
            carry = Forwarder(door_of(handed.settings.directory))
            app = app_around(service, None if mouth is None else lambda app: telling(app, mouth, service.live))
            gate = Gate(app, carry, follower, service.accounts, handed.keys.log)
            OrderlyServer(web_config(gate, tls)).run(sockets=[listener])
    except MisfitError as error:
        _tell(error)
        return MISFIT
    return 0


def _stop(error: MisfitError) -> None:
    """Answer nothing more, also not what has been asked: the connections end with the process."""
    _tell(error)
    os._exit(MISFIT)


def _tell(error: MisfitError) -> None:
    _log.critical("this reader answers nothing more: %s; stop the server and restore a backup", error)


def _end_with(lines: RawIOBase) -> None:
    """End at once when the full server is gone, which would otherwise leave its address taken."""
    while lines.read(1):
        pass
    _log.error("the server has ended, and its reader with it")
    os._exit(1)
