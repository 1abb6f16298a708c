"""What many handlers ask of a session."""

import pytest

from tally.entries.entry_type import EntryType
from tally.replay import checks
from tally.state import Status
from tests.tally.replay.conftest import At
from voting_core.errors import VerificationError


def test_messages_name_the_contest_and_both_sides(at: At) -> None:
    state = at("open").state
    with pytest.raises(VerificationError, match=r"contest\.opened is for a contest that is defined; motion is open"):
        checks.contest_in(state, EntryType.CONTEST_OPENED, "motion", Status.DEFINED)
    with pytest.raises(VerificationError, match=r"contest\.opened names the contest other, which is not defined"):
        checks.contest_in(state, EntryType.CONTEST_OPENED, "other", Status.DEFINED)
    assert checks.contest_in(state, EntryType.CONTEST_CLOSED, "motion", Status.OPEN, Status.PAUSED).id == "motion"


def test_trustees_are_named_as_people_know_them(at: At) -> None:
    state = at("joined").state
    assert checks.trustee_name(state, 1) == "trustee 1 (监票人1)"
    assert checks.trustee_name(state, 9) == "trustee 9"
    with pytest.raises(VerificationError) as caught:
        checks.author_index(state, bytes(32))
    assert caught.value.code == "V4.B"


def test_a_key_is_new_in_the_log_whosever_it_is(at: At) -> None:
    session = at("issued")
    for known, whose in ((session.log_key, "the log"), (session.credential(0), "a credential")):
        with pytest.raises(VerificationError, match=f"as that of {whose}"):
            checks.with_key(session.state, known.public, "a kiosk")


def test_keys_and_hashes_are_shown_short() -> None:
    assert checks.short(bytes(range(32))) == "000102030405…"
