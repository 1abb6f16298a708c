from dataclasses import replace
from datetime import date

import pytest

from tally.board.audience import (
    Audience,
    changes_later,
    may_have_record,
    people_told,
    published,
    session_of,
    shown_to,
)
from tally.decide.outcome import EvaluationOutcome
from tally.state import State
from tally.state.contest import Status
from tests.tally.board.sample import published_to, source, trust_rules, with_rules

DAY = date(2026, 12, 8)
LATER = date(2027, 1, 7)


def sees(state: State, audience: Audience, contest: str, day: date = DAY, subject: str = "") -> set[str]:
    """What an audience sees: the kinds of numbers."""
    shown = shown_to(state, state.contests[contest], audience, day, subject)
    if shown is None:
        return set()
    rates = {one.rate.id for row in shown.told.rows for one in row.shown.rates} if shown.told else set()
    return {"result", *({"numbers"} if shown.numbers else set()), *rates}


@pytest.mark.parametrize(
    ("scope", "audience", "seen"),
    [
        ("all", Audience.PUBLIC, True),
        ("all", Audience.DELEGATES, True),
        ("all", Audience.RESTRICTED, True),
        ("delegates", Audience.PUBLIC, False),
        ("delegates", Audience.DELEGATES, True),
        ("delegates", Audience.RESTRICTED, True),
        ("restricted", Audience.PUBLIC, False),
        ("restricted", Audience.DELEGATES, False),
        ("restricted", Audience.RESTRICTED, True),
        ("all", Audience.PERSON, False),
    ],
)
def test_a_result_goes_to_the_scope_that_it_was_published_to(scope: str, audience: Audience, seen: bool) -> None:
    assert bool(sees(published_to(source().state, scope, "motion"), audience, "motion")) is seen


def test_nothing_is_shown_before_it_is_published() -> None:
    state = source().state
    held = replace(state.contests["motion"], status=Status.DECIDED)
    for audience in Audience:
        assert shown_to(state, held, audience, DAY) is None


def test_votes_of_candidates_are_told_only_where_the_rules_have_them_announced() -> None:
    state = source().state
    assert sees(state, Audience.PUBLIC, "election") == {"result"}
    assert sees(state, Audience.RESTRICTED, "election") == {"result", "numbers"}
    full = with_rules(state, "election_local_2020", announce_numbers="full")
    assert sees(full, Audience.PUBLIC, "election") == {"result", "numbers"}


def test_an_evaluation_tells_each_audience_its_items_from_their_day_on() -> None:
    state = source().state
    assert sees(state, Audience.PUBLIC, "trust") == {"result", "rate_trust"}
    assert sees(state, Audience.DELEGATES, "trust") == {"result"}
    assert sees(state, Audience.DELEGATES, "trust", LATER) == {"result", "rate_distrust"}
    assert sees(state, Audience.PERSON, "trust", subject="2") == {"result", "rate_trust"}
    assert sees(state, Audience.PERSON, "trust", LATER, "2") == {"result", "rate_trust", "rate_distrust"}
    assert "numbers" in sees(state, Audience.RESTRICTED, "trust")
    assert changes_later(state)


def test_a_person_is_told_the_own_row_alone() -> None:
    state = source().state
    shown = shown_to(state, state.contests["trust"], Audience.PERSON, DAY, "2")
    assert shown is not None
    assert shown.told is not None
    assert [row.person.id for row in shown.told.rows] == ["2"]
    assert [row for _, row in people_told(state)] == ["1", "2", "3"]


def test_an_audience_that_the_rules_do_not_name_sees_nothing() -> None:
    state = with_rules(source().state, "trust_default", scopes=[])
    for audience in (Audience.PUBLIC, Audience.DELEGATES, Audience.PERSON):
        assert sees(state, audience, "trust", subject="1" if audience is Audience.PERSON else "") == set()
    assert people_told(state) == ()
    assert not changes_later(state)


def test_a_void_evaluation_is_told_as_void_without_numbers() -> None:
    state = source().state
    held = state.contests["trust"]
    assert held.attendance is not None
    absent = replace(held, attendance=replace(held.attendance, should_attend=100))
    shown = shown_to(replace(state, contests=state.contests.set("trust", absent)), absent, Audience.PUBLIC, DAY)
    assert shown is not None
    assert isinstance(shown.facts.outcome, EvaluationOutcome)
    assert not shown.facts.outcome.sitting.decides
    assert (shown.told, shown.numbers) == (None, False)


def test_the_record_goes_to_those_who_may_know_every_number() -> None:
    state = source().state
    assert may_have_record(state, Audience.RESTRICTED, DAY)
    assert not may_have_record(state, Audience.PERSON, DAY)
    assert not may_have_record(state, Audience.PUBLIC, DAY)
    open_state = replace(state, contests=state.contests.delete("trust"))
    assert not may_have_record(open_state, Audience.PUBLIC, DAY)
    full = with_rules(open_state, "election_local_2020", announce_numbers="full")
    assert may_have_record(full, Audience.PUBLIC, DAY)


def test_an_evaluation_that_tells_everything_it_has_keeps_no_record_back() -> None:
    state = with_rules(source().state, "election_local_2020", announce_numbers="full")
    rates = [rate["id"] for rate in trust_rules().to_json()["indicators"]]  # type: ignore[union-attr, index, call-overload]
    everything = [{"item": item, "scopes": ["public"], "delay_days": 0} for item in (*rates, "index")]
    told = with_rules(state, "trust_default", scopes=everything)
    # The method has no flags, so that nobody named an audience for them keeps nothing back.
    assert may_have_record(told, Audience.PUBLIC, DAY)
    assert not may_have_record(with_rules(state, "trust_default", scopes=everything[1:]), Audience.PUBLIC, DAY)


@pytest.mark.parametrize("status", [Status.COUNTED, Status.DECIDED, Status.CLOSED])
def test_numbers_that_are_not_published_yet_keep_the_record_back(status: Status) -> None:
    state = with_rules(source().state, "election_local_2020", announce_numbers="full")
    state = replace(state, contests=state.contests.delete("trust"))
    held = replace(state.contests["motion"], status=status)
    # Shares are in the log: whoever has them computes the sums, counted or not.
    assert not may_have_record(replace(state, contests=state.contests.set("motion", held)), Audience.PUBLIC, DAY)


def test_results_stand_in_the_order_of_their_slots() -> None:
    assert [held.id for held in published(source().state)] == ["election", "motion", "trust"]
    assert session_of(source().state).title == "测试大会"


def test_who_may_have_a_folder_is_said_in_both_languages() -> None:
    for audience in Audience:
        assert audience.said.zh
        assert audience.said.en
