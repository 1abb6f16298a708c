"""A whole board: the folder of one audience, or all of them, from a replayed session.

The same source gives the same bytes. Folders do not point at each other: each is carried to its audience alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ballots.crockford import fingerprint_text
from ballots.screen.words import Bilingual, Said
from tally.board.audience import Audience, may_have_record, people_told, published, session_of, shown_to
from tally.board.codes import Found, ballots_of, in_lists
from tally.board.downloads import Printer, of_contest, of_session, own_sheet
from tally.board.log_lines import ENTRIES_ON_A_PAGE, in_pages, log_lines
from tally.board.notes import Note, notes_of
from tally.board.results import Result, own_result, result_of
from tally.board.samples import sample_told
from tally.board.site import INDEX, Download, Site
from tally.board.source import Source
from tally.board.tables import result_csv, results_json
from tally.board.tree import Tree, climbed
from tally.board.verdicts import STATUS_WORDS
from tally.report.beside import Beside
from tally.report.build import documents
from tally.report.facts import day_words
from tally.report.log_summary import count_types
from tally.report.model import Document, DocumentKind
from tally.report.render_json import document_json
from tally.state import State

RECORD: Final = "record.zip"
RESULTS: Final = "results.json"
NOTES_ON_A_PAGE: Final = 50
ENTRIES_IN_A_PART: Final = 1_000
"""As a record has them (SPEC §10.1)."""

_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_PLACES: Final = (
    (INDEX, Said("公示首页", "Start")),
    ("lookup/index", Said("查确认码", "Look up a code")),
    ("log/index", Said("会议日志", "The log")),
    ("checkpoints/index", Said("检查点与见证", "Checkpoints")),
    ("check", Said("自己核验", "Check it yourself")),
)


def board(
    source: Source, audiences: Sequence[Audience] = tuple(Audience), printer: Printer | None = None
) -> dict[str, bytes]:
    """The files of these folders by path, each path beginning with the name of its folder.

    Whoever makes the board of a session again gives the `printer` of the board before, which has its documents.
    """
    files: dict[str, bytes] = {}
    printer = printer or Printer()
    printer.next_board()
    common = _Common(source, printer)
    for audience in audiences:
        if audience is Audience.PERSON:
            folders = _people(common)
        else:
            folders = iter([(audience.value, _folder(common, audience))])
        for folder, site in folders:
            files.update({f"{folder}/{path}": content for path, content in site.files.items()})
    return files


class _Common:
    """What all folders share, made once."""

    def __init__(self, source: Source, printer: Printer) -> None:
        self.source = source
        self.printer = printer
        raws = (entry.raw for entry in source.entries)
        self.documents = (*documents(source.state, count_types(raws), Beside(day=source.day)), *source.samples)
        self.tree = Tree([entry.leaf for entry in source.entries])
        self.found = ballots_of(source.state, source.entries, self.tree)
        self.log = tuple(in_pages(log_lines(source.state, source.entries)))
        self.notes = notes_of(source.state, source.checkpoints)
        self.fingerprint = fingerprint_text(source.state.fingerprint) if source.state.fingerprint else ""

    def site(self, audience: Audience, *, places: tuple[tuple[str, Said], ...] = _PLACES, fonts: bool = True) -> Site:
        facts = session_of(self.source.state)
        return Site(facts.title, self.fingerprint, facts.simulated, audience.said, places, fonts)


def _folder(common: _Common, audience: Audience) -> Site:
    """The folder of an audience that sees results of everybody."""
    source, state = common.source, common.source.state
    site = common.site(audience)
    record = source.open_record or may_have_record(state, audience, source.day)
    results, kept = [], []
    for held in published(state):
        shown = shown_to(state, held, audience, source.day)
        if shown is None:
            kept.append(held.contest.title)
            continue
        result = result_of(shown)
        results.append(result)
        told = tuple(of_contest(common.documents, shown, audience))
        files = [file for document in told for file in common.printer.put(site, document)]
        samples = tuple(document for document in told if document.kind is DocumentKind.SAMPLE)
        files += [_for_programs(site, document) for document in samples]
        _result_page(site, result, files, samples)
    downloads = list(_session_downloads(common, site, audience, results, record=record))
    site.page(
        INDEX,
        "board/index.html",
        facts=session_of(state),
        results=results,
        kept=kept,
        unpublished=_unpublished(state),
        root=state.root.hex(),
        size=state.size,
        sealed=state.sealed,
        downloads=downloads,
        has_record=record,
        closed_to=audience,
        ballots=len(common.found),
        day=Said(day_words(source.day), source.day.isoformat()),
    )
    _lookup_pages(site, common.found, common)
    _log_pages(site, common)
    _note_pages(site, common.notes)
    _check_page(site, common, downloads if record else [])
    return site


def _people(common: _Common) -> Iterator[tuple[str, Site]]:
    """One folder for each person who is told the own result: that result, and nothing else."""
    source, state = common.source, common.source.state
    by_contest = {
        document.provenance.contest: document
        for document in common.documents
        if document.kind is DocumentKind.EVALUATION_PERSON
    }
    for held, row in people_told(state):
        shown = shown_to(state, held, Audience.PERSON, source.day, row)
        if shown is None:
            continue
        number = held.contest.row_index(row)
        site = common.site(Audience.PERSON, places=((INDEX, Said("本人结果", "Your result")),), fonts=False)
        files = list(_own_files(common, site, by_contest.get(held.id), number))
        result = own_result(shown, row)
        site.page(INDEX, "board/result.html", result=result, downloads=files, person=result.lines[0].name, samples=[])
        name = row if _SAFE.fullmatch(row) else f"row-{number + 1:03}"
        yield f"{Audience.PERSON.value}/{held.id}/{name}", site


def _own_files(common: _Common, site: Site, document: Document | None, number: int) -> Iterator[Download]:
    if document is not None:
        yield from common.printer.put(site, own_sheet(document, number))


def _unpublished(state: State) -> list[tuple[Bilingual, Said]]:
    shown = {held.id for held in published(state)}
    rest = [held for held in state.contests.values() if held.id not in shown]
    return [(held.contest.title, STATUS_WORDS[held.status]) for held in sorted(rest, key=lambda one: one.contest.slot)]


def _for_programs(site: Site, document: Document) -> Download:
    said = Said("纸票抽查报告（供程序读取）", "Report of a sample, for programs")
    return site.download(said, f"{document.file_name}.json", document_json(document))


def _result_page(site: Site, result: Result, files: Sequence[Download], samples: Sequence[Document]) -> None:
    table = site.download(Said("结果表格", "Table of the result"), f"{result.id}.csv", result_csv(result))
    site.page(
        f"results/{result.id}",
        "board/result.html",
        result=result,
        downloads=[*files, table],
        person="",
        samples=[sample_told(document) for document in samples],
    )


def _session_downloads(
    common: _Common, site: Site, audience: Audience, results: Sequence[Result], *, record: bool
) -> Iterator[Download]:
    if record:
        yield site.download(Said("会议记录（可核验）", "Record, to be verified"), RECORD, common.source.record)
    yield site.download(Said("结果（供程序读取）", "Results, for programs"), RESULTS, results_json(results))
    for document in of_session(common.documents, audience, record=record):
        yield from common.printer.put(site, document)


def _lookup_pages(site: Site, found: Sequence[Found], common: _Common) -> None:
    lists = in_lists(found)
    length = max(map(len, lists), default=1)
    site.page(
        "lookup/index",
        "board/lookup.html",
        lists=[(prefix, len(ballots)) for prefix, ballots in lists.items()],
        length=length,
        ballots=len(found),
    )
    for prefix, ballots in lists.items():
        site.page(
            f"lookup/{prefix}",
            "board/codes.html",
            prefix=prefix,
            ballots=ballots,
            root=common.tree.root.hex(),
            size=common.tree.size,
            page_of=_page_of,
        )


def _log_pages(site: Site, common: _Common) -> None:
    lists = {one.code: f"lookup/{prefix}" for prefix, found in in_lists(common.found).items() for one in found}
    for number in range(len(common.log) + 1):
        name = f"log/{number}" if number else "log/index"
        site.page(name, "board/log.html", pages=common.log, number=number, lists=lists)


def _page_of(index: int) -> int:
    """The page of the log that has an entry."""
    return index // ENTRIES_ON_A_PAGE + 1


def _note_pages(site: Site, notes: Sequence[Note]) -> None:
    pages = [notes[at : at + NOTES_ON_A_PAGE] for at in range(0, len(notes), NOTES_ON_A_PAGE)] or [()]
    for number, page in enumerate(pages):
        name = f"checkpoints/{number + 1}" if number else "checkpoints/index"
        site.page(name, "board/checkpoints.html", notes=page, number=number, pages=len(pages), total=len(notes))


def _check_page(site: Site, common: _Common, downloads: Sequence[Download]) -> None:
    sample = common.found[0] if common.found else None
    nodes = climbed(bytes.fromhex(sample.leaf), sample.steps) if sample else ()
    part = sample.index // ENTRIES_IN_A_PART * ENTRIES_IN_A_PART if sample else 0
    site.page(
        "check",
        "board/check.html",
        sample=sample,
        nodes=[node.hex() for node in nodes],
        part=f"log/{part:08}.jsonl",
        line=sample.index - part + 1 if sample else 0,
        fingerprint=common.fingerprint,
        root=common.tree.root.hex(),
        size=common.tree.size,
        record=next((file for file in downloads if file.name == RECORD), None),
    )
