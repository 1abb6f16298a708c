"""Serving the kiosk's screen to the browser of this machine, and to nobody else."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Final

import uvicorn

from ballots.screen.ballot import Shape
from kiosk.kiosk_page.app import create_kiosk_page
from kiosk.kiosk_page.booth import Booth
from kiosk.station_page.gate import OPEN_PATH, Keys
from voting_core.errors import InputError

HOST: Final = "127.0.0.1"
SHUTDOWN_SECONDS: Final = 2


@contextlib.contextmanager
def serving_kiosk(booth: Booth, port: int, shape: Shape) -> Iterator[str]:
    """The screen at work in a thread of its own, until the block ends; gives the link that opens it, once.

    Raises:
        InputError: the port is taken.
    """
    try:
        listener = socket.create_server((HOST, port))
    except OSError as error:
        raise InputError(
            f"{HOST}:{port}", "cannot listen there", "Give another --page-port, or leave it out for any free one"
        ) from error
    with listener:
        number, keys = listener.getsockname()[1], Keys()
        config = uvicorn.Config(
            create_kiosk_page(booth, keys, number, shape),
            # No access log: it would tell when somebody voted here.
            access_log=False,
            server_header=False,
            date_header=False,
            log_level="error",
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            lifespan="off",
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="screen", daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{number}{OPEN_PATH}?token={keys.new_token()}"
        finally:
            server.should_exit = True
            thread.join()
