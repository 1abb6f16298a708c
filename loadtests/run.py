"""One load test from an empty server to a verified record."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Final

import httpx2

from ballots.crockford import fingerprint_text
from kiosk.client import ServerClient, connect
from kiosk.demo.processes import Processes, free_port
from loadtests.acknowledgements import read_acknowledgements
from loadtests.check import compare
from loadtests.figures import Figures, read_figures
from loadtests.fill import fill_pool
from loadtests.load import LoadFiles, run_load
from loadtests.pool import PoolBallot, write_pool
from loadtests.profiles import Profile
from loadtests.stage import Report, Stage, accepted, set_stage
from tally.cli.system import SystemRng, unix_time
from tally.record.read import RecordReader
from tally.verify import verify_record
from voting_core.errors import FatalError, PlenumError

SERVER: Final = "server"
READY_SECONDS: Final = 60
"""How long the server may take to start."""

_POLL_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a load test. It has passed when there are no problems; `figures` and `record` are None where the
    run did not come so far.
    """

    profile: Profile
    ballots: int
    figures: Figures | None
    record: Path | None
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether no ballot was lost, doubled or altered, the record is verified, and no request too many failed."""
        return not self.problems

    def to_json(self) -> dict[str, object]:
        """The result for programs."""
        return {
            "profile": self.profile.name,
            "delegates": self.profile.delegates,
            "kiosks": self.profile.kiosks,
            "ballots": self.ballots,
            "figures": None if self.figures is None else self.figures.to_json(),
            "passed": self.passed,
            "problems": list(self.problems),
            "record": None if self.record is None else str(self.record),
        }


def run_profile(profile: Profile, out: Path, report: Report) -> Result:
    """Run a load test; its files are written to `out`, over those of an earlier one.

    Raises:
        PlenumError: the test could not begin: no server, or it refuses the session.
    """
    out.mkdir(parents=True, exist_ok=True)
    files, record = LoadFiles(out), out / "record.zip"
    with Processes(out) as processes:
        for old in (files.pool, files.acknowledgements, files.stats, record, processes.log(SERVER)):
            old.unlink(missing_ok=True)
        with _server(processes, out) as client:
            stage = set_stage(profile, client, SystemRng(), unix_time, report)
            pool = _fill(profile, stage, files, report)
            problems: list[str] = []
            with _noting(problems, "the load could not be run"):
                run_load(profile, str(client.http.base_url), files)
                report("ballots sent", len(pool), len(pool))
            with _noting(problems, "the session could not be ended"):
                stage.finish(accepted(pool, read_acknowledgements(files.acknowledgements)), report)
            with _noting(problems, "the record could not be fetched"):
                _download(client, record)
    figures = None
    with _noting(problems, "there are no figures"):
        figures = read_figures(files.stats)
        if figures.failures > profile.failures_allowed:
            problems.append(f"{figures.failures} requests failed, {profile.failures_allowed} may; see {files.report}")
    with _noting(problems, "the record could not be compared"):
        problems += _examine(record, stage, pool, files, report)
    return Result(
        profile=profile,
        ballots=len(pool),
        figures=figures,
        record=record if record.exists() else None,
        problems=tuple(problems),
    )


@contextmanager
def _server(processes: Processes, out: Path) -> Iterator[ServerClient]:
    """A server on an empty directory, on the disk of the output: a disk in memory would flatter it."""
    with TemporaryDirectory(prefix="server-", dir=out) as data:
        port = free_port()
        processes.start(SERVER, ["serve", "--data", data, "--port", str(port), "--simulated"])
        client = connect(f"http://127.0.0.1:{port}")
        with client.http:
            await_server(client, processes)
            try:
                yield client
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


def _download(client: ServerClient, record: Path) -> None:
    partial = record.with_suffix(".part")
    with partial.open("wb") as file:
        for piece in client.record():
            file.write(piece)
    os.replace(partial, record)


def _examine(
    record: Path, stage: Stage, pool: tuple[PoolBallot, ...], files: LoadFiles, report: Report
) -> Iterator[str]:
    """Verify the record as anybody would, and compare it with the pool."""
    if not record.exists():
        return
    with record.open("rb") as source:
        fingerprint = stage.hall.state.fingerprint
        found = verify_record(
            source,
            fingerprint=fingerprint_text(fingerprint) if fingerprint else None,
            progress=lambda done, total: report("bytes of the record verified", done, total),
        )
        for finding in found.findings:
            yield f"the record does not verify: {finding.code} {finding.subject}: {finding.message}"
        if not found.sealed:
            yield "the record is not that of a sealed session"
        source.seek(0)
        entries = RecordReader(source, lambda _: None).entries()
        yield from compare(pool, read_acknowledgements(files.acknowledgements), entries)


@contextmanager
def _noting(problems: list[str], what: str) -> Iterator[None]:
    """Note an error as a problem of the run and go on: what follows tells more about it."""
    try:
        yield
    except (PlenumError, httpx2.HTTPError) as error:
        problems.append(f"{what}: {error}")
