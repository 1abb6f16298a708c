"""What many handlers ask of a session, and how they refuse (SPEC §8.5, §11)."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.state import ContestState, JointKey, State, Status
from voting_core.errors import VerificationError
from voting_core.signing import check_key


def refuse(code: str, message: str, *culprits: str) -> NoReturn:
    """Raise the refusal of a check."""
    raise VerificationError(code, message, culprits)


def short(data: bytes) -> str:
    """Give the beginning of a key or hash, as messages show it."""
    return f"{data.hex()[:12]}…"


def trustee_name(state: State, index: int) -> str:
    """Name a trustee in messages and as culprit."""
    trustee = state.trustees.get(index)
    return f"trustee {index} ({trustee.name})" if trustee else f"trustee {index}"


def author_index(state: State, author: bytes) -> int:
    """Give the index of the trustee who is the author; the rule's signers make sure that there is one."""
    index = state.trustee_index(author)
    if index is None:
        refuse("V4.B", f"{short(author)} is not the signing key of a trustee", author.hex())
    return index


def confirmed_key(state: State, type: EntryType) -> JointKey:
    """Give the joint key, without which most types are not accepted (V4.D)."""
    if state.key is None:
        refuse("V4.D", f"{type.value} comes after all trustees have confirmed the key; the ceremony is not over")
    return state.key


def contest_named(state: State, type: EntryType, contest_id: str) -> ContestState:
    """Give the contest that an entry names (V4.D)."""
    contest = state.contests.get(contest_id)
    if contest is None:
        refuse("V4.D", f"{type.value} names the contest {contest_id}, which is not defined")
    return contest


def contest_in(state: State, type: EntryType, contest_id: str, *statuses: Status) -> ContestState:
    """Give the contest that an entry names, which must stand at one of these points (V4.D)."""
    contest = contest_named(state, type, contest_id)
    if contest.status not in statuses:
        wanted = " or ".join(status.value for status in statuses)
        refuse("V4.D", f"{type.value} is for a contest that is {wanted}; {contest_id} is {contest.status.value}")
    return contest


def acted(state: State, entry: Entry, contest: ContestState) -> ContestState:
    """Give the contest with this entry as its last act, whose author must have seen the act before it (V4.D).

    Otherwise the service could put an old attendance or an old decision to resume into the log once more, or hold one
    back until it is out of date (SPEC §8.5, rule 12).
    """
    if entry.seen is not None and entry.seen.size <= contest.last_act:
        message = f"{entry.type.value} of {contest.id} was signed over {entry.seen.size} entries"
        refuse("V4.D", f"{message}; entry {contest.last_act} came after that, sign again over the log as it is")
    return replace(contest, last_act=state.size - 1)


def with_contest(state: State, contest: ContestState) -> State:
    """Give the state with this contest in the place of the one with its id."""
    return replace(state, contests=state.contests.set(contest.id, contest))


def with_key(state: State, key: bytes, whose: str) -> State:
    """Enter a signing key into the log: it must be well-formed and new (V4.C)."""
    check_key(key, whose)
    return with_name(state, key, whose)


def with_name(state: State, key: bytes, whose: str) -> State:
    """Enter a key of any kind, which must be new (V4.C)."""
    known = state.keys.get(key) or ("a credential" if key in state.credentials else "")
    if known:
        refuse("V4.C", f"the key {short(key)} of {whose} is in the log already, as that of {known}", key.hex())
    return replace(state, keys=state.keys.set(key, whose))
