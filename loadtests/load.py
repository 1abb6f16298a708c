"""Running Locust as a process of its own: its gevent must not reach the process that holds the keys."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from loadtests.profiles import Profile
from voting_core.errors import FatalError

LOCUSTFILE: Final = Path(__file__).with_name("locustfile.py")
STOP_SECONDS: Final = 60
"""How long Locust may take to start, and to write its report after the load."""

SPAWN_PER_SECOND: Final = 500
"""Machines that come in a second: everybody at once, as far as one process can play them."""

TAIL_LINES: Final = 20


@dataclass(frozen=True, slots=True)
class LoadFiles:
    """The files of one load, all in the output directory. `name` is what those of Locust begin with."""

    out: Path
    name: str = "locust"

    @property
    def pool(self) -> Path:
        """The ballots, made beforehand."""
        return self.out / "pool.jsonl"

    @property
    def acknowledgements(self) -> Path:
        """Every promise."""
        return self.out / ("acknowledgements.jsonl" if self.name == "locust" else f"{self.name}_acknowledgements.jsonl")

    @property
    def roll(self) -> Path:
        """Who comes to the desks, in which order."""
        return self.out / "roll.txt"

    @property
    def sign_ins(self) -> Path:
        """The sign-ins of the desks."""
        return self.out / "desks.txt"

    @property
    def addresses(self) -> Path:
        """What a phone fetches."""
        return self.out / "addresses.txt"

    @property
    def prefix(self) -> Path:
        """What Locust's CSV files begin with."""
        return self.out / self.name

    @property
    def stats(self) -> Path:
        """The CSV file with the figures."""
        return self.out / f"{self.name}_stats.csv"

    @property
    def report(self) -> Path:
        """Locust's report, one page that needs no network."""
        return self.out / f"{self.name}.html"

    @property
    def log(self) -> Path:
        """What Locust said."""
        return self.out / f"{self.name}.log"


def run_load(profile: Profile, url: str, files: LoadFiles) -> None:
    """Let the kiosks of a profile send the pool, and the desks and readers do their part; returns when all that have
    an end have come to it, or the time is over.

    Raises:
        FatalError: Locust could not do its work; the message ends with its last words.
    """
    crowd = [("Kiosk", profile.kiosks), ("Desk", profile.desks), ("Reader", profile.readers)]
    options = ["--pool", str(files.pool), "--pause", str(profile.pause)]
    if profile.desks:
        options += ["--roll", str(files.roll), "--sign-ins", str(files.sign_ins)]
    _run(profile, url, files, crowd, options)


def run_phones(profile: Profile, url: str, files: LoadFiles) -> None:
    """Let the phones of a profile fetch what is published.

    Raises:
        FatalError: Locust could not do its work; the message ends with its last words.
    """
    _run(profile, url, files, [("Phone", profile.phones)], ["--addresses", str(files.addresses)])


def _run(
    profile: Profile, url: str, files: LoadFiles, crowd: Sequence[tuple[str, int]], options: Sequence[str]
) -> None:
    with files.log.open("wb") as log:
        try:
            done = subprocess.run(
                [*_command(profile, url, files, crowd), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                timeout=profile.seconds + STOP_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise FatalError(f"Locust has not ended {STOP_SECONDS} s after its time; see {files.log}") from None
    if done.returncode != 0:
        tail = files.log.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL_LINES:]
        raise FatalError(f"Locust ended with code {done.returncode}:\n" + "\n".join(tail))


def _command(profile: Profile, url: str, files: LoadFiles, crowd: Sequence[tuple[str, int]]) -> list[str]:
    users = [(name, number) for name, number in crowd if number]
    total = sum(number for _, number in users)
    counts = [part for name, number in users for part in (f"--{name.lower()}s", str(number))]
    return [
        *(sys.executable, "-m", "locust", "-f", str(LOCUSTFILE), *(name for name, _ in users)),
        *("--headless", "--only-summary", "--host", url),
        *("--users", str(total), "--spawn-rate", str(min(total, SPAWN_PER_SECOND))),
        *("--run-time", f"{profile.seconds}s", "--stop-timeout", "30"),
        # Failed requests are judged here, with the ballots; another code then means that Locust itself failed.
        *("--exit-code-on-error", "0"),
        *("--csv", str(files.prefix), "--html", str(files.report)),
        *("--acknowledgements", str(files.acknowledgements)),
        *counts,
    ]
