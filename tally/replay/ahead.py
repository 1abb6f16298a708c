"""What can be found out about entries ahead of judging them: all that their bytes decide, without the session.

That is most of the work: reading canonical JSON, signatures, points, ballot arguments. Replay decides what it makes of
it, in its own order; it is the only judge here as everywhere (:func:`tally.replay.prepare`). So a run of entries can be
looked at by another process or machine, while the entries before it are still being judged.

* What was found is of the entry that it was found for. A ballot that was opened under another contest or key than those
  of the session is opened again.
* A run is looked at together, so that its arguments are verified as one batch (SPEC §5.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ballots.contest import Contest, parse_contest
from ballots.opened import OpenedBallot, open_ballot
from tally.entries.ballots import BallotCast, BallotChallenged
from tally.entries.envelope import Entry, decode_entry, signing_bytes
from tally.state import State
from voting_core.argument.batch import BatchRefused, verify_batch
from voting_core.argument.statement import Statement
from voting_core.argument.verify import verify_argument
from voting_core.codec import canonical, parse_canonical
from voting_core.errors import EncodingError, VerificationError
from voting_core.group import Point, decode_point
from voting_core.params import MAX_ENTRY_BYTES, Tag
from voting_core.public import PublicGroup
from voting_core.signing import verify_signature


@dataclass(frozen=True, slots=True)
class Known:
    """What of a session opening ballots needs: the joint key, and contests as canonical JSON. Both are bytes, which go
    between processes.
    """

    key: bytes
    contests: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was found out about an entry.

    `entry` is the entry, or why its bytes are none; `signatures` says why they do not verify. `ballot` is its ballot
    under the contest that it names, where that is known; `argument` says why the argument of that does not hold.
    """

    entry: Entry | VerificationError
    signatures: VerificationError | None = None
    ballot: OpenedBallot | None = None
    argument: VerificationError | None = None


def known_of(state: State) -> Known | None:
    """Give what ballots are opened with, None while there is no joint key."""
    if state.key is None:
        return None
    contests = (state.contests[id_].contest for id_ in sorted(state.contests))
    return Known(state.key.point.encode(), tuple(_written(contest) for contest in contests))


def look_ahead(raws: Sequence[bytes], known: Known | None, group: PublicGroup) -> tuple[Ahead, ...]:
    """Find out about a run of entries what can be found out ahead."""
    found = [_look(raw, known, group) for raw in raws]
    failures = _failures([item.ballot.statement for item in found if item.ballot and item.ballot.statement], group)
    return tuple(_judged(item, failures) for item in found)


def check_signatures(entry: Entry) -> None:
    """Verify all signatures of an entry.

    Raises:
        VerificationError: V4.A, for the first that does not verify.
    """
    message = signing_bytes(entry)
    for signature in entry.signatures:
        verify_signature(signature.key, Tag.ENTRY, message, signature.signature)


def _look(raw: bytes, known: Known | None, group: PublicGroup) -> Ahead:
    try:
        entry = decode_entry(raw)
    except VerificationError as error:
        return Ahead(error)
    try:
        check_signatures(entry)
    except VerificationError as error:
        # Replay refuses it, for this or for an earlier reason: its ballot does not matter.
        return Ahead(entry, error)
    body = entry.body
    if known is None or not isinstance(body, BallotCast | BallotChallenged):
        return Ahead(entry)
    key, contests = _read(known)
    contest = contests.get(body.ballot.contest_hash)
    return Ahead(entry, ballot=None if contest is None else open_ballot(body.ballot, contest, key, group))


def _judged(item: Ahead, failures: dict[str, VerificationError]) -> Ahead:
    """Put the verdict in the place of the statement."""
    if item.ballot is None or item.ballot.statement is None:
        return item
    failure = failures.get(item.ballot.statement.subject)
    return replace(item, ballot=replace(item.ballot, statement=None), argument=failure)


def _failures(statements: Sequence[Statement], group: PublicGroup) -> dict[str, VerificationError]:
    """Verify arguments in one batch; give the refusal of each bad one by its subject."""
    try:
        verify_batch(statements, group)
    except BatchRefused as error:
        return {culprit: failure for failure in error.failures for culprit in failure.culprits}
    except EncodingError:
        return _failures_one_by_one(statements)
    return {}


def _failures_one_by_one(statements: Sequence[Statement]) -> dict[str, VerificationError]:
    """Find the argument with a challenge of 0, of which the batch does not say where it is."""
    failures: dict[str, VerificationError] = {}
    for item in statements:
        try:
            verify_argument(item)
        except VerificationError as error:
            failures[item.subject] = error
        except EncodingError as error:
            failures[item.subject] = VerificationError("V2.D", str(error), (item.subject,))
    return failures


@lru_cache(maxsize=64)
def _written(contest: Contest) -> bytes:
    return canonical(contest.to_json())


@lru_cache(maxsize=4)
def _read(known: Known) -> tuple[Point, dict[bytes, Contest]]:
    contests = [parse_contest(parse_canonical(data, "contest", MAX_ENTRY_BYTES)) for data in known.contests]
    return decode_point(known.key, "joint key"), {contest.hash: contest for contest in contests}
