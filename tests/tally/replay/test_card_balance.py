"""The cards of a contest in numbers, at each stage of a session (SPEC §8.5 rule 6)."""

import pytest

from tally.replay.card_balance import CardBalance, card_balances
from tests.tally.replay.conftest import At
from voting_core.errors import StateError


def numbers(at: At, stage: str) -> CardBalance:
    (balance,) = card_balances(at(stage).state, "motion")
    return balance


def test_before_the_lists_there_is_nothing(at: At) -> None:
    balance = numbers(at, "defined")
    assert (balance.generated, balance.drawn, balance.known, balance.unaccounted) == (0, None, None, None)


def test_cards_are_generated_then_voided_and_declared(at: At) -> None:
    issued, ready = numbers(at, "issued"), numbers(at, "ready")
    assert issued.voided == 0
    assert issued.unaccounted is None
    assert ready.generated == issued.generated
    assert ready.voided > 0
    assert ready.valid == ready.generated - ready.voided - ready.reserve == ready.known
    assert ready.unaccounted == 0


def test_more_than_there_are_is_below_zero(at: At) -> None:
    session = at("ready")
    (cards,) = session.attendance().cards
    declared = session.attendance(cards=(type(cards)(cards.class_id, cards.drawn + 2, cards.test),))
    session.add(declared, *session.two_trustees())
    assert card_balances(session.state, "motion")[0].unaccounted == -2


def test_what_is_voided_after_opening_is_told_apart(at: At) -> None:
    session = at("voted")
    (balance,) = card_balances(session.state, "motion")
    assert balance.tests_voided == balance.test
    assert balance.unaccounted == 0


def test_there_is_no_balance_of_a_contest_that_is_not_defined(at: At) -> None:
    with pytest.raises(StateError, match="no contest"):
        card_balances(at("defined").state, "other")
