"""What a kiosk does after closing: find its ballots under the closed root, and sign how many there are (SPEC §8.5).

Of an abandoned contest nothing is reported; the kiosk looks whether the promises were kept, and forgets its ballots.
"""

from collections.abc import Callable

from ballots.sealed_ballot import confirmation_code
from kiosk.client import Refused
from kiosk.drafts import complete, draft
from kiosk.events import Emit
from kiosk.outbox import Delivery, Kind
from kiosk.station import Station
from tally.entries.closing import KioskReported
from tally.state import Closing, ContestState, Status
from voting_core.errors import FatalError


def report_closed(station: Station, clock: Callable[[], int], emit: Emit) -> None:
    """Report on every closed contest that awaits this kiosk's report, and tidy up after abandoned ones.

    Raises:
        Unreachable: the server does not answer; nothing is lost.
        FatalError: the server promised a ballot that the closed log, or that of an abandoned contest, does not hold.
    """
    own = station.setup.keys.own
    for contest in station.state.contests.values():
        if contest.status is Status.ABANDONED:
            _forget_abandoned(station, contest, emit)
            continue
        closing = contest.closing
        if closing is None or own.public not in closing.kiosks or own.public in contest.lost:
            continue
        if own.public in contest.reports:
            if station.outbox.of_contest(contest.id):
                station.outbox.forget(contest.id)
            continue
        body = _report(station, contest, closing, emit)
        entry = draft(station.state, body, own.public, clock())
        try:
            station.client.submit_entry(complete(entry, (own,)))
        except Refused as refusal:
            emit("report_refused", contest=contest.id, problem=str(refusal))
            continue
        emit("reported", contest=contest.id, cast=body.cast, challenged=body.challenged)


def _report(station: Station, contest: ContestState, closing: Closing, emit: Emit) -> KioskReported:
    """Count the kiosk's ballots in the closed log. One that was sent without an answer may have arrived or not."""
    counts = _arrived(station, contest, closing.size, emit)
    return KioskReported(
        contest=contest.id, cast=counts[Kind.CAST], challenged=counts[Kind.CHALLENGED], root=closing.root
    )


def _forget_abandoned(station: Station, contest: ContestState, emit: Emit) -> None:
    """Clear the outbox, for nobody waits for a report; that promised ballots are in the log holds all the same."""
    if station.outbox.of_contest(contest.id):
        counts = _arrived(station, contest, station.state.size, emit)
        station.outbox.forget(contest.id)
        emit("abandoned", contest=contest.id, cast=counts[Kind.CAST], challenged=counts[Kind.CHALLENGED])


def _arrived(station: Station, contest: ContestState, size: int, emit: Emit) -> dict[Kind, int]:
    """Count the kiosk's ballots of a contest among the first `size` entries of the log."""
    counts = dict.fromkeys(Kind, 0)
    for ballot in station.outbox.of_contest(contest.id):
        if ballot.kind is Kind.ASSISTED:
            # Nothing is promised for a note, and no report counts it.
            continue
        index = station.state.ballots.get(ballot.id)
        if index is not None and index < size:
            counts[ballot.kind] += 1
        elif ballot.delivery is Delivery.PROMISED:
            raise FatalError(
                f"the server promised the ballot {confirmation_code(ballot.id)} and the closed log of {contest.id} "
                "does not hold it; keep its receipt and call the scrutineers"
            )
        elif ballot.delivery is Delivery.WAITING:
            station.outbox.mark(ballot.id, Delivery.REFUSED)
            emit("lost", code=confirmation_code(ballot.id), contest=contest.id, problem="it arrived after closing")
    return counts
