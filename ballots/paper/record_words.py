"""What a paper record says, in words (SPEC §7.6): the marks of its QR code, and nothing else.

Sheet, scanning station and reports take their words from here, and they come from the marks alone. So what is printed
beside a code cannot be something else than what the code says, and whoever reads the code sees the same words.
"""

from dataclasses import dataclass

from ballots.contest import Contest
from ballots.screen.ballot import button_of
from ballots.screen.words import Said


@dataclass(frozen=True, slots=True)
class Named:
    """A row with its number in the list from 1: names may repeat, and the number is on every ballot."""

    number: int
    name: str

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A mark, in words, and the rows that have it. `note` says that untouched rows are among them, or is empty."""

    mark: str
    said: Said
    note: Said
    rows: tuple[Named, ...]

    @property
    def count(self) -> int:
        """How many rows have the mark."""
        return len(self.rows)


NO_NOTE = Said("", "")
BLANK_NOTE = Said("含未表态的", "with rows left blank")
NOBODY = Said("无", "none")


def record_lines(contest: Contest, marks: tuple[int, ...]) -> tuple[RecordLine, ...]:
    """Say the marks of a ballot: every mark of the contest in its order, also one that no row has."""
    if len(marks) != len(contest.rows):
        raise ValueError(f"{len(marks)} marks for the {len(contest.rows)} rows of {contest.id}")
    lines = []
    for index, mark in enumerate(contest.marks):
        rows = tuple(
            Named(number, row.name)
            for number, (row, given) in enumerate(zip(contest.rows, marks, strict=True), 1)
            if given == index
        )
        note = BLANK_NOTE if mark == contest.blank else NO_NOTE
        lines.append(RecordLine(mark, button_of(contest, mark).said, note, rows))
    return tuple(lines)


def record_text(contest: Contest, marks: tuple[int, ...]) -> str:
    """The same as plain text, a line for each mark: what a scanning station shows beside the picture."""
    return "\n".join(
        f"{line.said.zh}{f'（{line.note.zh}）' if line.note.zh else ''} {line.count}："
        f"{'、'.join(map(str, line.rows)) or NOBODY.zh}"
        for line in record_lines(contest, marks)
    )
