"""`plenum rehearse`: everything for a rehearsal on this machine; `make serve` runs it."""

import signal
import subprocess
import time
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.demo.processes import PLENUM, Processes
from kiosk.rehearsal.hall import RehearsalHall
from kiosk.rehearsal.people import PARTS, PASSWORD, SCRUTINEERS
from voting_core.errors import FatalError

FOLDER: Final = Path("build/rehearsal")
LOOK_SECONDS: Final = 0.5


def register(app: typer.Typer) -> None:
    """Add the command `rehearse`."""
    app.command("rehearse")(rehearse)


def rehearse(
    folder: Annotated[
        Path, typer.Option("--dir", help="Where the rehearsal lies; an older one there goes on.")
    ] = FOLDER,
    port: Annotated[int, typer.Option(min=1024, max=65400, help="Port of the server; the pages come after it.")] = 8300,
    scrutineers: Annotated[int, typer.Option(min=2, max=len(SCRUTINEERS), help="How many stations.")] = 3,
) -> None:
    """Start a server, scrutineers' stations and a kiosk for a rehearsal. Ctrl-C stops them; nothing is lost."""
    console = Console()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Processes(folder / "logs") as processes:
        hall = RehearsalHall(folder, port, scrutineers, processes, _run)
        hall.make_accounts()
        hall.start()
        _show(console, hall)
        try:
            while True:
                for told in hall.look():
                    console.print(Text(f"{told.what}: {told.address}"), soft_wrap=True)
                time.sleep(LOOK_SECONDS)
        except KeyboardInterrupt:
            console.print("停止 stopping …")


def _show(console: Console, hall: RehearsalHall) -> None:
    table = Table("账户 account", "姓名 name", "职责 duty")
    for part in PARTS:
        table.add_row(part.account, part.name, part.duty)
    console.print(Text("演练 · rehearsal", style="bold"))
    console.print(Text(f"密码 password: {PASSWORD}"), soft_wrap=True)
    console.print(table)
    console.print(
        Text(
            f"准备会议时设 {hall.scrutineers} 名监票人，步骤见 docs/officials.md。链接只能打开一次：\n"
            f"Set up {hall.scrutineers} scrutineers; the steps are in docs/officials.md. Each link opens once:"
        ),
        soft_wrap=True,
    )


def _run(arguments: list[str]) -> None:
    done = subprocess.run([*PLENUM, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise FatalError(f"plenum {arguments[0]} failed:\n{done.stderr.strip()}")
