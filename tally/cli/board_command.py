"""`plenum board`: what is published of a session as folders of static pages, from its record alone."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from tally.board.audience import Audience
from tally.board.build import board
from tally.board.source import Source
from tally.cli.folders import write_folder
from tally.cli.verify_command import show_report, verify_file_with_state
from tally.entries.envelope import decode_entry
from tally.record.read import RecordReader
from tally.verify.report import EXIT_ACCEPTED, EXIT_FINDINGS
from voting_core.errors import InputError

OUT = Path("board")
UNANCHORED = "! 未给出会议指纹，未锚定 no fingerprint was given: unanchored"


def _day(text: str, session: str) -> date:
    try:
        return date.fromisoformat(text or session)
    except ValueError:
        raise InputError("--day", f"{text} is no day", "Write it as 2027-01-07") from None


def make_board(
    record: Path,
    out: Path,
    audiences: tuple[Audience, ...],
    fingerprint: str | None,
    day: str,
    with_record: bool,
    console: Console,
) -> int:
    """Verify a record, and write the folders of these audiences; gives the exit code.

    Raises:
        InputError: the record cannot be read, the day is none, or the folder is not empty.
    """
    report, state = verify_file_with_state(record, fingerprint, None, Console(stderr=True))
    if report.total_findings:
        show_report(report, console)
        return EXIT_FINDINGS
    if not report.anchored:
        console.print(Text(UNANCHORED, style="yellow"), soft_wrap=True)
    with record.open("rb") as file:
        reader = RecordReader(file)
        source = Source(
            state=state,
            entries=tuple(map(decode_entry, reader.entries())),
            checkpoints=tuple(reader.checkpoints()),
            record=record.read_bytes(),
            day=_day(day, state.facts.date),
            open_record=with_record,
        )
    files = board(source, audiences)
    write_folder(out, files)
    for audience in audiences:
        count = sum(name.startswith(f"{audience.value}/") for name in files)
        if count:
            said = audience.said
            line = f"{out / audience.value}：{count} 个文件 files，{said.zh} {said.en}"
            console.print(Text(line), soft_wrap=True)
    return EXIT_ACCEPTED


def register(app: typer.Typer) -> None:
    """Add `plenum board`."""

    @app.command("board")
    def _board(
        record: Annotated[Path, typer.Argument(metavar="RECORD", help="the record.zip")],
        out: Annotated[Path, typer.Option(help="a new folder; each audience has one of its own in it")] = OUT,
        scope: Annotated[
            list[Audience] | None, typer.Option(help="for whom; may be repeated. Without it: the public alone")
        ] = None,
        fingerprint: Annotated[
            str | None, typer.Option(help="the session fingerprint that was read aloud and printed")
        ] = None,
        day: Annotated[
            str, typer.Option(metavar="YYYY-MM-DD", help="the day of publication; else that of the session")
        ] = "",
        with_record: Annotated[
            bool,
            typer.Option("--with-record", help="give the record to every audience, with all the numbers that it holds"),
        ] = False,
    ) -> None:
        """Verify a record and make its public pages. Exit 0 done, 1 findings, 2 no record or no place to write."""
        audiences = tuple(dict.fromkeys(scope or [Audience.PUBLIC]))
        raise typer.Exit(make_board(record, out, audiences, fingerprint, day, with_record, Console()))
