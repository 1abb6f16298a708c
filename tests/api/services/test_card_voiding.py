"""Reading cards as hostile input, and which entries void them."""

import pytest

from api.services.card_voiding import (
    MAX_CARDS,
    NOT_A_CARD,
    OF_ANOTHER_SESSION,
    SCANNED_TWICE,
    Fate,
    Pile,
    plan,
    read_lines,
    voidable,
)
from ballots.card import typed_code
from ballots.qr.credential import encode_credential
from tally.entries.contests import ContestOpened
from tests.api.services.test_reconciliation import declare, void, world
from tests.api.world import World
from voting_core.errors import InputError, StateError

__all__ = ["world"]


def typed(world: World, card: int) -> str:
    return typed_code(world.cards[card], world.state.session_id).reveal()


def scanned(world: World, card: int) -> str:
    return encode_credential(world.cards[card], world.state.session_id).reveal()


def opened(world: World) -> None:
    declare(world, drawn=36, test=4)
    world.decree(ContestOpened("report"), "contest.opened")


def test_scanned_and_typed_cards_are_read(world: World) -> None:
    text = f"  {scanned(world, 0)}\r\n\n{typed(world, 1).lower()}\n"
    lines = read_lines(text, world.state.session_id)
    read = [line.card.reveal() for line in lines if line.card is not None]
    assert read == [card.reveal() for card in world.cards[:2]]


@pytest.mark.parametrize(
    "text", ["x", "0" * 63, "9" * 63, "1" * 5_000, "\x00", "表决卡", "<script>", "0000-" * 8, "٣" * 63]
)
def test_anything_else_is_no_card_and_is_not_repeated(world: World, text: str) -> None:
    (line,) = read_lines(text, world.state.session_id)
    assert (line.card, line.problem) == (None, NOT_A_CARD)


def test_cards_of_another_session_and_cards_scanned_twice_are_told(world: World) -> None:
    other = bytes(32)
    text = "\n".join(
        [
            encode_credential(world.cards[0], other).reveal(),
            typed_code(world.cards[0], other).reveal(),
            typed(world, 0),
            scanned(world, 0),
        ]
    )
    assert [line.problem for line in read_lines(text, world.state.session_id)] == [
        OF_ANOTHER_SESSION,
        OF_ANOTHER_SESSION,
        None,
        SCANNED_TWICE,
    ]


def test_a_damaged_code_is_not_guessed(world: World) -> None:
    code = typed(world, 0)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert read_lines(wrong, world.state.session_id)[0].problem == NOT_A_CARD


@pytest.mark.parametrize(
    ("text", "problem"), [("\n \n", "no card"), ("x\n" * (MAX_CARDS + 1), f"{MAX_CARDS + 1} lines")]
)
def test_a_list_has_a_length(world: World, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_lines(text, world.state.session_id)


def test_cards_left_over_are_voided_before_opening(world: World) -> None:
    void(world, 1)
    foreign = World(world.log_key, world.service_key, seed="another").cards[0]
    text = f"{typed(world, 0)}\n{typed(world, 1)}\n{typed_code(foreign, world.state.session_id).reveal()}"
    planned = plan(world.state, read_lines(text, world.state.session_id), Pile.LEFT_OVER, ["report"])
    assert {one.line: one.fate for one in planned} == {1: Fate.TO_VOID, 2: Fate.ALREADY, 3: Fate.UNKNOWN}
    (one,) = (one for one in planned if one.body)
    assert one.body is not None
    assert one.key is not None
    assert (one.body.reason, one.body.credential) == ("left_over", world.credential(0, world.contest()).public)
    assert one.key.public == one.body.credential


def test_entries_are_sorted_by_key_and_tell_no_order_of_scanning(world: World) -> None:
    def keys(order: range) -> list[bytes]:
        text = "\n".join(scanned(world, card) for card in order)
        lines = read_lines(text, world.state.session_id)
        return [one.body.credential for one in plan(world.state, lines, Pile.LEFT_OVER, ["report"]) if one.body]

    assert keys(range(10)) == keys(range(9, -1, -1)) == sorted(keys(range(10)))


@pytest.mark.parametrize(
    ("pile", "before", "after"),
    [(Pile.LEFT_OVER, "left_over", None), (Pile.RETURNED, "left_over", "returned"), (Pile.TEST, None, "test")],
)
def test_the_reason_follows_from_pile_and_moment(
    world: World, pile: Pile, before: str | None, after: str | None
) -> None:
    def reason() -> str | None:
        if not voidable(world.state, pile):
            with pytest.raises(StateError, match="no card of this kind"):
                plan(world.state, (), pile, ["report"])
            return None
        (one,) = plan(world.state, read_lines(typed(world, 0), world.state.session_id), pile, ["report"])
        assert one.body is not None
        return one.body.reason

    assert reason() == before
    opened(world)
    assert reason() == after


def test_a_card_that_has_voted_stays(world: World) -> None:
    opened(world)
    world.add(world.cast(0, world.contest()))
    (one,) = plan(world.state, read_lines(typed(world, 0), world.state.session_id), Pile.RETURNED, ["report"])
    assert (one.fate, one.body, one.key) == (Fate.HAS_CAST, None, None)


def test_nothing_printed_has_a_secret(world: World) -> None:
    lines = read_lines(typed(world, 0), world.state.session_id)
    shown = repr(lines) + repr(plan(world.state, lines, Pile.LEFT_OVER, ["report"]))
    secret = world.cards[0].reveal()
    assert secret.hex() not in shown
    assert repr(secret) not in shown
    assert all(fate.said.zh and fate.said.en for fate in Fate)
    assert all(pile.said.zh and pile.said.en for pile in Pile)


def test_a_contest_that_is_not_there_is_an_error(world: World) -> None:
    with pytest.raises(StateError, match="no contest"):
        plan(world.state, (), Pile.LEFT_OVER, ["nothing"])
