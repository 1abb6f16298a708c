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
from tally.report.model import Document, DocumentKind
from tally.report.sample_check import MAX_REPORT_BYTES, check_sample_report
from tally.state import State
from tally.verify.report import EXIT_ACCEPTED, EXIT_FINDINGS
from voting_core.errors import InputError

OUT = Path("board")
UNANCHORED = "! 未给出会议指纹，未锚定 no fingerprint was given: unanchored"


def _day(text: str, session: str) -> date:
    try:
        return date.fromisoformat(text or session)
    except ValueError:
        raise InputError("--day", f"{text} is no day", "Write it as 2027-01-07") from None


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_REPORT_BYTES + 1)
    except OSError as error:
        raise InputError(
            str(file), error.strerror or "it cannot be read", "Give the file of plenum scan report"
        ) from None


def _samples(state: State, given: tuple[Path, ...]) -> tuple[Document, ...]:
    """The reports in these files, or in these folders, each checked against the record."""
    found: dict[str, Document] = {}
    for path in given:
        files = sorted(path.glob(f"*{DocumentKind.SAMPLE.zh}.json")) if path.is_dir() else [path]
        if not files:
            raise InputError("--sample", f"{path} has no report of a sample", "Name the folder of plenum scan report")
        for file in files:
            document = check_sample_report(state, _read(file), str(file))
            if found.setdefault(document.file_name, document) != document:
                raise InputError("--sample", f"two reports are of {document.provenance.contest}", "Give the last one")
    return tuple(found.values())


def make_board(
    record: Path,
    out: Path,
    audiences: tuple[Audience, ...],
    fingerprint: str | None,
    day: str,
    with_record: bool,
    console: Console,
    samples: tuple[Path, ...] = (),
) -> int:
    """Verify a record, and write the folders of these audiences; gives the exit code.

    Raises:
        InputError: the record cannot be read, the day is none, a report of a sample does not follow from the record,
            or the folder is not empty.
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
            samples=_samples(state, samples),
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
        sample: Annotated[
            list[Path] | None,
            typer.Option(help="a report of a sample of the papers (its JSON, or its folder); may be repeated"),
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
        raise typer.Exit(
            make_board(record, out, audiences, fingerprint, day, with_record, Console(), tuple(sample or ()))
        )
