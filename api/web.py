"""How every process of the server speaks HTTP."""

import contextlib
import signal
import ssl
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from api.tls import Tls

SHUTDOWN_SECONDS: Final = 10
"""How long open requests may take when the server is told to stop."""

BACKLOG: Final = 1_024
"""Connections that may wait to be accepted."""

KEEP_ALIVE_SECONDS: Final = 30
"""How long an idle connection is kept: stations ask every few seconds, and a new one over TLS costs both sides."""

PROXIES: Final = "127.0.0.1"
"""Whose `X-Forwarded-For` is believed: that of a proxy on this machine. The library would ask the environment."""


class OrderlyServer(uvicorn.Server):
    """A server that, told to stop by SIGTERM, answers what was asked and gives control back.

    The library would send itself the signal again, which ends a process where it stands: nothing that is to be closed
    after the server would be.
    """

    _interrupted = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take SIGTERM and Ctrl-C as the wish to stop; a second Ctrl-C waits for no open request."""
        self._interrupted = self._interrupted or sig == signal.SIGINT
        super().handle_exit(sig, frame)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the signals for as long as the context lasts.

        Raises:
            KeyboardInterrupt: it was Ctrl-C; afterwards, and not where the program stood.
        """
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)
        if self._interrupted:
            raise KeyboardInterrupt


def web_config(
    app: ASGIApp, tls: Tls | None = None, *, keep_alive: int = KEEP_ALIVE_SECONDS, **options: Any
) -> uvicorn.Config:
    """The configuration of a server of this application; `options` are those of the library."""
    # No access log: it would tell which kiosk sent what, and when.
    return uvicorn.Config(
        app,
        access_log=False,
        server_header=False,
        # The library's own handlers would write what exceptions say (api.watching.log).
        log_config=None,
        log_level="warning",
        backlog=BACKLOG,
        forwarded_allow_ips=PROXIES,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        timeout_keep_alive=keep_alive,
        ssl_context_factory=None if tls is None else _context_of(tls),
        **options,
    )


def _context_of(tls: Tls) -> Callable[[uvicorn.Config, Callable[[], ssl.SSLContext]], ssl.SSLContext]:
    """The server's own context in place of the library's, which takes weaker ciphers."""

    def make(_: uvicorn.Config, __: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
        return tls.context()

    return make
