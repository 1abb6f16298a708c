"""`python -m loadtests.pages --out DIR`: how long pages take in a large session, while it votes and after it.

A session with 500 delegates, 60 rows and 5,000 ballots on a real server. Somebody of each role signs in and opens every
page that a link leads to, again and again, one page at a time as people do. What is printed is the 95th percentile of
each page, the slowest first, and of all together, with the limit; beside it the processor time that the server used
for the page in the middle case, which other work on the machine does not lengthen.
"""

import json
import re
import statistics
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated, Final

import httpx2
import typer
from rich.console import Console

from ballots.matrix import Kind
from kiosk.client import ServerClient, connect
from kiosk.demo.processes import Processes, free_port
from loadtests.draft import draft_zip, edit_row, upload
from loadtests.fill import fill_pool
from loadtests.people import make_accounts, put_roll, sign_in
from loadtests.pool import PoolBallot
from loadtests.profiles import ContestShape, Profile
from loadtests.run import SERVER, await_server
from loadtests.stage import Report, Sent, set_stage
from tally.cli.progress import Steps
from tally.cli.system import SystemRng, unix_time
from voting_core.errors import FatalError

LIMIT_MS: Final = 150
"""What a page may take at the 95th percentile: above that a click feels slow."""

ROLES: Final = ("official", "desk", "chief_scrutineer", "observer", "admin")
ROUNDS: Final = 20
"""How often each page is opened."""

MOST_PAGES: Final = 80
"""Pages of one role; more than any has, fewer than the pages of a log."""

SENDERS: Final = 4
SHOWN: Final = 15
"""The slowest pages that are printed; all of them are in `pages.json`."""

_LINK: Final = re.compile(r'href="(/[^"#]*)"')
_LEFT_OUT: Final = ("/static/", "/v1/", "/language", "/sign-out", "/board/")
"""Files, and what is no page of this session."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The times of one page by the clock and of the server's processor, in milliseconds."""

    role: str
    address: str
    times: tuple[float, ...]
    processor: tuple[float, ...]

    @property
    def p95(self) -> float:
        """The 95th percentile."""
        return percentile_95(self.times)

    @property
    def work(self) -> float:
        """The processor time of the server in the middle case."""
        return statistics.median(self.processor)


def percentile_95(times: Sequence[float]) -> float:
    """The 95th percentile of some times."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def profile_of(delegates: int, contests: int, rows: int) -> Profile:
    """As many contests as make the wanted number of ballots."""
    shapes = tuple(
        ContestShape(
            id=f"c{number}",
            kind=Kind.ELECTION,
            zh=f"选举{number}",
            en=f"Election {number}",
            rows=rows,
            approvals=rows // 2,
        )
        for number in range(1, contests + 1)
    )
    return Profile(
        name="pages",
        about="pages of a large session",
        delegates=delegates,
        kiosks=5,
        contests=shapes,
        challenge_every=delegates + 1,
        resend_every=delegates + 1,
        pause=0.0,
        seconds=3600,
        scrutineers=3,
        threshold=2,
    )


def measure(client: httpx2.Client, role: str, rounds: int, server: int | None = None) -> list[Timing]:
    """Open every page that links lead to from the start of a role.

    `server` is the number of the server's process; without it no processor time is measured.
    """
    pages = list(dict.fromkeys(_crawl(client)))
    times: dict[str, list[float]] = {address: [] for address in pages}
    processor: dict[str, list[float]] = {address: [] for address in pages}
    # One page after the other, as people open them. Twenty times the same within a second would be of that second.
    for _ in range(rounds):
        for address in pages:
            used, begin = _processor_ms(server), perf_counter()
            answer = client.get(address)
            times[address].append((perf_counter() - begin) * 1000)
            processor[address].append(_processor_ms(server) - used)
            if answer.status_code >= httpx2.codes.INTERNAL_SERVER_ERROR:
                raise FatalError(f"{role} {address}: status {answer.status_code}")
    return [Timing(role, address, tuple(times[address]), tuple(processor[address])) for address in times]


def _processor_ms(pid: int | None) -> float:
    """Milliseconds of processor time of all threads of a process; the kernel counts them in nanoseconds."""
    if pid is None:
        return 0.0
    total = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # A thread of a pool may end meanwhile.
            total += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
    return total / 1e6


def _crawl(client: httpx2.Client) -> Iterator[str]:
    waiting, seen = ["/"], {"/"}
    given = 0
    while waiting and given < MOST_PAGES:
        address = waiting.pop(0)
        answer = client.get(address)
        if answer.status_code != httpx2.codes.OK or "text/html" not in answer.headers.get("content-type", ""):
            continue
        given += 1
        yield answer.url.raw_path.decode("ascii")
        for link in _LINK.findall(answer.text):
            plain = link.replace("&amp;", "&")
            if plain not in seen and not plain.startswith(_LEFT_OUT) and "lang=" not in plain:
                seen.add(plain)
                waiting.append(plain)


def _account(role: str) -> str:
    """The account of a role; `admin` alone is the one that every server makes by itself."""
    return f"{role.replace('_', '-')}-1"


def send(client: ServerClient, pool: Sequence[PoolBallot]) -> None:
    """Cast all ballots."""
    with ThreadPoolExecutor(SENDERS) as senders:
        list(senders.map(lambda ballot: client.submit_ballot(ballot.entry), pool))


def run_pages(out: Path, size: tuple[int, int, int], rounds: int, report: Report) -> list[Timing]:
    """Measure the pages of a session while it votes, and once more when it is over.

    `size` is the number of delegates, of contests, and of rows of each.
    """
    out.mkdir(parents=True, exist_ok=True)
    delegates = size[0]
    profile = profile_of(*size)
    # The server ends before its folder goes: it may be drawing the board into it.
    with TemporaryDirectory(prefix="server-", dir=out) as folder, Processes(out) as processes:
        data, port = Path(folder) / "data", free_port()
        make_accounts(data, [f"{_account(role)}:{role}:{role}" for role in ROLES])
        options = ["--data", str(data), "--port", str(port), "--simulated", "--without-second-factor"]
        processes.start(SERVER, ["serve", *options])
        address = f"http://127.0.0.1:{port}"
        client = connect(address)
        with client.http:
            await_server(client, processes)
            put_roll(address, data, delegates)
            with closing(sign_in(address, _account("official"))) as browser:
                upload(browser, draft_zip(*size))
            stage = set_stage(profile, client, SystemRng(), unix_time, report)
            pool = fill_pool(profile, stage.booth, stage.cards, lambda done: report("ballots made", done, delegates))
            send(client, pool)
            report("ballots sent", len(pool), len(pool))
            server = processes.pid(SERVER)
            timings = [_measure_edits(address, rounds, server)]
            timings += _measure_all(address, rounds, "voting", server)
            stage.finish(Sent((ballot.kiosk, ballot.contest, ballot.type) for ballot in pool), report)
            timings += _measure_all(address, rounds, "sealed", server)
    return timings


def _measure_edits(address: str, rounds: int, server: int) -> Timing:
    """How long it takes to save one row of the roll."""
    times, processor = [], []
    with closing(sign_in(address, _account("official"))) as browser:
        for number in range(rounds):
            used = _processor_ms(server)
            times.append(edit_row(browser, number))
            processor.append(_processor_ms(server) - used)
    return Timing(
        "voting official", "saving a row of the roll (processor: with its form)", tuple(times), tuple(processor)
    )


def _measure_all(address: str, rounds: int, when: str, server: int) -> list[Timing]:
    timings: list[Timing] = []
    for role in ROLES:
        with closing(sign_in(address, _account(role))) as browser:
            timings += measure(browser, f"{when} {role}", rounds, server)
    with httpx2.Client(base_url=address, trust_env=False, follow_redirects=True, timeout=60) as stranger:
        timings += measure(stranger, f"{when} public", rounds, server)
    return timings


def pages(
    out: Annotated[Path, typer.Option(help="where the server's log and the figures are written")],
    delegates: Annotated[int, typer.Option(help="delegates, each with one ballot in every contest")] = 500,
    contests: Annotated[int, typer.Option(help="contests")] = 10,
    rows: Annotated[int, typer.Option(help="rows of each contest")] = 60,
    rounds: Annotated[int, typer.Option(help="how often each page is opened")] = ROUNDS,
) -> None:
    """Measure how long pages take; exit code 1 when the 95th percentile is over the limit."""
    with Steps(Console(stderr=True)) as steps:
        timings = run_pages(out, (delegates, contests, rows), rounds, steps.report)
    for timing in sorted(timings, key=lambda item: -item.p95)[:SHOWN]:
        print(f"{timing.p95:8.1f} ms {timing.work:8.1f} ms  {timing.role:24} {timing.address}")
    total = percentile_95([time for timing in timings for time in timing.times])
    worst = max(timing.p95 for timing in timings)
    longest = max(max(timing.times) for timing in timings)
    print(f"pages {len(timings)}: 95th percentile {total:.1f} ms, slowest page {worst:.1f} ms, limit {LIMIT_MS} ms")
    print(f"longest single answer: {longest:.1f} ms")
    figures = [
        {
            "role": item.role,
            "address": item.address,
            "p95_ms": round(item.p95, 1),
            "longest_ms": round(max(item.times), 1),
            "processor_ms": round(item.work, 1),
        }
        for item in timings
    ]
    (out / "pages.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")
    if worst > LIMIT_MS:
        sys.exit(1)


if __name__ == "__main__":
    typer.run(pages)
