"""`plenum scrutineer`: the scrutineer's station, without a screen for now."""

import time
from pathlib import Path
from typing import Annotated

import typer

from ballots.qr.enrolment import StationRole
from kiosk.enrolment import FILE as ENROLMENT
from kiosk.events import emit_to_stdout
from kiosk.follower import Follower
from kiosk.inbox import Inbox
from kiosk.log_file import LogFile
from kiosk.reaching import CaFingerprintOption, CaOption, EnrolOption, Given, ServerOption, reach
from kiosk.scrutineer import Scrutineer
from kiosk.scrutineer_files import ScrutineerFiles
from kiosk.trustee_desk import ScrutineerMachine, ScrutineerSetup, TrusteeDesk
from tally.cli.passphrase import read_passphrase
from tally.cli.system import SystemRng, unix_time
from tally.entries.entry_type import EntryType
from voting_core.errors import InputError
from voting_core.params import MAX_TRUSTEES

POLL_SECONDS = 0.5


def register(app: typer.Typer) -> None:
    """Add the command `scrutineer`."""
    app.command("scrutineer")(scrutineer)


def scrutineer(
    directory: Annotated[
        Path, typer.Option("--dir", help="Directory of this scrutineer: key file, memory, log, inbox.")
    ],
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
    approve: Annotated[
        list[EntryType] | None, typer.Option(metavar="TYPE", help="Sign proposals of this type by itself; repeatable.")
    ] = None,
    verify_only: Annotated[bool, typer.Option("--verify-only", help="Witness and verify, but give no share.")] = False,
    sign_without_comparing: Annotated[
        bool,
        typer.Option(
            "--sign-without-comparing",
            help="DANGER: sign closed roots that nobody has compared. Only for demonstrations and measurements.",
        ),
    ] = False,
    gather: Annotated[float, typer.Option(min=0, help="Seconds to wait for others to commit before sharing.")] = 2.0,
    poll: Annotated[float, typer.Option(min=0.05, help="Seconds between two looks at the log.")] = POLL_SECONDS,
) -> None:
    """Take part from the key ceremony to the sealed log. Tells what happens as lines of JSON."""
    rng = SystemRng()
    given = Given(server=server, enrol=enrol, ca=ca, ca_fingerprint=ca_fingerprint)
    client, enrolled = reach(given, directory / ENROLMENT, StationRole.SCRUTINEER, rng)
    if enrolled is not None:
        name, index = name or enrolled.name, index or enrolled.number
    if name is None or index is None:
        raise InputError("scrutineer", "--name or --index is missing", "Give both, or --enrol with a code")
    setup = ScrutineerSetup(
        index=index,
        name=name,
        approve=frozenset(approve or ()),
        decrypts=not verify_only,
        compares=not sign_without_comparing,
        gather=gather,
    )
    machine = ScrutineerMachine(rng=rng, clock=unix_time, monotonic=time.monotonic, emit=emit_to_stdout())
    files = ScrutineerFiles(directory, read_passphrase(passphrase_file), rng)
    follower = Follower(client, verify=True, file=LogFile(directory / "log.jsonl"))
    desk = TrusteeDesk(setup, client, follower, files, machine)
    follower.resume(desk.witnessed)
    station = Scrutineer(desk, Inbox(directory / "inbox"))
    while station.one_round():
        time.sleep(poll)
