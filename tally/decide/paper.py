"""Paper ballots counted one by one: the counts of every row, and the void ballots with their reasons.

What a ballot says is judged by :mod:`tally.decide.paper_election` and :mod:`tally.decide.paper_votes`; here the
judgements are added up. A void ballot counts nowhere; each valid one counts once in every row, as one of its marks or
as a line that cannot be counted, so that every row adds up to the valid ballots.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ballots.void_reasons import VoidReason
from tally.decide.attendance import contradiction
from tally.decide.paper_lines import ITEM_INVALID, UNREADABLE
from tally.decide.steps import Step


@dataclass(frozen=True, slots=True)
class PaperBallot:
    """The symbols of one sheet in the order of the rows, and the names written in, each with its symbol.

    `void` is why those who count declared the whole sheet void before reading its lines, None where they did not.
    """

    marks: tuple[str, ...]
    write_ins: tuple[tuple[str, str], ...] = ()
    void: VoidReason | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a valid ballot says: one mark or ``item_invalid`` for each row, and the written names that count."""

    lines: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperCount:
    """The void ballots by number (from 1) with their reasons, the counts of every row in order, the written names."""

    void: Mapping[int, VoidReason]
    totals: tuple[Mapping[str, int], ...]
    write_ins: Mapping[str, int]

    @property
    def invalid_numbers(self) -> tuple[int, ...]:
        """The numbers of the void ballots, ascending."""
        return tuple(self.void)

    @property
    def reasons(self) -> dict[VoidReason, int]:
        """How many ballots are void for each reason that occurs, in the order of the list of reasons."""
        found = Counter(self.void.values())
        return {reason: found[reason] for reason in VoidReason if found[reason]}

    @property
    def steps(self) -> tuple[Step, ...]:
        """The void ballots in words; nothing where there are none."""
        if not self.void:
            return ()
        zh = "；".join(f"{reason.zh} {count} 张" for reason, count in self.reasons.items())
        en = "; ".join(f"{count} {reason.en}" for reason, count in self.reasons.items())
        return (Step("void_ballots", f"无效票 {len(self.void)} 张：{zh}", f"{len(self.void)} ballots are void: {en}"),)


def add_up(
    ballots: Sequence[PaperBallot],
    rows: int,
    marks: Sequence[str],
    judge: Callable[[PaperBallot, str], Reading | VoidReason],
) -> PaperCount:
    """Count sheets of so many `rows`; `judge` reads one, and is given how to call it.

    Raises:
        VerificationError: V11.D, a sheet with another number of lines; and what `judge` raises.
    """
    totals: tuple[Counter[str], ...] = tuple(Counter() for _ in range(rows))
    written: Counter[str] = Counter()
    void = {}
    for number, ballot in enumerate(ballots, start=1):
        if len(ballot.marks) != rows:
            contradiction(f"ballot {number} has {len(ballot.marks)} lines for {rows} rows")
        reading = ballot.void or _illegible(ballot) or judge(ballot, f"ballot {number}")
        if isinstance(reading, VoidReason):
            void[number] = reading
            continue
        for line, total in zip(reading.lines, totals, strict=True):
            total[line] += 1
        written.update(reading.names)
    kinds = (*marks, ITEM_INVALID)
    return PaperCount(void, tuple({kind: total[kind] for kind in kinds} for total in totals), dict(written))


def _illegible(ballot: PaperBallot) -> VoidReason | None:
    """A sheet of which nothing can be read is void; of one that can be read in part, the other lines are lost."""
    nothing = all(symbol == UNREADABLE for symbol in ballot.marks) and not ballot.write_ins
    return VoidReason.ILLEGIBLE if nothing else None
