import pytest

from tally.cli.system import SystemRng
from tally.entries.session import OfficialAdmitted, SessionSealed
from tally.simulate.hall import Hall
from voting_core.errors import VerificationError
from voting_core.log.checkpoint import verify_checkpoint
from voting_core.signing_key import SigningKey


def _hall() -> Hall:
    hall = Hall(SystemRng(), lambda: 1_800_000_000)
    hall.create(kind="congress", title="测试", date="2026-12-08", place="礼堂", trustees=3, threshold=2)
    return hall


def test_an_appended_entry_is_in_state_and_log() -> None:
    hall = _hall()
    new = SigningKey.generate(hall.rng)
    hall.decree(OfficialAdmitted(new.public), new)
    assert new.public in hall.state.officials
    assert hall.state.size == len(hall.entries) == 2


def test_a_refused_entry_changes_nothing() -> None:
    hall = _hall()
    before = hall.state
    with pytest.raises(VerificationError) as refusal:
        hall.append(SessionSealed(), hall.officials[0])
    assert refusal.value.code == "V4.B"
    assert hall.state is before
    assert len(hall.entries) == 1


def test_a_checkpoint_is_of_the_log_as_it_stands() -> None:
    hall = _hall()
    signed = verify_checkpoint(hall.checkpoint(()), hall.state.session_id, hall.log_key.public)
    assert (signed.checkpoint.size, signed.checkpoint.root) == hall.seen
