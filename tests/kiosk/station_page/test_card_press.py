"""Making cards: lists and sheets of the same secrets, in a process that ends."""

from datetime import date

import pytest

from ballots.card import credential_key, new_card_secret
from kiosk.station_page.card_press import Deck, Order, make, press
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError

SESSION = bytes(range(32))
DECKS = (Deck("代表", ("delegate", "plain"), 3), Deck("列席代表", ("leader", "plain"), 2))


def order(**changes: object) -> Order:
    values = {"session": SESSION, "slots": 2, "title": "第一次会议", "day": date(2026, 12, 20), "simulated": True}
    return Order(**{**values, "decks": DECKS, **changes})  # type: ignore[arg-type]


def test_the_lists_are_of_the_cards_sorted_and_by_class() -> None:
    made = make(order(), SeededRng("press"))
    rng = SeededRng("press")
    first, second = ([new_card_secret(rng) for _ in range(deck.count)] for deck in DECKS)
    for slot in range(2):
        keys = {
            "delegate": [credential_key(card, SESSION, slot).public for card in first],
            "leader": [credential_key(card, SESSION, slot).public for card in second],
            "plain": [credential_key(card, SESSION, slot).public for card in (*first, *second)],
        }
        for name, wanted in keys.items():
            assert made.lists.classes[name][slot] == b"".join(sorted(wanted))
    assert [sheet.reveal()[:5] for sheet in made.sheets] == [b"%PDF-", b"%PDF-"]


def test_the_process_gives_lists_and_sheets_and_no_two_alike() -> None:
    first, second = press(order()), press(order(decks=DECKS[:1]))
    first.lists.check()
    assert (first.lists.count("plain"), len(first.sheets)) == (5, 2)
    assert second.lists.classes["delegate"] != first.lists.classes["delegate"]
    assert second.sheets[0].reveal().startswith(b"%PDF-")


def test_what_a_failing_process_said_is_withheld() -> None:
    with pytest.raises(FatalError, match="could not be made") as caught:
        press(order(title="\U0001f600"))
    assert caught.value.__cause__ is None
    assert "\U0001f600" not in str(caught.value)


@pytest.mark.parametrize(
    "changes", [{"slots": 0}, {"slots": 33}, {"decks": ()}, {"decks": (Deck("x", ("x",), 20_001),)}]
)
def test_orders_have_limits(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="cards are made for"):
        order(**changes)


def test_folded_cards_are_other_sheets_of_the_same_secrets() -> None:
    flat, folded = (make(order(decks=DECKS[:1], folded=folded), SeededRng("fold")) for folded in (False, True))
    assert flat.lists == folded.lists
    assert flat.sheets[0].reveal() != folded.sheets[0].reveal()
    assert len(press(order(decks=DECKS[:1], folded=True)).sheets) == 1
