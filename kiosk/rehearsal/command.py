"""`plenum rehearse`: everything for a rehearsal on this machine; `make serve` runs it."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.text import Text

from kiosk.demo.processes import PLENUM, Processes
from kiosk.durable import write_durably
from kiosk.rehearsal.example import EXAMPLE, plan_of
from kiosk.rehearsal.guide import FILE, Numbers, guide, kiosk_line
from kiosk.rehearsal.hall import RehearsalHall
from voting_core.errors import FatalError

FOLDER: Final = Path("build/rehearsal")
LOOK_SECONDS: Final = 0.5

KEPT: Final = "session"
"""The session as it was when the rehearsal began: its stations have the seats of its scrutineers."""


def register(app: typer.Typer) -> None:
    """Add the command `rehearse`."""
    app.command("rehearse")(rehearse)


def rehearse(
    session: Annotated[
        Path, typer.Option("--session", help="Folder with session.toml to rehearse; its scrutineers get stations.")
    ] = EXAMPLE,
    folder: Annotated[
        Path, typer.Option("--dir", help="Where the rehearsal lies; an older one there goes on, with its session.")
    ] = FOLDER,
    port: Annotated[int, typer.Option(min=1024, max=65400, help="Port of the server; the pages come after it.")] = 8300,
) -> None:
    """Start a server, scrutineers' stations and a kiosk for a rehearsal. Ctrl-C stops them; nothing is lost."""
    console = Console()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    kept = folder / KEPT
    files, plan = plan_of(kept if kept.is_dir() else session)
    numbers = Numbers(plan.roll.should_attend, plan.roll.present)
    with Processes(folder / "logs") as processes:
        hall = RehearsalHall(folder, port, plan.scrutineers.names, files, processes, _run)
        hall.make_accounts()
        kept.mkdir(exist_ok=True)
        for name, content in files.items():
            (kept / name).write_bytes(content)
        hall.start()
        console.print(Text("演练正在启动 the rehearsal starts …"))
        try:
            _watch(hall, numbers, console)
        except KeyboardInterrupt:
            console.print("停止 stopping …")
        finally:
            # Links of programs that have ended open nothing, and would only mislead.
            (folder / FILE).unlink(missing_ok=True)


def _watch(hall: RehearsalHall, numbers: Numbers, console: Console) -> None:
    """Tell everything when it stands ready, the kiosk when it comes, and all of it again when Enter is pressed."""
    written, has_kiosk = "", False
    while True:
        hall.look()
        if hall.is_up:
            text, kiosk = guide(hall, numbers), hall.kiosk()
            if not written:
                _say(console, text)
                has_kiosk = bool(kiosk.link)
                threading.Thread(target=_again, args=(hall, numbers, console), name="enter", daemon=True).start()
            elif kiosk.link and not has_kiosk:
                _say(console, kiosk_line(kiosk))
                has_kiosk = True
            if text != written:
                write_durably(hall.folder / FILE, text.encode() + b"\n")
                written = text
        time.sleep(LOOK_SECONDS)


def _again(hall: RehearsalHall, numbers: Numbers, console: Console) -> None:
    for _ in sys.stdin:
        _say(console, guide(hall, numbers))


def _say(console: Console, text: str) -> None:
    console.print(Text(text), soft_wrap=True)


def _run(arguments: list[str]) -> None:
    done = subprocess.run([*PLENUM, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise FatalError(f"plenum {arguments[0]} failed:\n{done.stderr.strip()}")
