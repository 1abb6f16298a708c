"""The cards of a contest in numbers: generated − voided − reserve = drawn + test (SPEC §8.5 rule 6).

Replay opens a contest by these numbers, and screens show them before: both take them from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from tally.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class CardBalance:
    """The cards of one class for one contest.

    `generated` is 0 before the list is in the log. `voided` were voided before opening (`left_over`); `tests_voided`
    and `returned` after it. `drawn` and `test` are those declared, None before attendance is.
    """

    class_id: str
    generated: int
    voided: int
    reserve: int
    drawn: int | None
    test: int | None
    tests_voided: int
    returned: int

    @property
    def valid(self) -> int:
        """Cards that can vote when the contest opens: generated − voided − reserve."""
        return self.generated - self.voided - self.reserve

    @property
    def known(self) -> int | None:
        """Cards that somebody holds by the declaration: drawn + test; None before there is one."""
        return None if self.drawn is None or self.test is None else self.drawn + self.test

    @property
    def unaccounted(self) -> int | None:
        """How many cards could vote beyond those that are known of; below zero when more are declared than there are.

        None before attendance is declared; 0 opens the contest.
        """
        return None if self.known is None else self.valid - self.known


def card_balances(state: State, contest_id: str) -> tuple[CardBalance, ...]:
    """The balance of each class of a contest, in the contest's order.

    Raises:
        StateError: no such contest is defined.
    """
    contest = state.contest(contest_id)
    slot = contest.contest.slot
    declared = {cards.class_id: cards for cards in contest.attendance.cards} if contest.attendance else {}
    balances = []
    for name in contest.contest.classes:
        issued, cards = state.lists.get((slot, name)), declared.get(name)
        balances.append(
            CardBalance(
                class_id=name,
                generated=issued.count if issued else 0,
                voided=state.void_counts.get((slot, name, "left_over"), 0),
                reserve=state.reserve.get(name, 0),
                drawn=cards.drawn if cards else None,
                test=cards.test if cards else None,
                tests_voided=state.void_counts.get((slot, name, "test"), 0),
                returned=state.void_counts.get((slot, name, "returned"), 0),
            )
        )
    return tuple(balances)
