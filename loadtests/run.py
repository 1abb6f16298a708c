"""One load test from an empty server to a verified record."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Final

import httpx2

from kiosk.client import ServerClient, connect
from kiosk.demo.processes import Processes, free_port
from loadtests.acknowledgements import read_acknowledgements
from loadtests.figures import SENT, Figures, read_figures, read_kinds
from loadtests.fill import fill_pool
from loadtests.load import LoadFiles, run_load
from loadtests.people import attendance, make_accounts, number_of, put_roll, sign_in_of
from loadtests.pool import PoolBallot, write_pool
from loadtests.postgres import running_postgres, version
from loadtests.profiles import Profile
from loadtests.publishing import RESULT_LOAD, Site, publish
from loadtests.record import RecordFacts, download, examine
from loadtests.result import Result, measured_kind
from loadtests.server_watch import ServerWatch
from loadtests.sign_ins import write_sign_ins
from loadtests.stage import Report, Stage, accepted, set_stage
from tally.cli.system import SystemRng, unix_time
from voting_core.errors import FatalError, PlenumError

SERVER: Final = "server"
READY_SECONDS: Final = 60
"""How long the server may take to start."""

VERIFIED_BY: Final = "ballots are verified by "
"""How the server says it in its log."""

_POLL_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the server runs on: the embedded database, or with `postgresql` one of its own and so many `workers`."""

    postgresql: bool = False
    workers: int = 1

    @property
    def database(self) -> str:
        """The database as a report names it."""
        return f"PostgreSQL {version()}" if self.postgresql else f"SQLite {sqlite3.sqlite_version}, embedded"


EMBEDDED: Final = Setup()


def run_profile(profile: Profile, out: Path, report: Report, setup: Setup = EMBEDDED) -> Result:
    """Run a load test; its files are written to `out`, over those of an earlier one.

    Raises:
        PlenumError: the test could not begin: no database, no server, or it refuses the session.
    """
    out.mkdir(parents=True, exist_ok=True)
    files, record = LoadFiles(out), out / "record.zip"
    problems: list[str] = []
    facts: dict[str, float] = {}
    with Processes(out) as processes:
        for old in (files.pool, files.acknowledgements, files.stats, record, processes.log(SERVER)):
            old.unlink(missing_ok=True)
        with _server(processes, out, profile, setup) as site:
            client = site.client
            stage = set_stage(profile, client, SystemRng(), unix_time, report)
            pool = _fill(profile, stage, files, report)
            if profile.desks:
                put_roll(site.address, site.data, profile.delegates)
                desks = range(1, profile.desks + 1)
                write_sign_ins(files.sign_ins, [sign_in_of(site.address, f"desk-{desk}", "/desk") for desk in desks])
                people = "\n".join(number_of(delegate) for delegate in range(1, profile.delegates + 1))
                files.roll.write_text(people + "\n", encoding="utf-8")
            with ServerWatch(processes.pid(SERVER), out / "server.csv") as watch:
                with _noting(problems, "the load could not be run"):
                    run_load(profile, site.address, files)
                    report("ballots sent", len(pool), len(pool))
                with _noting(problems, "the session could not be ended"):
                    sent = accepted(pool, read_acknowledgements(files.acknowledgements))
                    facts |= publish(profile, site, stage, sent, files, report)
                problems += _people_lost(profile, site)
            with _noting(problems, "the record could not be fetched"):
                download(client, record)
        backend = said_in(processes.log(SERVER).read_text(encoding="utf-8", errors="replace"))
    kinds: dict[str, Figures] = {}
    with _noting(problems, "there are no figures"):
        kinds = _figures(profile, files, problems)
    verified: RecordFacts | None = None
    with _noting(problems, "the record could not be compared"):
        if record.exists():
            acknowledged = read_acknowledgements(files.acknowledgements)
            verified, found = examine(record, stage.hall.state.fingerprint, pool, acknowledged, report)
            problems += found
    return Result(
        profile=profile,
        ballots=len(pool),
        figures=kinds.get(SENT),
        record=record if record.exists() else None,
        problems=tuple(problems),
        kinds=kinds,
        facts=facts,
        usage=watch.usage,
        verified=verified,
        backend=backend,
        database=setup.database,
        workers=setup.workers,
    )


def said_in(log: str) -> str:
    """What a server says in its log that it verifies ballots with."""
    said = [line.partition(VERIFIED_BY)[2] for line in log.splitlines() if VERIFIED_BY in line]
    return said[-1] if said else "unknown"


def _figures(profile: Profile, files: LoadFiles, problems: list[str]) -> dict[str, Figures]:
    """The figures of all loads of a run; failures and what is over a limit are problems."""
    loads = [files, LoadFiles(files.out, RESULT_LOAD)] if profile.phones else [files]
    kinds: dict[str, Figures] = {SENT: read_figures(files.stats)}
    for load in loads:
        found = read_kinds(load.stats)
        failures = max((one.failures for one in found.values()), default=read_figures(load.stats).failures)
        if failures > profile.failures_allowed:
            problems.append(f"{failures} requests failed, {profile.failures_allowed} may; see {load.report}")
        kinds |= found
    limits = profile.limits
    kind = measured_kind(profile)
    measured = kinds.get(kind)
    if measured is None:
        problems.append(f"there was no request of the kind {kind}")
    elif limits.p95_ms and measured.p95_ms > limits.p95_ms:
        problems.append(f"{kind}: the 95th percentile is {measured.p95_ms:.0f} ms, the limit {limits.p95_ms} ms")
    elif measured.requests_per_second < limits.per_second:
        problems.append(f"{kind}: {measured.requests_per_second:.0f} a second, at least {limits.per_second} are wanted")
    return kinds


def _people_lost(profile: Profile, site: Site) -> list[str]:
    """Whether everybody who came to a desk is present and has one card, by the desks' own totals."""
    if not profile.desks:
        return []
    totals = attendance(site.address, site.data)
    found = {name: totals[name] for name in ("present", "cards_drawn")}
    return [
        f"{name} is {number}, {profile.delegates} came" for name, number in found.items() if number != profile.delegates
    ]


@contextmanager
def _server(processes: Processes, out: Path, profile: Profile, setup: Setup) -> Iterator[Site]:
    """A server on an empty directory, on the disk of the output: a disk in memory would flatter it."""
    with (
        running_postgres(out) if setup.postgresql else nullcontext("") as database,
        TemporaryDirectory(prefix="server-", dir=out) as folder,
    ):
        data, port = Path(folder) / "data", free_port()
        options = ["--data", str(data), "--port", str(port), "--simulated", "--workers", str(setup.workers)]
        options += ["--database", database] if database else []
        if profile.needs_accounts:
            desks = [f"desk-{number}:desk:desk {number}" for number in range(1, profile.desks + 1)]
            make_accounts(data, [*desks, "official:official:official", "screen:hall:screen"], database)
            options.append("--without-second-factor")
        processes.start(SERVER, ["serve", *options], {**os.environ, **dict(profile.server)})
        address = f"http://127.0.0.1:{port}"
        client = connect(address)
        with client.http:
            await_server(client, processes)
            try:
                yield Site(address, data, client)
            finally:
                processes.stop(SERVER)


def await_server(client: ServerClient, processes: Processes) -> None:
    """Wait until the server takes requests."""
    end = monotonic() + READY_SECONDS
    while monotonic() < end:
        processes.check()
        try:
            if client.http.get("/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            sleep(_POLL_SECONDS)
    raise FatalError(f"the server has not answered after {READY_SECONDS} s; see {processes.log(SERVER)}")


def _fill(profile: Profile, stage: Stage, files: LoadFiles, report: Report) -> tuple[PoolBallot, ...]:
    def advance(done: int) -> None:
        report("ballots of delegates made", done, profile.delegates)

    pool = fill_pool(profile, stage.booth, stage.cards, advance)
    write_pool(files.pool, pool)
    return pool


@contextmanager
def _noting(problems: list[str], what: str) -> Iterator[None]:
    """Note an error as a problem of the run and go on: what follows tells more about it."""
    try:
        yield
    except (PlenumError, httpx2.HTTPError) as error:
        problems.append(f"{what}: {error}")
