"""Cards and choices that a kiosk refuses, in the words that the delegate reads. Nothing is printed or counted."""

from collections.abc import Iterator

import pytest

from ballots.card import typed_code
from kiosk.outbox import Delivery
from tests.api.hall import Hall, running_hall
from tests.bad_input.items import says
from tests.kiosk.booth import Booth, turn, world_booth
from tests.support.seeded_rng import SeededRng

CAST, VOIDED = 5, 6


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hall, Booth]]:
    """A kiosk in an open contest of two approvals at most; card 5 has voted, card 6 is void."""
    directory = tmp_path_factory.mktemp("cards")
    with running_hall(directory / "data") as hall:
        hall.vote()
        hall.cast(CAST)
        hall.post(hall.world.void(VOIDED, hall.contest, "returned"))
        booth = world_booth(hall, directory / "kiosk")
        booth.round()
        yield hall, booth


def refused(shared: tuple[Hall, Booth], item: str, line: str) -> None:
    hall, booth = shared
    booth.events.said.clear()
    before = hall.service.sequencer.view
    booth.round(line)
    (event,) = booth.events.of("refused")
    says(item, event["problem"])
    assert hall.service.sequencer.view is before
    # A used card is found by the server's answer to its ballot, which stays on the kiosk's disk as refused.
    assert {own.delivery for own in booth.station.outbox.of_contest("report")} <= {Delivery.REFUSED}
    assert not list(booth.receipts.iterdir())


def test_a_card_of_another_session(shared: tuple[Hall, Booth]) -> None:
    hall, _ = shared
    code = typed_code(hall.world.cards[0], SeededRng("another session").bytes(32)).reveal()
    refused(shared, "card: of another session", turn(hall, 0, card=code))


def test_a_voided_card(shared: tuple[Hall, Booth]) -> None:
    refused(shared, "card: voided", turn(shared[0], VOIDED))


def test_a_card_that_has_voted(shared: tuple[Hall, Booth]) -> None:
    refused(shared, "card: used twice", turn(shared[0], CAST))


def test_a_mistyped_code(shared: tuple[Hall, Booth]) -> None:
    hall, _ = shared
    code = typed_code(hall.world.cards[0], hall.world.state.session_id).reveal()
    slip = code[:-1] + ("1" if code[-1] != "1" else "2")
    refused(shared, "card: mistyped code", turn(hall, 0, card=slip))
    refused(shared, "card: code too short", turn(hall, 0, card=code[:-1]))
    refused(shared, "card: a letter that no code has", turn(hall, 0, card="U" + code[1:]))


def test_a_contest_that_is_not_there(shared: tuple[Hall, Booth]) -> None:
    refused(shared, "choice: no such contest", turn(shared[0], 0, contest="council"))


def test_an_unknown_row_or_mark(shared: tuple[Hall, Booth]) -> None:
    refused(shared, "choice: unknown row", turn(shared[0], 0, marks={"r9": "approve"}))
    refused(shared, "choice: unknown mark", turn(shared[0], 0, marks={"r0": "maybe"}))


def test_a_turn_that_is_no_json(shared: tuple[Hall, Booth]) -> None:
    refused(shared, "choice: no JSON", turn(shared[0], 0)[:-3])


def test_a_contest_that_is_not_open_or_closed(shared: tuple[Hall, Booth]) -> None:
    hall, booth = shared
    hall.settle()
    hall.follow()
    later = hall.world.contest("later", slot=1)
    start = len(hall.world.entries)
    hall.world.define(later)
    for raw in hall.world.entries[start:]:
        hall.post(raw)
    booth.round()
    refused(shared, "choice: contest not open", turn(hall, 0, contest="later"))
