"""How every process of the server speaks HTTP."""

import ssl
from collections.abc import Callable
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from api.tls import Tls

SHUTDOWN_SECONDS: Final = 10
"""How long open requests may take when the server is told to stop."""

BACKLOG: Final = 1_024
"""Connections that may wait to be accepted."""

PROXIES: Final = "127.0.0.1"
"""Whose `X-Forwarded-For` is believed: that of a proxy on this machine. The library would ask the environment."""


def web_config(app: ASGIApp, tls: Tls | None = None, **options: Any) -> uvicorn.Config:
    """The configuration of a server of this application; `options` are those of the library."""
    # No access log: it would tell which kiosk sent what, and when.
    return uvicorn.Config(
        app,
        access_log=False,
        server_header=False,
        log_level="warning",
        backlog=BACKLOG,
        forwarded_allow_ips=PROXIES,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        ssl_context_factory=None if tls is None else _context_of(tls),
        **options,
    )


def _context_of(tls: Tls) -> Callable[[uvicorn.Config, Callable[[], ssl.SSLContext]], ssl.SSLContext]:
    """The server's own context in place of the library's, which takes weaker ciphers."""

    def make(_: uvicorn.Config, __: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
        return tls.context()

    return make
