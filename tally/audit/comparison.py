"""Paper totals beside the decrypted ones: equal, or where and by how much they differ (`paper.compared`, SPEC §8.4)."""

from __future__ import annotations

from dataclasses import dataclass

from ballots.contest import Contest
from tally.audit.papers import Totals
from tally.entries.counting import PaperCompared


@dataclass(frozen=True, slots=True)
class Difference:
    """A row and a mark whose number on paper is not the one of the count."""

    row: str
    name: str
    mark: str
    paper: int
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All papers of a contest against its count. `body` is what two scrutineers sign."""

    papers: int
    ballots: int
    differences: tuple[Difference, ...]
    body: PaperCompared

    @property
    def agrees(self) -> bool:
        """Whether number and totals are the same."""
        return self.body.agrees


def compare(contest: Contest, paper: Totals, counted: Totals) -> Comparison:
    """Compare the totals of all papers with those of the ballots counted."""
    differences = tuple(
        Difference(row.id, row.name, mark, on_paper, in_count)
        for row, paper_row, counted_row in zip(contest.rows, paper.counts, counted.counts, strict=True)
        for mark, on_paper, in_count in zip(contest.marks, paper_row, counted_row, strict=True)
        if on_paper != in_count
    )
    agrees = not differences and paper.papers == counted.papers
    return Comparison(
        papers=paper.papers,
        ballots=counted.papers,
        differences=differences,
        body=PaperCompared(contest=contest.id, papers=paper.papers, counts=paper.counts, agrees=agrees),
    )
