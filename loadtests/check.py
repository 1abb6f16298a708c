"""The comparison at the end of every load test: pool and promises on one side, the log of the record on the other.

The verifier shows that a record is consistent in itself. It cannot know which ballots were sent; the pool does. So
this module asks, without replay and without the group:

* every ballot that was promised is in the log exactly once, with the bytes that were sent;
* the log holds no other ballot;
* every promise is signed by the service, for the ballot that was sent, over a root that this log had;
* the published counts are those of the pool, by plain counting.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ballots.contest import Contest, parse_contest
from ballots.receipt import Promise, parse_promise
from ballots.sealed_ballot import ballot_id
from loadtests.acknowledgements import Acknowledgement
from loadtests.pool import CAST, PoolBallot
from tally.entries.ballots import BallotAssisted, BallotCast, BallotChallenged
from tally.entries.contests import ContestDefined
from tally.entries.counting import TallyCounted
from tally.entries.envelope import decode_entry
from tally.entries.session import SessionCreated
from voting_core.errors import EncodingError, VerificationError
from voting_core.log.merkle import Frontier, leaf_hash

MAX_PROBLEMS: Final = 50
"""More problems are counted, not listed."""

_SHOWN: Final = 16


@dataclass(slots=True)
class _Log:
    """What the comparison needs of a log. `raws` has every ballot entry by its bytes, with how often it stands there;
    `ids` the ballot id (hex) of each; `roots` the root of every size.
    """

    session: SessionCreated | None = None
    raws: Counter[bytes] = field(default_factory=Counter)
    ids: dict[bytes, str] = field(default_factory=dict)
    contests: dict[str, Contest] = field(default_factory=dict)
    counted: dict[str, TallyCounted] = field(default_factory=dict)
    roots: list[bytes] = field(default_factory=list)


def compare(
    pool: Sequence[PoolBallot], acknowledgements: Sequence[Acknowledgement], entries: Iterable[bytes]
) -> tuple[str, ...]:
    """Compare; gives one sentence for each problem, none when all is well.

    Raises:
        VerificationError: an entry of the log cannot be read; the verifier has more to say about such a record.
    """
    log = _read(entries)
    found = [
        *_ballots(pool, {item.id for item in acknowledgements}, log),
        *_promises({ballot.id for ballot in pool}, acknowledgements, log),
        *_counts(pool, log),
    ]
    more = (f"… and {len(found) - MAX_PROBLEMS} more problems",) if len(found) > MAX_PROBLEMS else ()
    return (*found[:MAX_PROBLEMS], *more)


def plain_counts(ballots: Iterable[PoolBallot], contest: Contest) -> tuple[tuple[int, ...], ...]:
    """How often each mark was given to each row, by counting what was meant."""
    given = [ballot.marks for ballot in ballots if ballot.contest == contest.id and ballot.type == CAST]
    return tuple(
        tuple(sum(marks[row] == mark for marks in given) for mark in range(len(contest.marks)))
        for row in range(len(contest.rows))
    )


def _read(entries: Iterable[bytes]) -> _Log:
    log, frontier = _Log(), Frontier.empty()
    log.roots.append(frontier.root())
    for raw in entries:
        frontier = frontier.append(leaf_hash(raw))
        log.roots.append(frontier.root())
        match decode_entry(raw).body:
            case SessionCreated() as session:
                log.session = session
            case ContestDefined() as defined:
                contest = parse_contest(defined.contest)
                log.contests[contest.id] = contest
            case TallyCounted() as counted:
                log.counted[counted.contest] = counted
            case BallotCast(ballot) | BallotChallenged(ballot):
                log.raws[raw] += 1
                log.ids[raw] = ballot_id(ballot).hex()
            case BallotAssisted(id=assisted):
                log.raws[raw] += 1
                log.ids[raw] = assisted.hex()
    return log


def _ballots(pool: Sequence[PoolBallot], promised: set[str], log: _Log) -> Iterator[str]:
    altered = set(log.ids.values()) - {log.ids[ballot.entry] for ballot in pool if ballot.entry in log.ids}
    for ballot in pool:
        name, times = _name(ballot), log.raws[ballot.entry]
        if times > 1:
            yield f"{name} is in the log {times} times"
        if ballot.id in promised and ballot.id in altered:
            yield f"{name} was promised, and is in the log with other bytes than were sent"
        elif ballot.id in promised and not times:
            yield f"{name} was promised, and is not in the log"
        elif ballot.id not in promised and times:
            yield f"{name} is in the log, and was never promised"
        elif ballot.id not in promised:
            yield f"{name} was never accepted"
    sent = {ballot.entry for ballot in pool}
    for raw, name in log.ids.items():
        if raw not in sent:
            yield f"the log holds a ballot entry that nobody sent, of ballot {name[:_SHOWN]}"


def _promises(sent: set[str], acknowledgements: Sequence[Acknowledgement], log: _Log) -> Iterator[str]:
    if log.session is None:
        yield "the log has no session, so no promise can be verified"
        return
    for item in acknowledgements:
        name = f"the promise for ballot {item.id[:_SHOWN]}"
        if item.id not in sent:
            yield f"{name} is for a ballot that is not in the pool"
        try:
            promise = parse_promise(item.promise)
            promise.verify(log.session.service_key)
        except (EncodingError, VerificationError) as error:
            yield f"{name} is not valid: {error}"
        else:
            yield from (f"{name} {problem}" for problem in _promise_problems(promise, item.id, log, log.session))


def _promise_problems(promise: Promise, expected: str, log: _Log, session: SessionCreated) -> Iterator[str]:
    if promise.ballot.hex() != expected:
        yield f"names ballot {promise.ballot.hex()[:_SHOWN]}"
    if promise.session != session.session_id:
        yield "names another session"
    if promise.size >= len(log.roots) or log.roots[promise.size] != promise.root:
        yield f"names a root of size {promise.size} that this log never had"


def _counts(pool: Sequence[PoolBallot], log: _Log) -> Iterator[str]:
    for name in sorted({ballot.contest for ballot in pool}):
        contest, counted = log.contests.get(name), log.counted.get(name)
        if contest is None or counted is None:
            yield f"contest {name} was not counted"
            continue
        totals = _totals(counted, contest)
        for row, expected in zip(contest.rows, plain_counts(pool, contest), strict=True):
            if totals[row.id] != expected:
                yield f"contest {name}, row {row.id}: counted {totals[row.id]}, the pool gives {expected}"


def _totals(counted: TallyCounted, contest: Contest) -> Mapping[str, tuple[int, ...]]:
    """The counts of each row over all cells."""
    totals = {}
    for number, row in enumerate(contest.rows):
        columns = zip(*(cell.counts[number] for cell in counted.cells), strict=True)
        totals[row.id] = tuple(sum(column) for column in columns)
    return totals


def _name(ballot: PoolBallot) -> str:
    return f"ballot {ballot.id[:_SHOWN]} ({ballot.type} in {ballot.contest} at kiosk {ballot.kiosk})"
