"""BRAVO: a ballot-polling audit that limits the risk of confirming a wrong outcome.

Mark Lindeman, Philip B. Stark, Vincent S. Yates, "BRAVO: Ballot-polling Risk-limiting Audits to Verify Outcomes",
EVT/WOTE 2012. An assertion says that among the papers that speak for or against it, those for it are more than a share
`null`. Wald's sequential test multiplies, for each paper drawn, by s/null for one that is for it and by
(1 - s)/(1 - null) for one against, with s the reported share. If the assertion is false, the product reaches 1/limit
with a chance of at most the limit, whenever one looks at it; so the assertion is confirmed when it does.

For a winner and a loser `null` is one half, as in the paper. For a threshold (more than half of those who should have
voted, say) it is the largest share at which the threshold is missed: the test is the same, because its bound needs only
that s is above `null`.

Whether the limit is reached is decided by integers. Logarithms occur in the planned size alone, in decimal arithmetic
that is the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from math import ceil
from typing import Final

RISK_LIMIT: Final = Fraction(1, 20)
"""A wrong outcome is confirmed with a chance of at most 5 %."""

_CONTEXT: Final = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Poll:
    """What is asserted of a pile: `reported` of the papers that speak, and more than `null` of them, are for it.

    `speaking` is the share of all papers that are for or against it.
    """

    null: Fraction
    reported: Fraction
    speaking: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if not (0 <= self.null < self.reported <= 1 and 0 < self.speaking <= 1):
            raise ValueError("an assertion is tested only where the report is on its side")


def is_confirmed(poll: Poll, for_it: int, against: int, limit: Fraction = RISK_LIMIT) -> bool:
    """Whether papers drawn at random, so many for the assertion and so many against, confirm it at the risk limit."""
    if not 0 < limit < 1 or for_it < 0 or against < 0:
        raise ValueError("a risk limit is between 0 and 1, and papers are counted")
    if poll.null == 0 and for_it > 0:
        return True  # one paper for it refutes that there is none
    if for_it + against == 0:
        return False
    up = poll.reported / poll.null if poll.null else Fraction(1)
    down = (1 - poll.reported) / (1 - poll.null)
    above: int = up.numerator**for_it * down.numerator**against * limit.numerator
    below: int = up.denominator**for_it * down.denominator**against * limit.denominator
    return above >= below


def expected_size(poll: Poll, limit: Fraction = RISK_LIMIT) -> Decimal:
    """How many papers are drawn on average if the report is right: the paper's average sample number (section 4)."""
    if poll.null == 0:
        return 1 / _decimal(poll.reported * poll.speaking)
    up = _ln(poll.reported / poll.null)
    left = 1 - poll.reported
    gain = _CONTEXT.multiply(_decimal(poll.reported), up)
    if left:
        gain = _CONTEXT.add(gain, _CONTEXT.multiply(_decimal(left), _ln(left / (1 - poll.null))))
    goal = _CONTEXT.add(_ln(1 / limit), _CONTEXT.divide(up, Decimal(2)))
    return _CONTEXT.divide(goal, _CONTEXT.multiply(gain, _decimal(poll.speaking)))


def planned_size(polls: tuple[Poll, ...], limit: Fraction = RISK_LIMIT) -> int:
    """The papers to draw first, so that all assertions can be expected to be confirmed: the largest of their sizes."""
    return max(ceil(expected_size(poll, limit)) for poll in polls)


def _decimal(value: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _ln(value: Fraction) -> Decimal:
    return _CONTEXT.ln(_decimal(value))
