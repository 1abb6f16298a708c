"""Written consultations (SPEC §8.5 rule 16), judged alike by replay and by the second implementation."""

from typing import Any

import pytest

from tally.entries.consultations import ConsultationRecorded
from tests.support.refusals import refused
from tests.support.session import SessionBuilder
from tests.tally.replay.by_hand import both_accept, both_refuse
from tests.tally.replay.conftest import At

NUMBERS = {"members": 33, "alternates": 7, "agree": 30, "disagree": 6, "no_reply": 4}


def asked(session: SessionBuilder, id_: str = "mayor", **changes: Any) -> bytes:
    body = ConsultationRecorded(id=id_, title_zh="人选", title_en="", **(NUMBERS | changes))
    return session.entry(body, *session.officials)


@pytest.mark.parametrize("stage", ["created", "equipped", "published"])
def test_it_is_recorded_at_any_time_before_sealing(at: At, stage: str) -> None:
    session = at(stage)
    before = session.state
    both_accept(session, asked(session))
    (one,) = session.state.consultations.values()
    assert (one.agree, one.disagree, one.no_reply) == (30, 6, 4)
    assert (session.state.contests, session.state.rules) == (before.contests, before.rules)


def test_not_after_sealing(at: At) -> None:
    session = at("sealed")
    refused(session, asked(session), "V12.B")


WRONG = [{"agree": 31}, {"disagree": 5}, {"no_reply": 5}, {"alternates": 6}, {"members": 34}]


@pytest.mark.parametrize("change", WRONG)
def test_numbers_that_do_not_add_up(at: At, change: dict[str, int]) -> None:
    session = at("equipped")
    both_refuse(session, asked(session, **change), "V11.D")


def test_most_may_disagree_and_nothing_follows(at: At) -> None:
    session = at("equipped")
    both_accept(session, asked(session, agree=0, disagree=40, no_reply=0))
    assert not session.state.contests


def test_an_id_comes_once(at: At) -> None:
    session = at("equipped")
    both_accept(session, asked(session))
    both_refuse(session, asked(session, agree=29, disagree=7), "V4.D", "recorded already")
    both_accept(session, asked(session, "second"))
    assert set(session.state.consultations) == {"mayor", "second"}


def test_two_officials_sign(at: At) -> None:
    session = at("equipped")
    body = ConsultationRecorded(id="mayor", title_zh="人选", title_en="", **NUMBERS)
    refused(session, session.entry(body, session.officials[0]), "V4.B")
