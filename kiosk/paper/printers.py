"""Printers: CUPS by `lp`, whose spool survives a power cut, or a folder for trials.

A printer says what is wrong in a sentence for the person who stands there. The name of a job says nothing, and no job
is numbered after a ballot.
"""

import os
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from ballots.screen.words import Said
from kiosk.durable import make_directory, write_durably
from voting_core.errors import InputError
from voting_core.secret import Secret

PATIENCE_SECONDS: Final = 20
"""CUPS on this machine answers at once; one that does not is not running."""

JOB_TITLE: Final = "plenum"
_TAKEN: Final = re.compile(r"request id is ([A-Za-z0-9][A-Za-z0-9_.-]{0,126}-[0-9]{1,10}) ")
"""What `lp` answers: the job by its printer and number."""

_NO_TIME: Final = (0, 0)
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,126}")

STAFF: Final = "printer"
"""The place of errors about printers."""

NOT_THERE: Final = Said(
    "没有这台打印机，或打印服务没有运行，请工作人员检查",
    "There is no such printer, or the print service is off; call the staff",
)
REFUSED: Final = Said(
    "打印机没有接受这一张，请工作人员检查后重印", "The printer did not take the sheet; call the staff, then print again"
)
PAUSED: Final = Said("打印机已停用，请工作人员恢复", "The printer is paused; the staff must resume it")

CONNECTING: Final = Said("打印机没有连接，请工作人员检查电源和连线", "The printer is offline; check power and cable")
"""It is being reached for: the sheet before may just be on its way, so this alone keeps none back."""

_WARNING: Final = re.compile(r"[a-z-]+-warning")
"""What RFC 8011 calls so lets a printer go on: one of two trays is empty, toner is low."""

_ALERTS: Final = (
    ("media-empty", Said("打印机缺纸，请工作人员加纸", "The printer is out of paper; call the staff")),
    ("media-needed", Said("打印机缺纸，请工作人员加纸", "The printer is out of paper; call the staff")),
    ("media-jam", Said("打印机卡纸，请工作人员处理", "Paper is jammed in the printer; call the staff")),
    ("cover-open", Said("打印机盖没有关好，请工作人员检查", "The printer's cover is open; call the staff")),
    ("door-open", Said("打印机盖没有关好，请工作人员检查", "The printer's cover is open; call the staff")),
    ("marker-supply-empty", Said("打印机没有墨粉，请工作人员更换", "The printer has no toner; call the staff")),
    ("toner-empty", Said("打印机没有墨粉，请工作人员更换", "The printer has no toner; call the staff")),
    ("offline", Said("打印机没有连接，请工作人员检查电源和连线", "The printer is offline; check its power and cable")),
    ("connecting-to-device", CONNECTING),
)


class PrinterError(InputError):
    """A sheet was not printed. `said` is for the screen; the marks are still there, and it can be printed again."""

    def __init__(self, said: Said) -> None:
        super().__init__(STAFF, said.en, "Print again")
        self.said = said


class Printer(Protocol):
    """Where paper records go."""

    def problem(self) -> Said | None:
        """What keeps it from printing now, in one sentence; None when nothing does."""

    def send(self, sheet: Secret[bytes]) -> None:
        """Take one sheet, durably.

        Raises:
            PrinterError: it did not.
        """

    def take_back(self) -> None:
        """Drop the last sheet where it still waits, so that it does not come out later. What came out stays."""


class Answer(NamedTuple):
    """How a program ended, and what it said."""

    code: int
    said: str


Run = Callable[[Sequence[str], bytes], Answer]


def run_program(command: Sequence[str], given: bytes) -> Answer:
    """Run a program of CUPS, in the language in which we read its answer."""
    try:
        done = subprocess.run(
            command,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "LC_ALL": "C"},
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return Answer(127, "")
    return Answer(done.returncode, done.stdout.decode("utf-8", "replace"))


class CupsPrinter:
    """A printer of this machine's CUPS. A sheet that `lp` has taken is in the spool, also after a power cut."""

    def __init__(self, name: str, run: Run = run_program) -> None:
        """A printer by its name in CUPS.

        Raises:
            InputError: this can be no name of a printer.
        """
        if _NAME.fullmatch(name) is None:
            raise InputError(STAFF, f"{name!r} is no printer's name", "Give a name that lpstat -e lists")
        self._name = name
        self._run = run
        self._job = ""

    def problem(self) -> Said | None:
        """What `lpstat` says that a person must mend."""
        code, said = self._run(("lpstat", "-l", "-p", self._name), b"")
        if code != 0 or not said.startswith(f"printer {self._name} "):
            return NOT_THERE
        alerts = _WARNING.sub("", said)
        for alert, words in _ALERTS:
            if alert in alerts:
                return words
        return PAUSED if f"printer {self._name} disabled" in said else None

    def send(self, sheet: Secret[bytes]) -> None:
        """Put the sheet into the spool, without scaling: the code keeps its size.

        The spool of a printer without paper takes every sheet, and lets it out before the next person who loads some:
        so nothing is put there while the printer cannot print.
        """
        wrong = self.problem()
        if wrong is not None and wrong is not CONNECTING:
            raise PrinterError(wrong)
        # Without a file lp reads its input; the marks are in no argument and in no file of ours.
        command = ("lp", "-d", self._name, "-t", JOB_TITLE, "-o", "print-scaling=none", "-o", "job-sheets=none")
        self._job = ""
        code, said = self._run(command, sheet.reveal())
        if code != 0:
            raise PrinterError(REFUSED)
        taken = _TAKEN.search(said)
        self._job = taken[1] if taken else ""

    def take_back(self) -> None:
        """Cancel the last job. CUPS refuses for one that is done, and then there is nothing to take back."""
        job, self._job = self._job, ""
        if job:
            self._run(("cancel", job), b"")


class FolderPrinter:
    """Sheets as files of a folder, for trials: named at random, without a time, so that their order says nothing."""

    def __init__(self, folder: Path, name: Callable[[], str]) -> None:
        make_directory(folder)
        self._folder = folder
        self._name = name

    def problem(self) -> Said | None:
        """A folder is always ready."""
        return None

    def send(self, sheet: Secret[bytes]) -> None:
        """Write the file."""
        path = self._folder / f"{self._name()}.pdf"
        write_durably(path, sheet.reveal())
        os.utime(path, _NO_TIME)

    def take_back(self) -> None:
        """A file is out at once."""
