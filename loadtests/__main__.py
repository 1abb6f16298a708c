"""`python -m loadtests PROFILE --out DIR`: one load test, ending in a verified record.

Exit code 0 when it passed, 1 when a ballot was lost, doubled or altered, a request failed or the record does not
verify, 2 when the command cannot be carried out as given.
"""

import json
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from loadtests.machine import Machine
from loadtests.profiles import PROFILES, profile_named
from loadtests.reports import OTHER_DATABASE, markdown, report_of
from loadtests.reports import keep as put
from loadtests.result import Result
from loadtests.run import Setup, run_profile
from tally.cli.progress import Steps
from tally.cli.system import unix_time
from voting_core.errors import InputError, PlenumError

EXIT_FAILED = 1
EXIT_BAD_INPUT = 2
SQLITE = "sqlite"

_SUMMARY = "; ".join(f"{profile.name}: {profile.about}" for profile in PROFILES.values())


def load_test(
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help=_SUMMARY)],
    out: Annotated[Path, typer.Option(help="where the record and the reports are written")],
    delegates: Annotated[int | None, typer.Option(help="another number of delegates than the profile's")] = None,
    minutes: Annotated[int | None, typer.Option(help="how long a profile with a pace of its own lasts")] = None,
    database: Annotated[str, typer.Option(help="sqlite, or postgresql: one that is started for the run")] = SQLITE,
    workers: Annotated[int, typer.Option(min=1, help="processes that serve; more than 1 with PostgreSQL only")] = 1,
    keep: Annotated[
        Path | None, typer.Option(help="a folder of reports, such as docs/load-reports: put this one there")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print the result as JSON")] = False,
) -> None:
    """Run a load test against a server of its own, and verify its record."""
    chosen = profile_named(profile)
    if delegates is not None:
        chosen = chosen.with_delegates(delegates)
    if minutes is not None:
        chosen = chosen.lasting(minutes)
    setup = _setup(database, workers)
    # Before the run, which is itself most of the load after it.
    machine, began = Machine.here(), unix_time()
    with Steps(Console(stderr=True)) as steps:
        result = run_profile(chosen, out, steps.report, setup)
    report = report_of(result, machine, began, unix_time() - began)
    (out / "report.md").write_text(markdown(report), encoding="utf-8")
    told = json.dumps(result.to_json(), ensure_ascii=False, indent=2)
    (out / "result.json").write_text(told + "\n", encoding="utf-8")
    if as_json:
        print(told)
    else:
        print("\n".join(described(result)))
    if keep is not None:
        path = put(report, keep)
        print(f"kept as {path}", file=sys.stderr)
    if not result.passed:
        raise typer.Exit(EXIT_FAILED)


def _setup(database: str, workers: int) -> Setup:
    if database not in (SQLITE, OTHER_DATABASE):
        raise InputError("DATABASE", f'"{database}" is not known', f"Give {SQLITE} or {OTHER_DATABASE}")
    if workers > 1 and database == SQLITE:
        raise InputError("WORKERS", f"{workers} processes need a PostgreSQL", f"Give DATABASE={OTHER_DATABASE} with it")
    return Setup(postgresql=database == OTHER_DATABASE, workers=workers)


def described(result: Result) -> list[str]:
    """The result as lines for people, the verdict last."""
    lines = [f"{result.profile.name}: {result.profile.delegates} delegates, {result.ballots} ballots"]
    for kind, figures in result.kinds.items():
        lines += [
            f"  {kind}",
            f"    requests/s     {figures.requests_per_second:>8.1f}   ({figures.requests} requests)",
            f"    median         {figures.median_ms:>8.0f} ms",
            f"    95th percentile{figures.p95_ms:>8.0f} ms",
            f"    99th percentile{figures.p99_ms:>8.0f} ms",
        ]
    if result.figures is not None:
        lines += [
            f"  told to wait     {result.figures.waits:>8}",
            f"  failures         {result.figures.failures:>8}",
        ]
    if result.usage is not None:
        usage = result.usage
        lines.append(
            f"  server           {usage.cpu_seconds:>8.1f} s of processor, {usage.peak_mb:.0f} MB at most, "
            f"{usage.first_mb:.0f} MB at first and {usage.last_mb:.0f} MB at the end"
        )
    lines += [f"  {fact}: {value:g}" for fact, value in result.facts.items()]
    lines += [f"  problem: {problem}" for problem in result.problems]
    return [*lines, f"verified record: {result.record}" if result.passed else "FAILED"]


def main() -> None:
    """Run the command; whatever keeps the test from beginning is one sentence."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(load_test)
    # Told to stop, the test stops its server and Locust too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(EXIT_FAILED))
    try:
        app()
    except PlenumError as error:
        print(f"loadtests: {error}", file=sys.stderr)
        sys.exit(EXIT_BAD_INPUT if isinstance(error, InputError) else EXIT_FAILED)


if __name__ == "__main__":
    main()
