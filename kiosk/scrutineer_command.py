"""`plenum scrutineer`: the scrutineer's station, with a page on the scrutineer's own laptop, or without one."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from ballots.qr.enrolment import StationRole
from kiosk.enrolment import FILE as ENROLMENT
from kiosk.enrolment import read_enrolment
from kiosk.events import emit_to_stdout
from kiosk.follower import Follower
from kiosk.inbox import Inbox
from kiosk.local_page.door import read_link
from kiosk.log_file import LogFile
from kiosk.reaching import CaFingerprintOption, CaOption, EnrolOption, Given, ServerOption, reach
from kiosk.scrutineer import Scrutineer
from kiosk.scrutineer_files import ScrutineerFiles
from kiosk.station_page.seat import Seat, open_station
from kiosk.station_page.serving import Terminal, serve
from kiosk.station_page.station import LINK_FILE, StationPage
from kiosk.trustee_desk import ScrutineerMachine, ScrutineerSetup, TrusteeDesk
from tally.cli.passphrase import read_passphrase
from tally.cli.system import SystemRng, unix_time
from tally.entries.entry_type import EntryType
from voting_core.errors import InputError
from voting_core.params import MAX_TRUSTEES

POLL_SECONDS = 0.5

DIRECTORY: Final = Path("plenum-scrutineer")
"""Where the station keeps its files when nobody names a directory."""


def register(app: typer.Typer) -> None:
    """Add the command `scrutineer`."""
    app.command("scrutineer")(scrutineer)


def scrutineer(
    directory: Annotated[
        Path, typer.Option("--dir", help="Directory of this scrutineer: key file, memory, copy of the log.")
    ] = DIRECTORY,
    server: ServerOption = None,
    enrol: EnrolOption = None,
    ca: CaOption = None,
    ca_fingerprint: CaFingerprintOption = None,
    name: Annotated[
        str | None, typer.Option(help="The scrutineer's name, as it will stand in the record; by default as enrolled.")
    ] = None,
    index: Annotated[
        int | None, typer.Option(min=1, max=MAX_TRUSTEES, help="The number, from 1; by default as enrolled.")
    ] = None,
    passphrase_file: Annotated[
        Path | None, typer.Option(help="File with the passphrase; without it, it is asked.")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page on this machine; 0: a free one.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in this machine's browser.")] = True,
    link: Annotated[
        bool,
        typer.Option("--link", help="Print the link that opens the page of the station running in --dir, and end."),
    ] = False,
    verify_only: Annotated[bool, typer.Option("--verify-only", help="Witness and verify, but give no share.")] = False,
    headless: Annotated[
        bool, typer.Option("--headless", help="No page: lines of JSON, and requests as files in inbox/.")
    ] = False,
    approve: Annotated[
        list[EntryType] | None,
        typer.Option(metavar="TYPE", help="Headless: sign proposals of this type by itself; repeatable."),
    ] = None,
    sign_without_comparing: Annotated[
        bool,
        typer.Option(
            "--sign-without-comparing",
            help="DANGER, headless: sign closed roots that nobody has compared. For demonstrations and measurements.",
        ),
    ] = False,
    gather: Annotated[float, typer.Option(min=0, help="Seconds to wait for others to commit before sharing.")] = 2.0,
    poll: Annotated[float, typer.Option(min=0.05, help="Seconds between two looks at the log.")] = POLL_SECONDS,
) -> None:
    """Take part from the key ceremony to the sealed log, on a page of this machine alone."""
    if link:
        typer.echo(read_link(directory / LINK_FILE))
        return
    given = Given(server=server, enrol=enrol, ca=ca, ca_fingerprint=ca_fingerprint)
    seat = Seat(server=server or "", name=name or "", index=index or 0, decrypts=not verify_only)
    if headless:
        setup = ScrutineerSetup(
            index=0,
            name="",
            approve=frozenset(approve or ()),
            decrypts=not verify_only,
            compares=not sign_without_comparing,
            gather=gather,
        )
        _without_page(directory, given, seat, passphrase_file, setup, poll)
        return
    if approve or sign_without_comparing:
        problem = "on the page a person decides what is signed"
        raise InputError("--approve, --sign-without-comparing", problem, "Add --headless, or leave them out")
    os.umask(0o077)
    # A laptop that is shut down stops the page as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    serve(directory, port, Terminal.own(browser=browser), _preparing(given, seat, passphrase_file, poll, gather))


def _without_page(
    directory: Path, given: Given, seat: Seat, passphrase_file: Path | None, setup: ScrutineerSetup, poll: float
) -> None:
    """Do the rounds until the session is sealed, and say what happens."""
    rng = SystemRng()
    client, enrolled = reach(given, directory / ENROLMENT, StationRole.SCRUTINEER, rng)
    if enrolled is not None:
        seat = replace(seat, name=seat.name or enrolled.name, index=seat.index or enrolled.number)
    if not seat.name or not seat.index:
        raise InputError("scrutineer", "--name or --index is missing", "Give both, or --enrol with a code")
    setup = replace(setup, index=seat.index, name=seat.name)
    machine = ScrutineerMachine(rng=rng, clock=unix_time, monotonic=time.monotonic, emit=emit_to_stdout())
    files = ScrutineerFiles(directory, read_passphrase(passphrase_file), rng)
    follower = Follower(client, verify=True, file=LogFile(directory / "log.jsonl"))
    desk = TrusteeDesk(setup, client, follower, files, machine)
    follower.resume(desk.witnessed)
    station = Scrutineer(desk, Inbox(directory / "inbox"))
    while station.one_round():
        time.sleep(poll)


def _preparing(
    given: Given, seat: Seat, passphrase_file: Path | None, poll: float, gather: float
) -> Callable[[StationPage], None]:
    """What is done before the page is served: enrol and sit down, as far as the command line says how."""

    def prepare(station: StationPage) -> None:
        if given.enrol is not None:
            client, _ = reach(given, station.directory / ENROLMENT, StationRole.SCRUTINEER, SystemRng())
            client.http.close()
        station.given = replace(given, enrol=None)
        station.open = partial(open_station, given=station.given, poll=poll, gather=gather)
        known = station.seat or _known_seat(station.directory, seat)
        if known is not None and passphrase_file is not None:
            station.sit_down(known, read_passphrase(passphrase_file))
        elif known is not None:
            station.seat = known

    return prepare


def _known_seat(directory: Path, seat: Seat) -> Seat | None:
    """The seat of the command line, completed by the enrolment; None where the page has to ask."""
    enrolled = read_enrolment(directory / ENROLMENT)
    if enrolled is not None and enrolled.is_complete:
        seat = replace(
            seat,
            server=seat.server or enrolled.server,
            name=seat.name or enrolled.name,
            index=seat.index or enrolled.number,
        )
    return seat if seat.server and seat.name and seat.index else None
