"""Judging entries one after the other, or in runs (SPEC §8.5, §11).

This is the only judge of validity. The service runs it to accept an entry, stations and the verifier run it to check a
whole log; there is no second path.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry, Seen, decode_entry
from tally.entries.reading import failing
from tally.entries.session import SessionCreated
from tally.replay import (
    ballots,
    ceremony,
    closing,
    consultations,
    contests,
    counting,
    credentials,
    decryption,
    faults,
    hand,
    outcome,
    rules_kiosks,
    sealing,
    seats,
    session,
)
from tally.replay.ahead import Ahead, check_signatures
from tally.replay.checks import refuse, short
from tally.replay.rule import Rule
from tally.state import State
from voting_core.argument.batch import BatchRefused, verify_batch
from voting_core.argument.statement import Statement
from voting_core.argument.verify import verify_argument
from voting_core.errors import VerificationError
from voting_core.log.merkle import leaf_hash
from voting_core.public import PublicGroup

RULES: Final = MappingProxyType(
    {
        **session.RULES,
        **ceremony.RULES,
        **faults.RULES,
        **rules_kiosks.RULES,
        **contests.RULES,
        **credentials.RULES,
        **ballots.RULES,
        **closing.RULES,
        **decryption.RULES,
        **counting.RULES,
        **hand.RULES,
        **outcome.RULES,
        **seats.RULES,
        **consultations.RULES,
        **sealing.RULES,
    }
)
"""The rule of every type of entry."""


class RunRefused(VerificationError):
    """The first bad entry of a run, with code and message of its refusal; `index` is its place in the run, from 0."""

    def __init__(self, refusal: VerificationError, index: int) -> None:
        super().__init__(refusal.code, refusal.message, refusal.culprits)
        self.index = index


def prepare(state: State, raw: bytes, ahead: Ahead | None = None) -> tuple[State, tuple[Statement, ...]]:
    """Judge one entry in everything but its ballot argument, unless that was verified ahead.

    The state that is given back may be trusted only when every statement is verified too. What was found out `ahead` of
    this entry is not found out again; without it the answer is the same.

    Raises:
        VerificationError: with the code of SPEC §11; the state is as it was.
    """
    return prepare_entry(state, decode_entry(raw) if ahead is None else _entry_of(raw, ahead), ahead)


def prepare_entry(state: State, entry: Entry, ahead: Ahead | None = None) -> tuple[State, tuple[Statement, ...]]:
    """:func:`prepare` for an entry that is decoded already.

    Raises:
        VerificationError: with the code of SPEC §11; the state is as it was.
    """
    _check_place(state, entry)
    _check_seen(state, entry)
    rule: Rule = RULES[entry.type]
    rule.check_signers(state, entry)
    if ahead is None:
        check_signatures(entry)
    elif ahead.signatures is not None:
        raise ahead.signatures
    after, statements = rule.apply(_append(state, entry.leaf), entry)
    if ahead is not None and ahead.argument is not None and not statements:
        # Nothing is left to verify because it was verified ahead, and it does not hold.
        raise ahead.argument
    return after, statements


def refusal_whoever_signs(state: State, entry: Entry) -> VerificationError | None:
    """What would refuse an entry whatever signatures it had, so that people learn it before they sign.

    This accepts nothing: an entry enters the log by :func:`prepare` alone.
    """
    try:
        _check_place(state, entry)
        _check_seen(state, entry)
        RULES[entry.type].apply(_append(state, entry.leaf), entry)
    except VerificationError as error:
        return error
    return None


def replay(state: State, raw: bytes, ahead: Ahead | None = None) -> State:
    """Judge one entry and give the state after it; `ahead` as for :func:`prepare`.

    Raises:
        VerificationError: with the code of SPEC §11; the state is as it was.
    """
    after, statements = prepare(state, raw, ahead)
    for statement in statements:
        _verify_alone(statement)
    return after


def replay_batch(state: State, raws: Iterable[bytes]) -> State:
    """Judge a run of entries, verifying all its ballot arguments as one batch (SPEC §5.4).

    Raises:
        RunRefused: the refusal of the first bad entry, the same as :func:`replay` gives one by one, with its index.
    """
    statements: list[Statement] = []
    places: list[int] = []
    refused: RunRefused | None = None
    for index, raw in enumerate(raws):
        try:
            state, found = prepare(state, raw)
        except VerificationError as error:
            # An argument before this entry may be bad, and that entry is then the first bad one.
            refused = RunRefused(error, index)
            refused.__cause__ = error
            break
        statements += found
        places += [index] * len(found)
    _verify_run(statements, places, state.group)
    if refused is not None:
        raise refused
    return state


def skip(state: State, raw: bytes) -> State:
    """Append the leaf of an entry without judging it and without effect.

    For auditors alone, who go on after a refusal in order to find the next one.
    """
    return _append(state, leaf_hash(raw))


def _entry_of(raw: bytes, ahead: Ahead) -> Entry:
    if isinstance(ahead.entry, VerificationError):
        raise ahead.entry
    if ahead.entry.raw != raw:
        raise ValueError("what was found out ahead is of another entry")
    return replace(ahead.entry, opened=ahead.ballot)


def _append(state: State, leaf: bytes) -> State:
    frontier = state.frontier.append(leaf)
    return replace(state, frontier=frontier, roots=state.roots.set(frontier.size, frontier.root()))


def _check_place(state: State, entry: Entry) -> None:
    """Require a session that has begun (V4.D) and is not sealed (V12.B), and that the entry names it (V2.C)."""
    if state.destroyed or (state.sealed and entry.type is not EntryType.SESSION_DESTROYED):
        refuse("V12.B", f"{entry.type.value} comes after the session is sealed; nothing is accepted any more")
    if isinstance(entry.body, SessionCreated):
        if state.session is not None:
            refuse("V4.D", "session.created is the first entry of a log, and only the first")
        expected = entry.body.session_id
    elif state.session is None:
        refuse("V4.D", f"{entry.type.value} comes after session.created, and the log is empty")
    else:
        expected = state.id
    if entry.session != expected:
        refuse("V2.C", f"{entry.type.value} names the session {short(entry.session)}, this is {short(expected)}")


def _check_seen(state: State, entry: Entry) -> None:
    """What the author last saw is a prefix of this log (V3.A)."""
    seen: Seen | None = entry.seen
    if seen is not None and state.roots.get(seen.size) != seen.root:
        known = state.roots.get(seen.size)
        here = f"had the root {short(known)} there" if known else f"has {state.size} entries"
        message = f"the author of {entry.type.value} saw a log of size {seen.size} with root {short(seen.root)}"
        refuse("V3.A", f"{message}; this log {here}", entry.author.hex())


def _verify_alone(statement: Statement) -> None:
    # A challenge of 0 is the only EncodingError left here; nobody has ever met one.
    with failing("V2.D"):
        verify_argument(statement)


def _verify_run(statements: Sequence[Statement], places: Sequence[int], group: PublicGroup) -> None:
    """Verify the arguments of a run as one batch, and name the first bad entry."""
    try:
        with failing("V2.D"):
            verify_batch(statements, group)
    except VerificationError as error:
        first = error.failures[0] if isinstance(error, BatchRefused) else error
        for place, statement in zip(places, statements, strict=True):
            if statement.subject in first.culprits:
                raise RunRefused(first, place) from error
        raise  # a refusal that names no ballot of the run
