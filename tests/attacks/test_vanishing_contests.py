"""Making a result go away that somebody does not like, and reading one that went away (SPEC §8.5, §9).

A contest can be broken off, because halls burn and laptops break. Whoever could do so after the totals can be known
would have a veto on every result; whoever could still decrypt afterwards would read a vote that was never to count.
"""

import pytest

from tally.entries.contests import ContestAbandoned
from tally.replay import expected, replay
from tally.state import ContestState, Status
from tests.attacks.support.sessions import at, refused, without
from tests.support.session import SessionBuilder


def abandoned(session: SessionBuilder, trustees: int = 3) -> bytes:
    """Both officials and so many trustees break the contest off."""
    keys = [session.trustees[index].signing for index in range(1, trustees + 1)]
    return session.entry(ContestAbandoned("motion", "emergency"), *session.officials, *keys)


@pytest.mark.parametrize("stage", ["shared", "counted", "declared", "signed", "published"])
def test_a_result_that_can_be_known_does_not_vanish(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    session = at(stage)
    if stage == "shared":
        with monkeypatch.context() as patch:
            without(patch, ContestState, "good_shares", property(lambda _: {}))
            assert replay(session.state, abandoned(session)).contest("motion").status is Status.ABANDONED
    refused(session, abandoned(session), "V4.D")


def test_officials_alone_do_not_break_a_contest_off() -> None:
    for stage in ("open", "voted", "closed"):
        session = at(stage)
        for trustees in (0, 1, 2):
            refused(session, abandoned(session, trustees), "V4.B")


def test_an_order_from_before_the_closing_does_not_hold_after_it() -> None:
    """Signed while voting went on, kept by the service until the result looks bad."""
    session = at("voted")
    kept = abandoned(session)
    closed = at("closed")
    refused(closed, kept, "V4.D")


def test_nothing_of_a_contest_that_was_broken_off_is_decrypted() -> None:
    session = at("verified")
    party = session.trustees[1]
    commitment = party.share_committed(session.state, session.shared(1))
    session.append(abandoned(session))
    refused(session, session.entry(commitment, party.signing), "V4.D")
    verified = session.entry(expected.record_verified_body(session.state, "motion"), session.trustees[3].signing)
    refused(session, verified, "V4.D")
    refused(session, session.entry(expected.close_body(session.state, "motion"), *session.officials), "V4.D")
    refused(session, session.cast((0,), 0, attempt=4), "V8.A")
    refused(session, abandoned(session), "V4.D")
