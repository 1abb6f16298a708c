"""Which printed reports belong into which folder, as PDF and XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from ballots.paper.glyphs import UnprintableError
from ballots.screen.words import Said
from tally.board.audience import Audience, Shown
from tally.board.site import Download, Site
from tally.report.model import Document, DocumentKind
from tally.report.render_pdf import document_pdf
from tally.report.render_xlsx import document_xlsx

_PLAIN: Final = (
    DocumentKind.COUNT,
    DocumentKind.TICKET,
    DocumentKind.MOTION,
    DocumentKind.QUESTIONNAIRE,
    DocumentKind.SAMPLE,
)
"""Those that print numbers of all rows of a contest."""

_TOLD: Final[Mapping[Audience, DocumentKind]] = {
    Audience.PUBLIC: DocumentKind.EVALUATION_PUBLIC,
    Audience.DELEGATES: DocumentKind.EVALUATION_DELEGATES,
    Audience.PERSON: DocumentKind.EVALUATION_PERSON,
}


def of_contest(documents: Iterable[Document], shown: Shown, audience: Audience) -> Iterator[Document]:
    """The reports on one result that an audience may have."""
    for document in documents:
        if document.provenance.contest != shown.facts.contest.id:
            continue
        restricted = audience is Audience.RESTRICTED
        told = document.kind is _TOLD.get(audience) and shown.told is not None
        counted = document.kind in _PLAIN and shown.numbers
        if restricted or told or counted or (document.kind is DocumentKind.ELECTED and not document.mark):
            yield document


def of_session(documents: Iterable[Document], audience: Audience, *, record: bool) -> Iterator[Document]:
    """The reports on the session as a whole; those that follow from all numbers go where the record goes."""
    for document in documents:
        if document.provenance.contest:
            continue
        log = record and document.kind is DocumentKind.LOG
        if log or document.kind is DocumentKind.ATTENDANCE or audience is Audience.RESTRICTED:
            yield document


def own_sheet(document: Document, number: int) -> Document:
    """The sheet of one person alone, by the place of the row on the ballot."""
    return replace(document, sheets=(document.sheets[number],))


class _Drawn(NamedTuple):
    pdf: bytes | None
    xlsx: bytes


class Printer:
    """Draws documents, each once for all folders, and for all boards in which it stands unchanged.

    While a session goes on its board is made again and again, and nearly all of its documents are those of before.
    """

    def __init__(self) -> None:
        self._drawn: dict[Document, _Drawn] = {}
        self._before: dict[Document, _Drawn] = {}

    def next_board(self) -> None:
        """Begin with a new board: what the one before had is still at hand, what only older ones had is forgotten."""
        self._before, self._drawn = self._drawn, {}

    def put(self, site: Site, document: Document) -> Iterator[Download]:
        """Put a document into a folder as PDF and XLSX. A name that no font can draw leaves the PDF out."""
        if document not in self._drawn:
            drawn = self._before.get(document)
            self._drawn[document] = drawn or _Drawn(_pdf(document), document_xlsx(document))
        pdf, xlsx = self._drawn[document]
        said = Said(document.kind.zh, _ENGLISH[document.kind])
        if pdf is not None:
            yield site.download(said, f"{document.file_name}.pdf", pdf)
        yield site.download(said, f"{document.file_name}.xlsx", xlsx)


def _pdf(document: Document) -> bytes | None:
    try:
        return document_pdf(document)
    except UnprintableError:
        return None


_ENGLISH: Final = {
    DocumentKind.COUNT: "Count report",
    DocumentKind.BOXES: "Count by boxes",
    DocumentKind.ELECTED: "List of the elected",
    DocumentKind.TICKET: "Report of the vote",
    DocumentKind.MOTION: "Report of the vote",
    DocumentKind.QUESTIONNAIRE: "Result of the questionnaire",
    DocumentKind.EVALUATION_PERSON: "Result of the evaluation (own)",
    DocumentKind.EVALUATION_ROWS: "Result of the evaluation (all)",
    DocumentKind.EVALUATION_COMMITTEE: "Result of the evaluation (for the committee)",
    DocumentKind.EVALUATION_SUPERIOR: "Result of the evaluation (for the committee above)",
    DocumentKind.EVALUATION_DELEGATES: "Result of the evaluation (for delegates)",
    DocumentKind.EVALUATION_PUBLIC: "Result of the evaluation (public)",
    DocumentKind.SELECTION: "Those proposed under the quota",
    DocumentKind.NEXT: "What may follow",
    DocumentKind.CONSULTATIONS: "Written consultations",
    DocumentKind.SAMPLE: "Report of a sample of papers",
    DocumentKind.ATTENDANCE: "Attendance",
    DocumentKind.LOG: "Summary of the log",
}
