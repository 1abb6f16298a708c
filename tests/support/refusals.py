"""How tests ask that an entry is refused, and for exactly one reason."""

import pytest

from tally.replay import replay
from tests.support.session_parts import SessionParts
from voting_core.errors import VerificationError


def refused(session: SessionParts, raw: bytes, code: str) -> VerificationError:
    """Replay an entry that must be refused with this code, without a change to the session; give the refusal."""
    before = session.state
    with pytest.raises(VerificationError) as caught:
        replay(before, raw)
    assert caught.value.code == code, str(caught.value)
    return caught.value
