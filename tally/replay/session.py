"""Creating the session, admitting officials (SPEC §8.4, §8.5 rule 1)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.entries.session import OfficialAdmitted, SessionCreated
from tally.replay import signers
from tally.replay.checks import refuse, with_key
from tally.replay.rule import Rule, rule
from tally.state import State
from voting_core.params import MAX_OFFICIALS


def _create(state: State, entry: Entry, body: SessionCreated) -> State:
    del entry
    if not 2 <= body.threshold <= body.trustees:
        stated = f"the threshold is {body.threshold} of {body.trustees} trustees"
        refuse("V5.A", f"{stated}; it must be at least 2 and at most their number")
    for key in body.officials:
        state = with_key(state, key, "an official")
    state = with_key(state, body.log_key, "the log")
    state = with_key(state, body.service_key, "the service")
    return replace(state, session=body, id=body.session_id, officials=body.officials)


def _admit(state: State, entry: Entry, body: OfficialAdmitted) -> State:
    del entry
    if len(state.officials) >= MAX_OFFICIALS:
        refuse("V4.D", f"the session has {MAX_OFFICIALS} officials, no more are admitted")
    state = with_key(state, body.official, "an official")
    return replace(state, officials=(*state.officials, body.official))


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.SESSION_CREATED: rule(SessionCreated, signers.named_officials, _create),
    EntryType.OFFICIAL_ADMITTED: rule(OfficialAdmitted, signers.two_officials_and_the_new, _admit),
}
"""The rules of these types."""
