"""What the printed documents are called where people choose one, in both languages."""

from collections.abc import Mapping
from typing import Final

from ballots.screen.words import Said
from tally.report.model import DocumentKind

_ENGLISH: Final = {
    DocumentKind.COUNT: "Report of votes",
    DocumentKind.BOXES: "Sheets of the boxes",
    DocumentKind.ELECTED: "List of those elected",
    DocumentKind.TICKET: "Report of the vote",
    DocumentKind.MOTION: "Report of the vote",
    DocumentKind.QUESTIONNAIRE: "Answers",
    DocumentKind.EVALUATION_PERSON: "Evaluation, for the person",
    DocumentKind.EVALUATION_ROWS: "Evaluation, everybody",
    DocumentKind.EVALUATION_COMMITTEE: "Evaluation, for the committee",
    DocumentKind.EVALUATION_SUPERIOR: "Evaluation, for the committee above",
    DocumentKind.EVALUATION_DELEGATES: "Evaluation, for the delegates",
    DocumentKind.EVALUATION_PUBLIC: "Evaluation, for the public",
    DocumentKind.SELECTION: "Proposed list of the excellent",
    DocumentKind.NEXT: "Votes that may follow",
    DocumentKind.CONSULTATIONS: "Written consultations",
    DocumentKind.SAMPLE: "Report of a sample of papers",
    DocumentKind.ATTENDANCE: "Attendance",
    DocumentKind.LOG: "Summary of the log",
}

PRINTED: Final[Mapping[DocumentKind, Said]] = {
    kind: Said(kind.zh, f"{en} (in Chinese)") for kind, en in _ENGLISH.items()
}
"""The forms themselves are in Chinese, as the counting rules ask for them."""
