"""Officials at one table, and at two machines."""

from dataclasses import replace

import pytest

from ballots.contest import parse_contest
from kiosk import official as module
from kiosk.client import Refused
from kiosk.follower import Follower
from kiosk.official import KIOSK_SECONDS, Official, Officials
from tally.decide.steps import Step
from tally.entries.contests import ContestPaused, ContestResumed
from tally.entries.credentials import CredentialVoided
from tally.next_vote import Next, Proposal
from tests.api.hall import Hall
from tests.kiosk.booth import TIME, client_of
from voting_core.errors import StateError


def officials(hall: Hall) -> Officials:
    client = client_of(hall.client)
    follower = Follower(client, verify=False)
    return Officials(*(Official(key, client, follower, lambda: TIME) for key in hall.world.officials))


def test_two_officials_decree_and_close(hall: Hall) -> None:
    pair = officials(hall)
    for card in range(3):
        hall.cast(card)
    pair.decree(ContestPaused("report"))
    pair.decree(ContestResumed("report"))
    for card in range(3, 6):
        hall.cast(card)
    hall.pause()
    placed = pair.close("report")
    assert placed.index == pair.sync().size - 1
    assert pair.state.contest("report").cast == 6


def test_two_officials_at_two_machines(hall: Hall) -> None:
    pair = officials(hall)
    pair.first.propose(ContestPaused("report"))
    other = Official(
        hall.world.officials[1], client_of(hall.client), Follower(client_of(hall.client), verify=False), lambda: 0
    )
    (proposal,) = other.client.proposals()
    assert other.sign(proposal)
    assert pair.sync().contest("report").status.value == "paused"


def test_a_proposed_contest_is_confirmed_by_the_other(hall: Hall) -> None:
    pair = officials(hall)
    reason = Step("tie", "票数相等", "a tie")
    earlier = pair.sync().contest("report").contest
    drafted = parse_contest({**earlier.to_json(), "id": "next", "slot": 9, "title": {"en": "", "zh": "再议"}})
    pair.first.propose_next(Proposal(what=Next.AGAIN, after="report", reason=reason, contest=drafted))
    assert "next" not in pair.sync().contests
    (waiting,) = pair.second.client.proposals()
    assert pair.second.sign(waiting)
    assert pair.sync().contest("next").contest == drafted


def test_what_has_no_contest_is_not_proposed(hall: Hall) -> None:
    reason = Step("shortfall", "减少名额", "fewer seats")
    with pytest.raises(StateError, match="reduce_seats after report"):
        officials(hall).first.propose_next(Proposal(what=Next.REDUCE_SEATS, after="report", reason=reason, seats=1))


def test_an_official_voids_a_card_with_the_card(hall: Hall) -> None:
    pair = officials(hall)
    card = hall.world.credential(3, hall.contest)
    pair.first.void(CredentialVoided(slot=0, credential=card.public, reason="returned"), card)
    assert card.public in pair.sync().voided


def test_a_closing_that_is_refused_for_another_reason_is_told(hall: Hall) -> None:
    pair = officials(hall)
    with pytest.raises(Refused, match="pause report before it is closed"):
        pair.close("report")
    hall.end()
    with pytest.raises(Refused) as caught:
        pair.close("report")
    assert caught.value.code == "V4.D"


def test_a_closing_waits_for_the_kiosks_and_not_for_ever(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KIOSK_ATTEMPTS", 3)
    pair = officials(hall)
    pair.decree(ContestPaused("report"))
    hall.follow()
    pauses: list[float] = []
    client = replace(pair.first.client, pause=pauses.append)
    waiting = Officials(replace(pair.first, client=client), pair.second)
    with pytest.raises(Refused) as caught:
        waiting.close("report")
    assert caught.value.code == "queues"
    assert pauses == [KIOSK_SECONDS] * 3
    answering = replace(pair.first.client, pause=lambda _: hall.tell())
    assert Officials(replace(pair.first, client=answering), pair.second).close("report").index == hall.world.state.size


def test_a_log_that_never_stands_still_cannot_be_closed_over(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = officials(hall)

    def refuse(_: object, raw: bytes) -> None:
        raise Refused(409, "seen_not_current", "again", {})

    monkeypatch.setattr(type(pair.first.client), "submit_entry", refuse)
    with pytest.raises(StateError, match="pause the other contests"):
        pair.close("report")
