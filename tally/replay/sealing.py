"""The end of a session: keys destroyed, session sealed, service data destroyed (SPEC §9.9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.entries.session import KeyDestroyed, SessionDestroyed, SessionSealed
from tally.replay import signers
from tally.replay.checks import confirmed_key, refuse, trustee_name
from tally.replay.rule import Rule, rule
from tally.state import State


def _destroy_key(state: State, entry: Entry, body: KeyDestroyed) -> State:
    confirmed_key(state, entry.type)
    needed = [contest.id for contest in state.contests.values() if contest.is_in_progress and not contest.is_by_hand]
    if needed:
        refuse("V4.D", f"keys are still needed: {', '.join(sorted(needed))} is open or not counted yet")
    if body.trustee in state.destroyed_keys:
        refuse("V4.D", f"{trustee_name(state, body.trustee)} has destroyed its key already")
    return replace(state, destroyed_keys=state.destroyed_keys | {body.trustee})


def _seal(state: State, entry: Entry, body: SessionSealed) -> State:
    del entry, body
    unfinished = sorted(contest.id for contest in state.contests.values() if not contest.is_finished)
    if unfinished:
        refuse("V12.A", f"these contests are open or not published: {', '.join(unfinished)}", *unfinished)
    facts = state.facts
    needed = facts.trustees - facts.threshold + 1
    if state.key is not None and len(state.destroyed_keys) < needed:
        count = len(state.destroyed_keys)
        refuse("V12.A", f"{count} trustees have destroyed their keys; {needed} of {facts.trustees} must before sealing")
    return replace(state, sealed=True)


def _destroy(state: State, entry: Entry, body: SessionDestroyed) -> State:
    del body
    if not state.sealed:
        refuse("V4.D", f"{entry.type.value} comes after session.sealed")
    return replace(state, destroyed=True)


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.KEY_DESTROYED: rule(KeyDestroyed, signers.the_named_trustee, _destroy_key),
    EntryType.SESSION_SEALED: rule(SessionSealed, signers.two_officials, _seal),
    EntryType.SESSION_DESTROYED: rule(SessionDestroyed, signers.two_officials, _destroy),
}
"""The rules of these types."""
