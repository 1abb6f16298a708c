"""`plenum demo`: run a session, show its results, verify its record, and show that a tampered copy is refused."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from kiosk.demo.script import Done, run, with_delegates
from kiosk.demo.tamper import tamper
from tally.cli.files import read_folder
from tally.cli.output import make_folder
from tally.cli.progress import Steps
from tally.cli.show import show_next, show_notes, show_results, show_unprinted
from tally.cli.verify_command import show_report, verify_file
from tally.plan import read_plan
from tally.plan.contests import refuse_paper
from tally.verify import Report
from voting_core.errors import FatalError, InputError

CHECKOUT = Path(__file__).resolve().parents[2]
EXAMPLES = ("qinglan-congress", "qinglan-plenum")
OUT = Path("build/demo")
SHOWN_FINDINGS = 3


def register(app: typer.Typer) -> None:
    """Add `plenum demo`."""

    @app.command()
    def demo(
        folder: Annotated[
            Path | None, typer.Argument(metavar="DIR", help="session.toml with its tables; by default both examples")
        ] = None,
        delegates: Annotated[int | None, typer.Option(help="only the first so many people of the roll")] = None,
        out: Annotated[Path, typer.Option(help="where <session id>/record.zip and the results are written")] = OUT,
        seed: Annotated[str, typer.Option(help="other seeds, other invented votes; keys never come from it")] = "1",
    ) -> None:
        """Run a whole session through a real server, kiosks and scrutineers' stations, and verify its record."""
        console = Console()
        for source in [folder] if folder is not None else _examples():
            _demonstrate(source, delegates, out, seed, console)


def _examples() -> list[Path]:
    folders = [CHECKOUT / "examples" / name for name in EXAMPLES]
    if not all(folder.is_dir() for folder in folders):
        raise InputError("DIR", "there are no examples beside this installation", "Name a folder with session.toml")
    return folders


def _demonstrate(source: Path, delegates: int | None, out: Path, seed: str, console: Console) -> None:
    plan = with_delegates(read_plan(read_folder(source)), delegates)
    refuse_paper(plan)
    make_folder(out / plan.info.id, source)
    console.rule(Text(plan.info.title))
    show_notes(console, plan)
    with Steps(console) as steps:
        done = run(plan, out, seed, steps.report)
    show_results(console, done.decided)
    show_next(console, done.proposals)
    for left_out in done.left_out:
        show_unprinted(console, left_out)
    report = verify_file(done.record, done.fingerprint, done.receipt, Console(stderr=True))
    show_report(report, console)
    report.require_clean()
    _show_tampered(done, console)
    _show_outputs(done, console)


def _show_outputs(done: Done, console: Console) -> None:
    """Say where everything is, and how to check it again."""
    lines = (
        f"\n输出 outputs: {done.folder}",
        "再次核验 verify again:",
        f'  plenum verify {done.record} --fingerprint "{done.fingerprint}" --receipt {done.receipt}',
    )
    for line in lines:
        console.print(Text(line), soft_wrap=True)


def _show_tampered(done: Done, console: Console) -> Report:
    """Verify a copy in which one published vote was moved; it must be refused.

    Raises:
        FatalError: it was not.
    """
    copy = done.folder / "tampered.zip"
    contest = tamper(done.record, copy)
    report = verify_file(copy, done.fingerprint, None, Console(stderr=True))
    if not report.total_findings:
        raise FatalError(f"the tampered copy {copy} was accepted")
    console.print(Text(f"\n篡改演示：把 {contest} 的一票改记他处，再核验。One vote of {contest} moved in a copy:"))
    for finding in report.findings[:SHOWN_FINDINGS]:
        console.print(Text(f"✗ {finding.code} {finding.subject}: {finding.message}", style="red"), soft_wrap=True)
    console.print(
        Text(f"篡改的记录被拒绝。The tampered copy is refused: {report.total_findings} findings.", style="bold")
    )
    return report
