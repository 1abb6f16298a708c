"""What a session leaves on disk: record.zip, results.json and the tables for officials (the output folder)."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ballots.paper.glyphs import UnprintableError
from tally.next_vote import Proposal, next_votes
from tally.record.write import write_record
from tally.replay.expected import attendance_of, outcome_of
from tally.report.beside import RECORD_ALONE, Beside
from tally.report.build import documents
from tally.report.log_summary import count_types
from tally.report.model import Document
from tally.report.render_json import document_json
from tally.report.render_pdf import document_pdf
from tally.report.render_xlsx import document_xlsx
from tally.results import Decided, results_bytes, results_json
from tally.state import State
from tally.tables import contest_csv, summary_csv
from voting_core.errors import InputError
from voting_core.signing_key import SigningKey

RECORD = "record.zip"
RESULTS = "results.json"
SUMMARY = "汇总.csv"
NEXT = "next.json"
REPORTS = "reports"
"""The folder of the reports, beside the record."""
REPORT_FORMS = (".pdf", ".xlsx", ".json")
"""The forms in which each report is written."""

_OTHER_FOLDER = "Name another folder with --out"


def decided_contests(state: State) -> tuple[Decided, ...]:
    """The counted contests of a session in the order of their slots, with what the adopted rules make of them."""
    counted = [contest for contest in state.contests.values() if contest.is_decidable]
    ordered = sorted(counted, key=lambda contest: contest.contest.slot)
    return tuple(
        (item.contest, attendance_of(state, item.id), item.totals, outcome_of(state, item.id)) for item in ordered
    )


def make_folder(folder: Path, source: Path | None = None) -> None:
    """Make the output folder before any work is done for it. `source` is the folder that the session is read from.

    Raises:
        InputError: it cannot be made or written to, or is `source`, whose tables have the names of results.
    """
    if source is not None and folder.resolve() == source.resolve():
        raise InputError(str(folder), "holds the tables of the session, which results would replace", _OTHER_FOLDER)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(folder), f"cannot be made ({error.strerror})", _OTHER_FOLDER) from error
    if not os.access(folder, os.W_OK):
        raise InputError(str(folder), "cannot be written to", _OTHER_FOLDER)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Where to write a file that appears whole or not at all: a reader never sees half of it.

    Raises:
        InputError: the disk is full or refuses; what stood there before still stands.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise InputError(
            str(path), f"cannot be written ({error.strerror})", "Free space, or choose another folder"
        ) from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all.

    Raises:
        InputError: the disk is full or refuses.
    """
    with _whole(path) as temporary:
        temporary.write_bytes(content)


def write_record_file(
    path: Path, entries: Iterable[bytes], checkpoints: Iterable[tuple[int, bytes]], service_key: SigningKey
) -> None:
    """Write record.zip, whole or not at all.

    Raises:
        InputError: the disk is full or refuses.
    """
    with _whole(path) as temporary, temporary.open("w+b") as target:
        write_record(target, entries, checkpoints, service_key)


def write_results(
    folder: Path, state: State, entries: Iterable[bytes], beside: Beside = RECORD_ALONE
) -> tuple[str, ...]:
    """Write results.json, one table for each contest, the summary, next.json, and below :data:`REPORTS` the reports.

    `entries` are those of the log, `beside` is what the plan has and the record has not. Gives what could not be
    printed, in sentences.

    Raises:
        InputError: the disk is full or refuses.
    """
    decided = decided_contests(state)
    write_file(folder / RESULTS, results_bytes(results_json(decided)))
    for contest, _, counts, outcome in decided:
        write_file(folder / f"{contest.id}.csv", contest_csv(contest, counts, outcome))
    write_file(folder / SUMMARY, summary_csv(decided))
    write_next(folder, next_votes(state))
    _remove_earlier_reports(folder / REPORTS)
    return write_reports(folder / REPORTS, documents(state, count_types(entries), beside))


def write_next(folder: Path, proposals: Sequence[Proposal]) -> None:
    """Write next.json, the list of what may follow; where nothing may, there is no such file.

    Raises:
        InputError: the disk is full or refuses.
    """
    path = folder / NEXT
    if proposals:
        text = json.dumps([proposal.to_json() for proposal in proposals], ensure_ascii=False, indent=2)
        write_file(path, (text + "\n").encode("utf-8"))
    else:
        # One of an earlier run would speak of another result.
        path.unlink(missing_ok=True)


def _remove_earlier_reports(folder: Path) -> None:
    """Remove the reports of an earlier run: a list of people elected then must not lie beside those of today.

    Raises:
        InputError: the disk refuses.
    """
    for form in REPORT_FORMS:
        for path in folder.glob(f"*{form}"):
            try:
                path.unlink()
            except OSError as error:
                problem = f"is of an earlier run and cannot be removed ({error.strerror})"
                raise InputError(str(path), problem, _OTHER_FOLDER) from error


def write_reports(folder: Path, made: Iterable[Document]) -> tuple[str, ...]:
    """Write each document as PDF, XLSX and JSON. Gives a sentence for each that has a character no font has.

    Such a document is left out as PDF alone: nothing is printed with a hole in a name.

    Raises:
        InputError: the disk is full or refuses.
    """
    make_folder(folder)
    left_out = []
    for document in made:
        name = document.file_name
        write_file(folder / f"{name}.json", document_json(document))
        write_file(folder / f"{name}.xlsx", document_xlsx(document))
        try:
            write_file(folder / f"{name}.pdf", document_pdf(document))
        except UnprintableError as error:
            (folder / f"{name}.pdf").unlink(missing_ok=True)
            left_out.append(str(error))
    return tuple(left_out)
