"""Issuing and voiding credentials (SPEC §7.2, §8.5 rules 3 and 4)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from tally.entries.credentials import CredentialsIssued, CredentialVoided, ReserveSealed
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.replay import signers
from tally.replay.checks import confirmed_key, refuse, short
from tally.replay.rule import Rule, rule
from tally.state import ContestState, CredentialList, State, Status
from voting_core.params import MAX_CREDENTIALS
from voting_core.signing import check_key


def _issue(state: State, entry: Entry, body: CredentialsIssued) -> State:
    confirmed_key(state, entry.type)
    contest = _contest_of_slot(state, entry, body.slot)
    name = body.class_id
    if contest.status is not Status.DEFINED:
        refuse("V4.D", f"credentials are issued before their contest opens; {contest.id} is {contest.status.value}")
    if (body.slot, name) in state.lists:
        refuse("V4.D", f"the credentials of slot {body.slot} and class {name} are issued already")
    if name not in contest.contest.classes:
        refuse("V7.A", f"{contest.id} has no class {name}; its classes are {', '.join(contest.contest.classes)}")
    keys = _read_keys(body)
    for (slot, other), issued in state.lists.items():
        if other == name and issued.count != len(keys):
            has = f"class {name} has {issued.count} credentials for slot {slot}"
            refuse("V7.A", f"{has} and {len(keys)} for slot {body.slot}; every card has one for each slot")
    for key in keys:
        check_key(key, f"a credential of slot {body.slot} and class {name}", state.group.on_curve)
        if key in state.credentials or key in state.keys:
            refuse("V7.A", f"the credential {short(key)} is a key that is in the log already", key.hex())
    issued = CredentialList(body.slot, name, len(keys))
    return replace(
        state,
        lists=state.lists.set((body.slot, name), issued),
        credentials=state.credentials.update(dict.fromkeys(keys, issued)),
    )


def _contest_of_slot(state: State, entry: Entry, slot: int) -> ContestState:
    if slot not in state.slots:
        refuse("V4.D", f"{entry.type.value} is for slot {slot}, which no defined contest has")
    return state.contest(state.slots[slot])


def _read_keys(body: CredentialsIssued) -> list[bytes]:
    """Cut the run into keys: at least one, ascending, none twice (V7.A)."""
    count, rest = divmod(len(body.keys), 32)
    if rest or not 1 <= count <= MAX_CREDENTIALS:
        refuse("V7.A", f"a list of credentials has 1..{MAX_CREDENTIALS} keys of 32 bytes, not {len(body.keys)} bytes")
    keys = [body.keys[start : start + 32] for start in range(0, len(body.keys), 32)]
    if any(left >= right for left, right in pairwise(keys)):
        refuse("V7.A", f"the credentials of slot {body.slot} and class {body.class_id} are not in ascending order")
    return keys


def _reserve(state: State, entry: Entry, body: ReserveSealed) -> State:
    confirmed_key(state, entry.type)
    if body.class_id in state.reserve:
        refuse("V4.D", f"the reserve of class {body.class_id} is sealed already")
    opened = [contest.id for contest in state.contests.values() if contest.has_opened]
    if opened:
        refuse("V4.D", f"the reserve is sealed before the first contest opens; {opened[0]} has opened")
    return replace(state, reserve=state.reserve.set(body.class_id, body.count))


def _void(state: State, entry: Entry, body: CredentialVoided) -> State:
    contest = _contest_of_slot(state, entry, body.slot)
    shown = short(body.credential)
    issued = state.credentials.get(body.credential)
    if issued is None or issued.slot != body.slot:
        refuse("V7.B", f"{shown} is no credential of {contest.id}", body.credential.hex())
    if contest.status is not Status.DEFINED and not contest.is_voting:
        ended = f"{contest.id} is {contest.status.value}"
        refuse("V7.B", f"{ended}; its credentials are not voided any more", body.credential.hex())
    if body.credential in state.voided:
        refuse("V7.B", f"the credential {shown} is voided already", body.credential.hex())
    if body.credential in state.cast_credentials:
        refuse("V7.B", f"the credential {shown} has cast its ballot; a ballot is never removed", body.credential.hex())
    if (body.reason == "left_over") != (contest.status is Status.DEFINED):
        moment = "before" if body.reason == "left_over" else "after"
        status = contest.status.value
        refuse("V4.D", f"credentials are voided as {body.reason} {moment} opening; {contest.id} is {status}")
    counted = (issued.slot, issued.class_id, body.reason)
    return replace(
        state,
        voided=state.voided.set(body.credential, body.reason),
        void_counts=state.void_counts.set(counted, state.void_counts.get(counted, 0) + 1),
    )


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.CREDENTIALS_ISSUED: rule(CredentialsIssued, signers.two_trustees, _issue),
    EntryType.RESERVE_SEALED: rule(ReserveSealed, signers.two_trustees, _reserve),
    EntryType.CREDENTIAL_VOIDED: rule(CredentialVoided, signers.official_and_credential, _void),
}
"""The rules of these types."""
