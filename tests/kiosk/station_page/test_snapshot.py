"""What waits for this scrutineer, out of everything that waits."""

from typing import Any

import pytest

from kiosk.client import WaitingProposal
from kiosk.station_page.snapshot import KEPT_NOTES, Snapshot
from tally.entries.build import Draft
from tally.entries.entry_type import EntryType
from voting_core.codec import JsonObject

MINE, OTHER = b"m" * 32, b"o" * 32


def proposal(type_: EntryType, body: JsonObject, *signers: bytes) -> WaitingProposal:
    return WaitingProposal("p", Draft(OTHER, {"body": body}), type_, dict.fromkeys(signers, b""))


@pytest.mark.parametrize(
    ("type_", "body", "waits"),
    [
        (EntryType.ATTENDANCE_DECLARED, {"contest": "c"}, True),
        (EntryType.RESERVE_SEALED, {"class": "delegate", "count": 1}, True),
        (EntryType.CONTEST_ABANDONED, {"contest": "c", "reason": "cards"}, True),
        (EntryType.CONTEST_DEFINED, {"contest": {"waiver": True}}, True),
        (EntryType.CONTEST_DEFINED, {"contest": {"waiver": False}}, False),
        (EntryType.CONTEST_OPENED, {"contest": "c"}, False),
        (EntryType.TRUSTEE_JOINED, {}, False),
    ],
)
def test_what_concerns_scrutineers_waits(type_: EntryType, body: Any, waits: bool) -> None:
    found = Snapshot(mine=MINE, proposals=(proposal(type_, body, OTHER),))
    assert bool(found.to_sign) is waits
    assert found.proposed == ()
    signed = Snapshot(mine=MINE, proposals=(proposal(type_, body, OTHER, MINE),))
    assert signed.to_sign == ()
    assert len(signed.proposed) == 1


def test_old_remarks_go() -> None:
    snapshot = Snapshot()
    for number in range(KEPT_NOTES + 5):
        snapshot = snapshot.with_note("sent", {"n": number})
    assert len(snapshot.notes) == KEPT_NOTES
    assert snapshot.notes[-1].fields == {"n": KEPT_NOTES + 4}
    assert snapshot.notes[0].number == 6
    assert not Snapshot().has_session
