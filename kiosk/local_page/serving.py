"""Serving a page to the person at this machine, and to nobody else."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from kiosk.local_page.door import HOST
from voting_core.errors import InputError

SHUTDOWN_SECONDS: Final = 2


def listen(port: int, option: str = "--port") -> socket.socket:
    """Open the listening socket; port 0 takes any free one.

    Raises:
        InputError: the port is taken.
    """
    try:
        listener = socket.create_server((HOST, port))
    except OSError as error:
        raise InputError(
            f"{HOST}:{port}", "cannot listen there", f"Give another {option}, or leave it out for any free one"
        ) from error
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


@contextlib.contextmanager
def serving(app: ASGIApp, listener: socket.socket, name: str) -> Iterator[uvicorn.Server]:
    """The page at work in a thread of its own, until the block ends."""
    # No access log: it would tell when somebody voted, or what a scrutineer looked at, and have one-time tokens in it.
    config = uvicorn.Config(
        app,
        access_log=False,
        server_header=False,
        date_header=False,
        log_level="error",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        lifespan="off",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name=name, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.should_exit = True
        thread.join()
