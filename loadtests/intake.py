"""`python -m loadtests.intake`: how many ballots a second a server accepts, proofs verified, durable.

A real server on the embedded database, and ballots that were made before. They come at the rate that is asked for; the
server has kept up when all have their promise and the 99th percentile is within the limit. With `--rate 0` they come
all at once, which shows what the server can do.
"""

import json
import os
import platform
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import typer
from rich.console import Console

from ballots.matrix import Kind
from kiosk.client import ServerClient, connect
from kiosk.demo.processes import Processes, free_port
from loadtests.fill import fill_pool
from loadtests.profiles import SMOKE, ContestShape, Profile
from loadtests.run import SERVER, await_server
from loadtests.rush import Rush, rush
from loadtests.server_watch import SECOND, ServerWatch, Usage, look_at
from loadtests.stage import Report, set_stage
from tally.cli.progress import Steps
from tally.cli.system import SystemRng, unix_time
from voting_core.errors import FatalError

LIMIT_SECONDS: Final = 2.0
"""What the 99th percentile may take: a delegate who waits longer believes that nothing happened."""

AT_ONCE: Final = 100_000.0
BATCH: Final = 8
"""Ballots that wait for more of their contest (SPEC §8.7)."""

LOG_SECONDS: Final = 60
LOOK_SECONDS: Final = 0.1
REST: Final = 0.2
"""Seconds of processor time in a second that are rest."""

WARM: Final = 64
"""Ballots that are sent before anything is counted: the first large batch starts the verifiers."""


def profile_of(rows: int, ballots: int) -> Profile:
    """A session with one election, and as many delegates as there are ballots."""
    shape = ContestShape(
        id="committee", kind=Kind.ELECTION, zh="选举委员", en="Committee", rows=rows, approvals=rows * 11 // 20
    )
    return replace(
        SMOKE,
        name=f"intake-{rows}",
        delegates=ballots,
        contests=(shape,),
        challenge_every=ballots + 1,
        resend_every=ballots + 1,
        scrutineers=3,
        threshold=2,
    )


def measure(rows: int, rate: float, seconds: int, out: Path, report: Report) -> tuple[Rush, Usage | None]:
    """Start a server, make the ballots, send them.

    Raises:
        FatalError: a ballot was refused, or the server counts others than those that were promised.
    """
    profile = profile_of(rows, WARM + int((rate or 100) * seconds))
    out.mkdir(parents=True, exist_ok=True)
    with Processes(out) as processes, TemporaryDirectory(prefix="server-", dir=out) as data:
        port = free_port()
        processes.start(SERVER, ["serve", "--data", data, "--port", str(port), "--simulated"])
        address = f"http://127.0.0.1:{port}"
        client = connect(address)
        with client.http:
            await_server(client, processes)
            stage = set_stage(profile, client, SystemRng(), unix_time, report)
            pool = fill_pool(
                profile, stage.booth, stage.cards, lambda done: report("ballots made", done, profile.delegates)
            )
            entries = [ballot.entry for ballot in pool]
            rush(address, entries[:WARM], AT_ONCE)
            _await_rest(processes.pid(SERVER))
            with ServerWatch(processes.pid(SERVER), out / "server.csv") as watch:
                done = rush(address, entries[WARM:], rate or AT_ONCE)
            report("ballots sent", len(pool), len(pool))
            _compare(client, len(pool), done)
            return done, watch.usage


def _await_rest(server: int) -> None:
    """Wait until the server and what it has started have nothing to do: its verifiers load their programs first."""
    used, end = -1.0, time.monotonic() + LOG_SECONDS
    while (now := look_at(server)) is not None and now.cpu_seconds - used > REST and time.monotonic() < end:
        used = now.cpu_seconds
        time.sleep(SECOND)


def _compare(client: ServerClient, ballots: int, done: Rush) -> None:
    if done.refused:
        raise FatalError(f"{len(done.refused)} ballots were refused: {done.refused[0]}")
    # A batch enters the log after its promises are given, and what is fewer than one waits for the end of voting.
    end = time.monotonic() + LOG_SECONDS
    while True:
        (contest,) = client.status()["contests"]
        if 0 <= ballots - contest["cast"] < BATCH:
            return
        if time.monotonic() > end:
            raise FatalError(f"{ballots} ballots have a promise, {contest['cast']} are in the log")
        time.sleep(LOOK_SECONDS)


def _each(done: Rush, usage: Usage | None) -> dict[str, float]:
    """Milliseconds of processor time for each ballot, by who used them."""
    ballots = max(1, len(done.latencies))
    used = {"sender": done.sender_seconds}
    if usage is not None:
        used |= {"server": usage.cpu_seconds - usage.started_seconds, "verifiers": usage.started_seconds}
    return {who: round(seconds * 1000 / ballots, 2) for who, seconds in used.items()}


def machine() -> str:
    """What this was measured on."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def intake(
    out: Annotated[Path, typer.Option(help="where the server's log is written")] = Path("build/intake"),
    rows: Annotated[int, typer.Option(help="rows of the ballots")] = 60,
    rate: Annotated[float, typer.Option(help="ballots a second; 0 sends all at once")] = 0.0,
    seconds: Annotated[int, typer.Option(help="for how long; without a rate, hundreds of ballots")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Measure; exit code 1 when ballots waited longer than the limit."""
    with Steps(Console(stderr=True)) as steps:
        done, usage = measure(rows, rate, seconds, out, steps.report)
    p99 = done.percentile(99)
    figures = {
        "machine": machine(),
        "rows": rows,
        "rate": rate,
        "ballots": len(done.latencies),
        "per_second": round(done.per_second, 1),
        "median_ms": round(done.percentile(50) * 1000),
        "p95_ms": round(done.percentile(95) * 1000),
        "p99_ms": round(p99 * 1000),
        "waits": done.waits,
        "processor_ms": _each(done, usage),
        "server": None if usage is None else usage.to_json(),
    }
    print(json.dumps(figures, ensure_ascii=False, indent=None if as_json else 1))
    if rate and p99 > LIMIT_SECONDS:
        sys.exit(1)


if __name__ == "__main__":
    typer.run(intake)
