"""`plenum scrutineer`: the scrutineer's station, without a screen for now."""

import time
from pathlib import Path
from typing import Annotated

import typer

from kiosk.client import connect
from kiosk.events import emit_to_stdout
from kiosk.follower import Follower
from kiosk.inbox import Inbox
from kiosk.log_file import LogFile
from kiosk.scrutineer import Scrutineer
from kiosk.scrutineer_files import ScrutineerFiles
from kiosk.trustee_desk import ScrutineerMachine, ScrutineerSetup, TrusteeDesk
from tally.cli.passphrase import read_passphrase
from tally.cli.system import SystemRng, unix_time
from tally.entries.entry_type import EntryType
from voting_core.params import MAX_TRUSTEES

POLL_SECONDS = 0.5


def register(app: typer.Typer) -> None:
    """Add the command `scrutineer`."""
    app.command("scrutineer")(scrutineer)


def scrutineer(
    server: Annotated[str, typer.Option(help="Address of the server, such as http://10.0.0.1:8300.")],
    directory: Annotated[
        Path, typer.Option("--dir", help="Directory of this scrutineer: key file, memory, log, inbox.")
    ],
    name: Annotated[str, typer.Option(help="The scrutineer's name, as it will stand in the record.")],
    index: Annotated[int, typer.Option(min=1, max=MAX_TRUSTEES, help="The scrutineer's number, from 1.")],
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
    setup = ScrutineerSetup(
        index=index,
        name=name,
        approve=frozenset(approve or ()),
        decrypts=not verify_only,
        compares=not sign_without_comparing,
        gather=gather,
    )
    rng = SystemRng()
    machine = ScrutineerMachine(rng=rng, clock=unix_time, monotonic=time.monotonic, emit=emit_to_stdout())
    files = ScrutineerFiles(directory, read_passphrase(passphrase_file), rng)
    client = connect(server)
    follower = Follower(client, verify=True, file=LogFile(directory / "log.jsonl"))
    desk = TrusteeDesk(setup, client, follower, files, machine)
    follower.resume(desk.witnessed)
    station = Scrutineer(desk, Inbox(directory / "inbox"))
    while station.one_round():
        time.sleep(poll)
