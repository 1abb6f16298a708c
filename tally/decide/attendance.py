"""Who should attend, who came, which ballots there are (SPEC §9.7), and the checks that these numbers must pass.

Numbers that contradict each other are an error (V11.D) and never corrected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from tally.rules.common import ReturnedBallots
from tally.rules.threshold import Base
from voting_core.errors import VerificationError


def contradiction(message: str, *culprits: str) -> NoReturn:
    """Refuse numbers that cannot all be true."""
    raise VerificationError("V11.D", message, culprits)


@dataclass(frozen=True, slots=True)
class Attendance:
    """The numbers of people and ballots of one contest. Each is a number of its own; none is inferred from another.

    `over_issued` is by how many the ballots cast of some class exceed the cards drawn of that class, added up over the
    classes: too many of one class are not made good by an absent voter of another. For ballots counted by hand it is
    that of the boxes that the presidium has declared void. `drawn` has the cards drawn of each class where there are
    cards.
    """

    should_attend: int
    present: int
    issued: int
    returned: int
    invalid: int = 0
    over_issued: int = 0
    drawn: tuple[tuple[str, int], ...] = ()

    @property
    def valid(self) -> int:
        """The valid ballots."""
        return self.returned - self.invalid

    def in_order(self, rule: ReturnedBallots) -> bool:
        """Whether no more ballots came back than the rule allows; otherwise the vote is void and held again."""
        most = self.issued if rule is ReturnedBallots.LE_ISSUED else self.present
        return self.returned <= most and self.over_issued == 0

    def of_classes(self, classes: Sequence[str], ballots: int) -> Attendance:
        """The ballots of some classes, all of them valid: what was issued to these, and what came back.

        Raises:
            VerificationError: V11.D, a class without a number of cards.
        """
        drawn = dict(self.drawn)
        for name in classes:
            if name not in drawn:
                contradiction(f"the cards drawn of the class {name} are not told", name)
        issued = sum(drawn[name] for name in classes)
        return Attendance(self.should_attend, self.present, issued, ballots)

    def base(self, base: Base) -> int:
        """The number that a threshold names; ``answered`` depends on the row and is not one of them."""
        match base:
            case Base.SHOULD_ATTEND:
                return self.should_attend
            case Base.PRESENT:
                return self.present
            case Base.ISSUED:
                return self.issued
            case Base.RETURNED:
                return self.returned
            case Base.VALID:
                return self.valid
            case Base.ANSWERED:
                raise ValueError("the answers given are counted for each row")

    def check(self) -> None:
        """Accept numbers that can all be true.

        Raises:
            VerificationError: V11.D.
        """
        for name in ("should_attend", "present", "issued", "returned", "invalid", "over_issued"):
            if getattr(self, name) < 0:
                contradiction(f"{name} is {getattr(self, name)}, below zero")
        if self.should_attend == 0:
            contradiction("nobody should attend, so nothing can be decided")
        if self.present > self.should_attend:
            contradiction(f"{self.present} are present, and only {self.should_attend} should attend")
        if self.invalid > self.returned:
            contradiction(f"{self.invalid} ballots are invalid, and only {self.returned} were returned")


def check_row(row: str, counts: tuple[int, ...], item_invalid: int, valid: int) -> None:
    """Accept a row whose marks and unreadable lines add up to the valid ballots.

    Raises:
        VerificationError: V11.D with the row.
    """
    if min((*counts, item_invalid)) < 0:
        contradiction(f"{row} has a count below zero", row)
    total = sum(counts) + item_invalid
    if total != valid:
        contradiction(f"the marks of {row} add up to {total}, and there are {valid} valid ballots", row)
