"""What a kiosk does after closing: find its ballots under the closed root, and sign how many there are (SPEC §8.5)."""

from collections.abc import Callable

from ballots.sealed_ballot import confirmation_code
from kiosk.client import Refused
from kiosk.drafts import complete, draft
from kiosk.events import Emit
from kiosk.outbox import Delivery, Kind
from kiosk.station import Station
from tally.entries.closing import KioskReported
from tally.state import Closing, ContestState
from voting_core.errors import FatalError


def report_closed(station: Station, clock: Callable[[], int], emit: Emit) -> None:
    """Report on every closed contest that awaits this kiosk's report.

    Raises:
        Unreachable: the server does not answer; nothing is lost.
        FatalError: the server promised a ballot that the closed log does not hold.
    """
    own = station.setup.keys.own
    for contest in station.state.contests.values():
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
    counts = dict.fromkeys(Kind, 0)
    for ballot in station.outbox.of_contest(contest.id):
        index = station.state.ballots.get(ballot.id)
        if index is not None and index < closing.size:
            counts[ballot.kind] += 1
        elif ballot.delivery is Delivery.PROMISED:
            raise FatalError(
                f"the server promised the ballot {confirmation_code(ballot.id)} and the closed log of {contest.id} "
                "does not hold it; keep its receipt and call the scrutineers"
            )
        elif ballot.delivery is Delivery.WAITING:
            station.outbox.mark(ballot.id, Delivery.REFUSED)
            emit("lost", code=confirmation_code(ballot.id), contest=contest.id, problem="it arrived after closing")
    return KioskReported(
        contest=contest.id, cast=counts[Kind.CAST], challenged=counts[Kind.CHALLENGED], root=closing.root
    )
