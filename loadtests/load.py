"""Running Locust as a process of its own: its gevent must not reach the process that holds the keys."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from loadtests.profiles import Profile
from voting_core.errors import FatalError

LOCUSTFILE: Final = Path(__file__).with_name("locustfile.py")
STOP_SECONDS: Final = 60
"""How long Locust may take to start, and to write its report after the load."""

TAIL_LINES: Final = 20


@dataclass(frozen=True, slots=True)
class LoadFiles:
    """The files of one load, all in the output directory."""

    out: Path

    @property
    def pool(self) -> Path:
        """The ballots, made beforehand."""
        return self.out / "pool.jsonl"

    @property
    def acknowledgements(self) -> Path:
        """Every promise."""
        return self.out / "acknowledgements.jsonl"

    @property
    def prefix(self) -> Path:
        """What Locust's CSV files begin with."""
        return self.out / "locust"

    @property
    def stats(self) -> Path:
        """The CSV file with the figures."""
        return self.out / "locust_stats.csv"

    @property
    def report(self) -> Path:
        """Locust's report, one page that needs no network."""
        return self.out / "locust.html"

    @property
    def log(self) -> Path:
        """What Locust said."""
        return self.out / "locust.log"


def run_load(profile: Profile, url: str, files: LoadFiles) -> None:
    """Let the kiosks of a profile send the pool; returns when all lanes are empty or the time is over.

    Raises:
        FatalError: Locust could not do its work; the message ends with its last words.
    """
    with files.log.open("wb") as log:
        try:
            done = subprocess.run(
                _command(profile, url, files),
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


def _command(profile: Profile, url: str, files: LoadFiles) -> list[str]:
    return [
        *(sys.executable, "-m", "locust", "-f", str(LOCUSTFILE), "Kiosk"),
        *("--headless", "--only-summary", "--host", url),
        *("--users", str(profile.kiosks), "--spawn-rate", str(profile.kiosks)),
        *("--run-time", f"{profile.seconds}s", "--stop-timeout", "30"),
        # Failed requests are judged here, with the ballots; another code then means that Locust itself failed.
        *("--exit-code-on-error", "0"),
        *("--csv", str(files.prefix), "--html", str(files.report)),
        *("--pool", str(files.pool), "--acknowledgements", str(files.acknowledgements)),
        *("--pause", str(profile.pause)),
    ]
