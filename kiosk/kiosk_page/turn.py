"""One delegate's turn at the screen: what was read, marked and sealed so far, and what may come next.

Nothing of a turn outlives it: it is in memory alone, one at a time, and is dropped when the delegate is done, walks
away, or the next card is read.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from ballots.contest import At, Contest
from ballots.marks import complete_marks
from ballots.screen.ballot import button_of
from ballots.screen.words import Said
from kiosk.outbox import Delivery
from kiosk.voting import SealedVote
from voting_core.errors import InputError, StateError
from voting_core.secret import Secret


class Phase(StrEnum):
    """Where a turn stands; the value names the template of its page."""

    CHOOSING = "choosing"
    MARKING = "marking"
    REVIEW = "review"
    SEALED = "sealed"
    DONE = "done"


@dataclass(slots=True)
class Turn:
    """A turn. `contests` are those for which the card still votes."""

    card: Secret[str]
    contests: tuple[Contest, ...]
    phase: Phase = Phase.CHOOSING
    contest: Contest | None = None
    sealed: SealedVote | None = None
    challenged: bool = False
    delivery: Delivery | None = None
    _marks: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def marks(self) -> Secret[dict[str, str]]:
        """The marks so far, by row id."""
        return Secret(dict(self._marks))

    def choose(self, contest_id: str) -> None:
        """Begin with a contest.

        Raises:
            StateError: the card does not vote in it, or a ballot is sealed already.
        """
        self._require(Phase.CHOOSING, Phase.MARKING, Phase.REVIEW)
        found = next((contest for contest in self.contests if contest.id == contest_id), None)
        if found is None:
            raise StateError("the card does not vote in this contest, or it is over")
        if self.contest is None or self.contest.id != found.id:
            self._marks = {}
        self.contest = found
        self.phase = Phase.MARKING

    def mark(self, given: dict[str, str]) -> None:
        """Take the marks of one page; a row that was not marked keeps what it had.

        Raises:
            StateError: there is no such row or mark here, or a ballot is sealed already.
        """
        self._require(Phase.MARKING, Phase.REVIEW)
        contest = self.chosen
        rows = {row.id for row in contest.rows}
        if not rows.issuperset(given) or not set(contest.marks).issuperset(given.values()):
            raise StateError("the ballot has no such row or mark")
        self._marks.update(given)
        self.phase = Phase.MARKING

    def review(self) -> None:
        """Go to the summary; what hinders sealing is said there."""
        self._require(Phase.MARKING, Phase.REVIEW)
        self.phase = Phase.REVIEW

    def back(self) -> None:
        """Go back and correct."""
        self._require(Phase.REVIEW, Phase.MARKING)
        self.phase = Phase.MARKING

    def seal(self, sealed: SealedVote) -> None:
        """Take the sealed ballot; its code may be shown, its marks no more."""
        self._require(Phase.REVIEW)
        self.sealed = sealed
        self.phase = Phase.SEALED

    def finish(self, delivery: Delivery, *, challenged: bool) -> None:
        """Note that the sealed ballot was cast, or opened as a test."""
        self._require(Phase.SEALED)
        self.challenged, self.delivery = challenged, delivery
        self.phase = Phase.DONE
        if not challenged and self.contest is not None:
            self.contests = tuple(contest for contest in self.contests if contest.id != self.chosen.id)

    def go_on(self) -> None:
        """After a ballot: the marks are forgotten, and the next contest may be chosen."""
        self._require(Phase.DONE)
        self.contest = self.sealed = self.delivery = None
        self._marks = {}
        self.phase = Phase.CHOOSING

    @property
    def chosen(self) -> Contest:
        """The contest that was chosen.

        Raises:
            StateError: none was.
        """
        if self.contest is None:
            raise StateError("no contest was chosen")
        return self.contest

    def summary(self) -> tuple[tuple[Said, int, tuple[str, ...]], ...]:
        """The ballot in words: each mark with the number and names of the rows that have it, then the blank ones."""
        contest = self.chosen
        lines = []
        for mark in (*contest.marks, ""):
            names = tuple(row.name for row in contest.rows if self._marks.get(row.id, "") == mark)
            if names:
                lines.append((button_of(contest, mark).said if mark else self._blank(), len(names), names))
        return tuple(lines)

    def hindrance(self) -> Said | None:
        """What keeps the ballot from being sealed, in words; None when nothing does."""
        contest = self.chosen
        blank = sum(row.id not in self._marks for row in contest.rows)
        if blank and not contest.blank:
            return Said(f"还有 {blank} 行没有表态，每一行都须表态", f"{blank} row(s) have no mark; every row needs one")
        for limit in contest.limits:
            used = sum(self._marks.get(row.id, contest.blank) == limit.mark for row in contest.rows)
            word = button_of(contest, limit.mark).said
            if limit.at is At.LEAST and used < limit.count:
                return Said(
                    f"“{word.zh}”至少 {limit.count} 个，现在是 {used} 个",
                    f"“{word.en}” at least {limit.count} times, now {used}",
                )
            if limit.at is At.MOST and used > limit.count:
                return Said(
                    f"“{word.zh}”最多 {limit.count} 个，现在是 {used} 个，请改去 {used - limit.count} 个",
                    f"“{word.en}” at most {limit.count} times, now {used}: change {used - limit.count}",
                )
        try:
            complete_marks(contest, dict(self._marks))
        except InputError as error:
            return Said("选票还不符合规则，请返回检查", f"The ballot does not fit the rules yet ({error.problem})")
        return None

    def _blank(self) -> Said:
        if not self.chosen.blank:
            return Said("没有表态", "Not marked")
        word = button_of(self.chosen, self.chosen.blank).said
        return Said(f"没有表态，视为{word.zh}", f"Not marked, counts as: {word.en.lower()}")

    def _require(self, *phases: Phase) -> None:
        if self.phase not in phases:
            raise StateError("this cannot be done at this point; look at the screen again")
