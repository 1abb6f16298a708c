"""`plenum report`: all reports of a session from its record alone, and whether a printed one is of that record."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from tally.cli.output import make_folder, write_reports
from tally.cli.reading import read_file
from tally.cli.show import show_unprinted
from tally.cli.verify_command import show_report, verify_file_with_state
from tally.plan.earlier import read_trust
from tally.plan.table import MAX_FILE_BYTES
from tally.record.read import RecordReader
from tally.report.beside import Beside
from tally.report.build import documents
from tally.report.code import PLACE as CODE_PLACE
from tally.report.code import check_code
from tally.report.log_summary import count_types
from tally.verify.report import EXIT_ACCEPTED, EXIT_FINDINGS
from voting_core.errors import InputError

OUT = Path("reports")
UNANCHORED = "! 未给出会议指纹，未锚定 no fingerprint was given: unanchored"


def _beside(earlier: Path | None, day: str) -> Beside:
    """What the options name.

    Raises:
        InputError: a file that cannot be read, or a day that is none.
    """
    trust = read_trust(earlier.name, read_file(earlier, MAX_FILE_BYTES + 1)) if earlier else ()
    try:
        return Beside(trust=trust, day=date.fromisoformat(day) if day else None)
    except ValueError:
        raise InputError("--day", f"{day} is no day", "Write it as 2027-01-07") from None


def _print_reports(
    record: Path, fingerprint: str | None, out: Path, check: str, beside: Beside, console: Console
) -> int:
    """Verify, then print or compare; gives the exit code."""
    report, state = verify_file_with_state(record, fingerprint, None, Console(stderr=True))
    if report.total_findings:
        show_report(report, console)
        return EXIT_FINDINGS
    if not report.anchored:
        console.print(Text(UNANCHORED, style="yellow"), soft_wrap=True)
    if check:
        about = check_code(check, state) or "会议 the session"
        console.print(Text(f"相符 agrees: {about}，{record}", style="bold green"), soft_wrap=True)
        return EXIT_ACCEPTED
    make_folder(out)
    with record.open("rb") as source:
        types = count_types(RecordReader(source).entries())
    made = documents(state, types, beside)
    left_out = write_reports(out, made)
    for sentence in left_out:
        show_unprinted(console, sentence)
    console.print(Text(f"{len(made)} 份报告 reports: {out}"), soft_wrap=True)
    return EXIT_FINDINGS if left_out else EXIT_ACCEPTED


def register(app: typer.Typer) -> None:
    """Add `plenum report`."""

    @app.command("report")
    def report(
        record: Annotated[Path, typer.Argument(metavar="RECORD", help="the record.zip")],
        out: Annotated[Path, typer.Option(help="the folder for the reports (PDF, XLSX, JSON)")] = OUT,
        fingerprint: Annotated[
            str | None, typer.Option(help="the session fingerprint that was read aloud and printed")
        ] = None,
        check: Annotated[
            str, typer.Option(metavar="CODE", help="only compare the QR code of a printed report with the record")
        ] = "",
        earlier: Annotated[
            Path | None, typer.Option(metavar="CSV", help="the earlier-trust.csv that `plenum continue` wrote")
        ] = None,
        day: Annotated[
            str, typer.Option(metavar="YYYY-MM-DD", help="the day on which results are told; else that of the session")
        ] = "",
    ) -> None:
        """Verify a record and print its reports. Exit 0 done, 1 findings or a report left unprinted, 2 no record."""
        console = Console()
        try:
            code = _print_reports(record, fingerprint, out, check, _beside(earlier, day), console)
        except InputError as error:
            if error.place != CODE_PLACE:
                raise
            console.print(Text(f"✗ {error}", style="bold red"), soft_wrap=True)
            code = EXIT_FINDINGS
        raise typer.Exit(code)
