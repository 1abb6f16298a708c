"""`plenum kiosk`: the delegate's station, with a screen or without one."""

import contextlib
import time
from pathlib import Path
from typing import Annotated

import typer

from ballots.crockford import read_fingerprint
from ballots.paper_setting import PaperSetting, PaperUse
from ballots.qr.enrolment import StationRole
from ballots.screen.ballot import Shape
from kiosk.client import Unreachable
from kiosk.durable import make_directory
from kiosk.events import emit_to_stdout, without_turns
from kiosk.follower import Follower
from kiosk.fullscreen import Fullscreen, find_program
from kiosk.kiosk_keys import load_or_create_kiosk_keys
from kiosk.kiosk_page.booth import Booth
from kiosk.kiosk_page.jobs import Jobs
from kiosk.kiosk_page.self_test import Surroundings, self_test
from kiosk.kiosk_page.serving import serving_kiosk
from kiosk.local_page.door import read_link
from kiosk.log_file import LogFile
from kiosk.outbox import Outbox
from kiosk.paper.press import Press, printer_of
from kiosk.paper.printers import CupsPrinter
from kiosk.reaching import CaFingerprintOption, CaOption, EnrolOption, Given, ServerOption, reach
from kiosk.receipts import ReceiptPrinter
from kiosk.rounds import one_round
from kiosk.station import Machine, Setup, Station
from kiosk.turns import Turns
from tally.cli.system import SystemRng, unix_time

POLL_SECONDS = 0.5

PaperOption = Annotated[
    PaperUse | None,
    typer.Option(help="Paper records: off, audit, or record. Without it, what the session says; it must be the same."),
]
PaperEvaluationsOption = Annotated[
    bool, typer.Option("--paper-evaluations", help="Print evaluations too: each paper shows all of somebody's grades.")
]
PrinterOption = Annotated[str | None, typer.Option(help="The printer for paper records, by its name in CUPS.")]
PaperFolderOption = Annotated[Path | None, typer.Option(help="In simulated sessions: a folder, not a printer.")]


def register(app: typer.Typer) -> None:
    """Add the command `kiosk`."""
    app.command("kiosk")(kiosk)


def kiosk(
    fingerprint: Annotated[str, typer.Option(help="The session's fingerprint, as it was read aloud.")],
    keys: Annotated[
        Path,
        typer.Option(
            help="Key file of this kiosk, made if missing; ballot-box.json beside it is shared by all kiosks."
        ),
    ],
    server: ServerOption = None,
    enrol: EnrolOption = None,
    ca: CaOption = None,
    ca_fingerprint: CaFingerprintOption = None,
    ballots: Annotated[str | None, typer.Option(help="File with a ballot a line, or - for standard input.")] = None,
    receipts: Annotated[Path | None, typer.Option(help="Directory for receipts, in place of a printer.")] = None,
    name: Annotated[
        str | None, typer.Option(help="The kiosk's name; by default that of its enrolment, or of its key file.")
    ] = None,
    wait: Annotated[
        bool, typer.Option("--wait", help="Keep ballots of contests that are not open yet until they are.")
    ] = False,
    page: Annotated[bool, typer.Option("--page", help="Show the screen as a page of this machine's browser.")] = False,
    page_port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0: a free one.")] = 0,
    fullscreen: Annotated[
        bool, typer.Option("--fullscreen", help="Show the page in Chromium over the whole screen, with no way out.")
    ] = False,
    slips: Annotated[
        str | None, typer.Option(help="CUPS printer (lpstat -e) of 80 mm for the code of each sealed ballot.")
    ] = None,
    landscape: Annotated[bool, typer.Option("--landscape", help="The screen lies; without it, it stands.")] = False,
    paper: PaperOption = None,
    paper_evaluations: PaperEvaluationsOption = False,
    printer: PrinterOption = None,
    paper_folder: PaperFolderOption = None,
    poll: Annotated[float, typer.Option(min=0.05, help="Seconds between two looks at the log.")] = POLL_SECONDS,
) -> None:
    """Take ballots until the session is sealed. Tells what happens as lines of JSON."""
    page = page or fullscreen
    emit = without_turns(emit_to_stdout()) if page else emit_to_stdout()
    rng = SystemRng()
    typed = read_fingerprint(fingerprint)
    own = load_or_create_kiosk_keys(keys, rng)
    given = Given(server=server, enrol=enrol, ca=ca, ca_fingerprint=ca_fingerprint)
    program = find_program() if fullscreen else ""
    client, enrolled = reach(given, keys.with_suffix(".enrolment.json"), StationRole.KIOSK, rng)
    setup = Setup(name=name or (enrolled.name if enrolled else keys.stem), fingerprint=typed, keys=own)
    if receipts is not None:
        make_directory(receipts)
    if page:
        client = client.hasty()
    follower = Follower(client, verify=False, file=LogFile(keys.with_suffix(".log.jsonl")))
    follower.resume()
    outbox = Outbox(keys.with_suffix(".outbox.sqlite3"))
    machine = Machine(rng=rng, clock=unix_time, emit=emit)
    station = Station(setup, client, follower, outbox, ReceiptPrinter(receipts, emit), machine)
    turns, jobs = Turns(ballots), Jobs()
    said = paper is not None or paper_evaluations
    setting = PaperSetting(paper or PaperUse.OFF, evaluations=paper_evaluations) if said else None
    paper_printer = printer_of(printer, paper_folder, rng)
    press = Press(setting, paper_printer, own.box, rng)
    wrong = (lambda: press.problem(station.state)) if paper_printer is not None else None
    slip_printer = CupsPrinter(slips) if slips else None
    printers = [found for found in (wrong, slip_printer.problem if slip_printer else None) if found is not None]
    around = Surroundings(
        folder=keys.parent, clock=unix_time, rng=rng, printers=tuple(printers), paper=lambda: press.setting
    )
    booth = Booth(station, jobs, time.monotonic, lambda: self_test(station, around), press, slip_printer)
    with contextlib.ExitStack() as stack:
        if page:
            shape = Shape.LANDSCAPE if landscape else Shape.PORTRAIT
            file = keys.with_suffix(".link")
            emit("page", link=stack.enter_context(serving_kiosk(booth, page_port, shape, file)))
            if fullscreen:
                stack.enter_context(contextlib.closing(Fullscreen(program, lambda: read_link(file))))
        while not station.state.sealed:
            # A ballot cast at the screen is in the outbox before the next round, which forgets the order of them.
            if not one_round(station, turns, machine, wait=wait):
                if page:
                    _agree(press, station)
                    booth.prove_when_ready_changes()
                jobs.serve(poll)
    emit("sealed")


def _agree(press: Press, station: Station) -> None:
    """Take the session's setting for paper, as soon as the server says it."""
    if press.setting is None and station.ready:
        with contextlib.suppress(Unreachable):
            press.agree(station.client.paper())
