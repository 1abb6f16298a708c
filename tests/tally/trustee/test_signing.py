from dataclasses import replace

import pytest

from tally.entries.closing import ContestClosed
from tally.entries.envelope import decode_entry
from tally.entries.outcome import ReportSigned
from tally.replay.expected import record_verified_body
from tally.trustee.signing import sign_entry
from tests.tally.trustee.hall import TIME, hall
from voting_core.errors import StateError, VerificationError


def test_an_entry_names_the_log_that_was_replayed() -> None:
    here = hall("reported")
    entry = decode_entry(sign_entry(here.secrets[1], here.state, record_verified_body(here.state, "motion"), TIME))
    assert entry.seen is not None
    assert (entry.seen.size, entry.seen.root, entry.time) == (here.state.size, here.state.root, TIME)
    assert entry.signers == (here.secrets[1].signing.public,)


def test_what_the_log_refuses_is_not_given() -> None:
    here = hall("reported")
    with pytest.raises(VerificationError, match=r"V4\.B"):
        sign_entry(here.secrets[1], here.state, ContestClosed(contest="motion", cast=1, challenged=1), TIME)
    with pytest.raises(VerificationError, match=r"V4\.D"):
        sign_entry(here.secrets[1], here.state, ReportSigned("motion", bytes(32)), TIME)
    body = replace(record_verified_body(here.state, "motion"), cast=99)
    with pytest.raises(VerificationError, match=r"V9\.C"):
        sign_entry(here.secrets[1], here.state, body, TIME)


def test_a_key_file_of_another_trustee_or_session_signs_nothing() -> None:
    here = hall("reported")
    body = record_verified_body(here.state, "motion")
    for wrong in (
        replace(here.secrets[1], index=2),
        replace(here.secrets[1], index=9),
        replace(here.secrets[1], session=bytes(32)),
        replace(here.secrets[1], witness=here.secrets[2].witness),
    ):
        with pytest.raises(StateError, match="not that of trustee"):
            sign_entry(wrong, here.state, body, TIME)
