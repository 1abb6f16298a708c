from tally.cli.system import SystemRng
from tally.simulate.cards import card_keys, make_cards

SESSION = bytes(range(32))


def test_cards_are_all_different_and_hold_sixteen_bytes() -> None:
    cards = make_cards(50, SystemRng())
    secrets = {card.reveal() for card in cards}
    assert len(secrets) == 50
    assert {len(secret) for secret in secrets} == {16}
    assert "redacted" in repr(cards[0])


def test_one_card_has_unrelated_keys_in_each_slot_and_session() -> None:
    cards = make_cards(3, SystemRng())
    keys = [key.public for slot in (0, 1) for key in card_keys(cards, SESSION, slot)]
    other = [key.public for key in card_keys(cards, bytes(32), 0)]
    assert len({*keys, *other}) == 9
