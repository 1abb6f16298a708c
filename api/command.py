"""`plenum serve`: the service of one session."""

import contextlib
import logging
import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from api.clock import SystemClock
from api.configuration import configure
from api.interpreter import interpreter_for_serving
from api.main import Beside, app_around
from api.pki.server import SOON_DAYS
from api.service import Service, running_service
from api.settings import MAX_WORKERS, Settings
from api.tls import Tls, check_reach, find_tls, public_address
from api.watching.log import begin_log
from api.web import BACKLOG, OrderlyServer, web_config
from api.workers.door import listening
from api.workers.handed import Handed
from api.workers.supervisor import Readers, with_readers
from tally.cli.system import SystemRng, unix_time
from voting_core.errors import InputError

_log = logging.getLogger("plenum.serve")


def register(app: typer.Typer) -> None:
    """Add the command `serve`."""
    app.command("serve")(serve)


def serve(
    data: Annotated[
        Path | None, typer.Option(help="Directory of this session: database, keys, desk token. Made if missing.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; else 127.0.0.1.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one; else 8300.")
    ] = None,
    simulated: Annotated[
        bool | None, typer.Option("--simulated", help="Take simulated sessions, and only these.")
    ] = None,
    without_second_factor: Annotated[
        bool, typer.Option("--without-second-factor", help="Rehearsals only: sign in with a password alone.")
    ] = False,
    official: Annotated[
        list[str] | None,
        typer.Option(help="Public key (hex) of an official; twice. Other officials' sessions are refused."),
    ] = None,
    enrolment: Annotated[
        bool, typer.Option("--enrolment", help="Let only enrolled stations in, as real sessions always do.")
    ] = False,
    tls_cert: Annotated[Path | None, typer.Option(help="Certificate (PEM); by default tls.crt of DATA.")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Its key (PEM); by default tls.key of DATA.")] = None,
    database: Annotated[
        str | None, typer.Option(help="postgresql://user@host/name; without it the embedded database.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=MAX_WORKERS, help="Processes that serve; more than 1 with PostgreSQL only.")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file; else plenum.toml where it is started.")] = None,
) -> None:
    """Serve one session over HTTPS (on this machine alone also HTTP) until stopped (Ctrl-C or SIGTERM).

    docs/settings.md lists all settings.
    """
    os.umask(0o077)
    options = {
        "data": data,
        "host": host,
        "port": port,
        "simulated": simulated,
        "second_factor": False if without_second_factor else None,
        "enrolment": True if enrolment else None,
        "tls_cert": tls_cert,
        "tls_key": tls_key,
        "officials": official or None,
        "database": database,
        "workers": workers,
    }
    configuration = configure(options, os.environ, config)
    settings = configuration.settings()
    begin_log(as_json=settings.log_json)
    host, port = configuration.value("host"), configuration.value("port")
    tls = find_tls(settings.directory, configuration.value("tls_cert"), configuration.value("tls_key"), now=unix_time())
    check_reach(host, tls)
    with listen(host, port) as listener:
        settings = replace(
            settings,
            address=public_address(host, listener.getsockname()[1], tls),
            authority=None if tls is None else tls.authority,
        )
        _serve(settings, listener, tls)


def _serve(settings: Settings, listener: socket.socket, tls: Tls | None) -> None:
    with running_service(settings, clock=SystemClock(), rng=SystemRng()) as service:
        scheme = "http" if tls is None else "https"
        _log.info("serving %s on %s://%s", settings.directory, scheme, settings.address)
        if settings.first_code_file.exists():
            _log.info("nobody has enrolled: the administrator's account and code are in %s", settings.first_code_file)
        if tls is not None and tls.days_left < SOON_DAYS:
            _log.warning("the certificate ends in %d days; run plenum pki renew", tls.days_left)
        with _readers(service, listener, tls) as beside, interpreter_for_serving():
            OrderlyServer(web_config(app_around(service, beside), tls)).run(sockets=[listener])
    _log.info("stopped in order")


@contextlib.contextmanager
def _readers(service: Service, listener: socket.socket, tls: Tls | None) -> Iterator[Beside | None]:
    """What runs beside the application when there are to be several processes."""
    settings = service.settings
    if settings.workers == 1:
        yield None
        return
    files = None if tls is None else (tls.certificate_file, tls.key_file)
    readers = Readers(Handed(settings, service.public_keys, listener.fileno(), files), settings.workers - 1)
    with listening(settings.directory) as door:
        yield lambda app: with_readers(app, door, readers)


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket; port 0 takes any free one.

    Raises:
        InputError: the address is not of this machine, or the port is taken.
    """
    try:
        listener = socket.create_server((host, port), backlog=BACKLOG)
    except OSError as error:
        raise InputError(
            f"{host}:{port}", f"cannot listen there ({_reason(error)})", "Give another --host or --port"
        ) from error
    # Connections inherit it. Without it every answer, head and body, waits 40 ms for the client's acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _reason(error: OSError) -> str:
    """The reason without the address, which the library appends and the sentence names already."""
    return (error.strerror or type(error).__name__).partition(" (while")[0]
