"""`plenum verify`: every numbered check of the specification on one record, offline."""

import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from ballots.receipt import MAX_RECEIPT_BYTES
from tally.cli.backend import Backend, choose
from tally.cli.cluster import Cluster
from tally.cli.cores import WORTHWHILE_BYTES, Cores, available_cores
from tally.cli.reading import read_file
from tally.state import State
from tally.verify import NotARecord, Report, verify_with_state
from tally.verify.report import CheckResult
from tally.verify.runs import Runs
from voting_core.errors import InputError

MAX_JOBS: Final = 256
"""More processes than the largest machines have cores; each takes some hundred megabytes."""


@dataclass(frozen=True, slots=True)
class Means:
    """With what a record is verified: nothing of it changes the report, but that it names the backend.

    `jobs` is the number of processes, 0 for as many as are of use. `dask` is the address of a cluster, if any.
    """

    backend: Backend = Backend.AUTO
    jobs: int = 0
    dask: str = ""


def verify_file(
    record: Path, fingerprint: str | None, receipt: Path | None, console: Console, means: Means | None = None
) -> Report:
    """Verify the record in a file, as :func:`verify_file_with_state`, and give the report alone."""
    return verify_file_with_state(record, fingerprint, receipt, console, means)[0]


def verify_file_with_state(
    record: Path, fingerprint: str | None, receipt: Path | None, console: Console, means: Means | None = None
) -> tuple[Report, State]:
    """Verify the record in a file, with a bar on `console` where that is a terminal.

    Raises:
        NotARecord: the file is no record.
        InputError: a file cannot be read, the fingerprint is none, or the means are not there.
    """
    given = means or Means()
    group = choose(given.backend)
    content = None if receipt is None else read_file(receipt, MAX_RECEIPT_BYTES + 1)
    columns = (
        TextColumn("核验 verifying"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    try:
        # Processes first: they are copies of this one, which the bar gives a second thread.
        with (
            record.open("rb") as source,
            _runs(given, record) as runs,
            Progress(*columns, console=console, disable=not console.is_terminal) as bar,
        ):
            task = bar.add_task("verify", total=None)
            return verify_with_state(
                source,
                fingerprint=fingerprint,
                receipt=content,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
                group=group,
                runs=runs,
            )
    except NotARecord as error:
        raise NotARecord(error.problem, place=str(record), remedy=error.remedy) from error
    except InputError as error:
        place = str(receipt) if error.place == "receipt" else error.place
        raise InputError(place, error.problem, error.remedy) from error
    except OSError as error:
        raise InputError(str(record), f"cannot be read ({error.strerror})", "Give the path of a record.zip") from error


def _runs(means: Means, record: Path) -> AbstractContextManager[Runs | None]:
    """Give what looks at runs besides this process, if anything does."""
    if means.dask:
        return Cluster(means.dask, means.backend)
    jobs = means.jobs
    if jobs == 0:
        jobs = available_cores() if record.stat().st_size >= WORTHWHILE_BYTES else 1
    return Cores(jobs, means.backend) if jobs > 1 else nullcontext()


def show_report(report: Report, console: Console) -> None:
    """Print a report for people: the session, the checks, remarks, findings, and the verdict last."""
    # Names and titles come from the record: they are printed as text, never read as markup.
    _line(console, f"会议 session      {report.title}")
    _line(console, f"指纹 fingerprint  {report.fingerprint or '—'}")
    _line(console, f"条目 entries      {report.entries}，选票 ballots {report.ballots}")
    _line(console, f"编号 id  {report.session}")
    _line(console, f"运算 backend  {report.backend}\n")
    _show_checks(report, console)
    for remark in report.remarks:
        _line(console, f"! {remark.zh}\n  {remark.en}", "yellow")
    for finding in report.findings:
        _line(console, f"✗ {finding.code} {finding.subject}: {finding.message}", "red")
    if report.total_findings > len(report.findings):
        _line(console, f"  … and {report.total_findings - len(report.findings)} more", "red")
    if report.total_findings:
        found = "1 finding" if report.total_findings == 1 else f"{report.total_findings} findings"
        _line(console, "请重新取得记录再核验；仍未通过的，交监票人查看。")
        _line(console, "Fetch the record again and verify it; show findings that stay to the scrutineers.")
        _line(console, f"未通过：{report.total_findings} 处问题。Refused: {found}.", "bold red")
    else:
        anchored = "" if report.anchored else "（未锚定 unanchored）"
        _line(console, f"通过：全部检查均成立。Accepted: all checks ran and held.{anchored}", "bold green")


def _show_checks(report: Report, console: Console) -> None:
    """One line for each check where a program may read them; columns that wrap on a terminal."""
    if not console.is_terminal:
        _line(console, "  检查    对象    check, examined")
        for result in report.checks:
            check = result.check
            _line(console, f"{_mark(result)} {check.code:<6}{result.subjects:>7}  {check.zh}  {check.en}")
        return
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column()
    table.add_row(Text("  检查"), Text("对象"), Text("check, examined"), style="bold")
    for result in report.checks:
        style = "red" if result.findings else "" if result.subjects else "dim"
        words = Text(result.check.zh).append(f"\n{result.check.en}", style="dim")
        table.add_row(Text(f"{_mark(result)} {result.check.code}"), Text(str(result.subjects)), words, style=style)
    console.print(table)


def _mark(result: CheckResult) -> str:
    return "✗" if result.findings else "✓" if result.subjects else "·"


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(Text(text, style=style), soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Add `plenum verify`."""

    @app.command()
    def verify(
        record: Annotated[Path, typer.Argument(metavar="RECORD", help="the record.zip")],
        fingerprint: Annotated[
            str | None, typer.Option(help="the session fingerprint that was read aloud and printed")
        ] = None,
        receipt: Annotated[Path | None, typer.Option(metavar="FILE", help="a receipt file to look up")] = None,
        as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
        backend: Annotated[
            Backend,
            typer.Option(help="what computes in the group; `fast` needs plenum[fast], `auto` takes the fastest"),
        ] = Backend.AUTO,
        jobs: Annotated[
            int, typer.Option(min=0, max=MAX_JOBS, help="processes; 0 takes all cores where that is of use")
        ] = 0,
        dask: Annotated[
            str, typer.Option(metavar="ADDRESS", help="the scheduler of a Dask cluster that helps (plenum[dask])")
        ] = "",
    ) -> None:
        """Verify a record: every check of the specification, offline. Exit 0 accepted, 1 findings, 2 no record."""
        means = Means(backend, jobs, dask)
        report = verify_file(record, fingerprint, receipt, Console(stderr=True), means)
        if as_json:
            print(json.dumps(report.to_json(), ensure_ascii=False, indent=1))
        else:
            show_report(report, Console())
        raise typer.Exit(report.exit_code)
