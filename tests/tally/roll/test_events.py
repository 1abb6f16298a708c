"""The table of events says what the rules say of each status."""

import pytest

from tally.roll.events import DECIDERS, EVENTS, Decider, Effect, Event
from tally.roll.standing import Status

STATUS_EVENTS = [event for event in EVENTS.values() if event.effect is Effect.STATUS]


@pytest.mark.parametrize("event", STATUS_EVENTS, ids=lambda event: event.english)
def test_nothing_follows_what_is_final(event: Event) -> None:
    assert not any(status is not None and status.is_final for status in event.after)
    assert event.after
    assert event.status is not None


def test_who_decides_what() -> None:
    deciders = {event.word: event.deciders for event in STATUS_EVENTS}
    assert deciders["增补当选"] == (Decider.ELECTING_UNIT,)
    assert deciders["增补确认"] == (Decider.CONGRESS,)
    assert deciders["刑事羁押或立案审查"] == deciders["暂停情形消失"] == (Decider.CREDENTIALS_COMMITTEE,)
    assert deciders["去世"] == deciders["剥夺政治权利"] == (Decider.NONE,)
    assert {word for word, who in deciders.items() if Decider.NONE in who} == {
        "受留党察看以上处分", "停止党籍", "丧失国籍", "剥夺政治权利", "去世",
    }  # fmt: skip


def test_what_is_filed_with_the_superior_committee_ends_or_stops_a_mandate() -> None:
    assert {event.status for event in EVENTS.values() if event.filed} == {Status.TERMINATED, Status.STOPPED}


def test_only_an_addition_begins_a_mandate() -> None:
    assert [event.word for event in STATUS_EVENTS if None in event.after] == ["增补当选"]


def test_words_are_read_back() -> None:
    assert {decider.word: decider for decider in Decider} == DECIDERS
    assert [event.word for event in EVENTS.values()] == list(EVENTS)
