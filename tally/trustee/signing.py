"""How a trustee signs an entry: over the log that it has replayed, and only what that log accepts."""

from __future__ import annotations

from tally.entries.bodies import TYPES
from tally.entries.build import build_entry
from tally.entries.reading import Body
from tally.replay import replay
from tally.state import State
from tally.trustee.keys import TrusteeSecrets
from voting_core.errors import StateError


def sign_entry(secrets: TrusteeSecrets, state: State, body: Body, time: int) -> bytes:
    """Give the entry with this body, signed by the trustee; `seen` is the log of `state`, `time` is Unix seconds.

    The entry is replayed before it is given, so that a station never sends what is refused: a share that leaves a
    station cannot be taken back.

    Raises:
        StateError: the secrets are of another session or trustee than the log.
        VerificationError: the log does not accept it, with the check that says why.
    """
    joined = state.trustees.get(secrets.index)
    if state.session_id != secrets.session or joined is None or joined != secrets.joined():
        raise StateError(f"this key file is not that of trustee {secrets.index} of this session")
    raw = build_entry(
        TYPES[type(body)], body, secrets.session, [secrets.signing], time=time, seen=(state.size, state.root)
    )
    replay(state, raw)
    return raw
