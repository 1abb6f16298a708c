"""A proposal that has entered the log is found among the newest entries."""

import pytest

from api.services import entered as module
from api.services.entered import entered
from tally.entries.contests import ContestPaused, ContestResumed
from tests.api.hall import Hall
from tests.api.routes.test_proposals import pause, proposal


def test_an_entry_is_found_by_the_id_of_its_proposal(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = pause(hall)
    first = hall.post(proposal(draft, *hall.world.officials), "/v1/proposals")
    hall.follow()
    hall.post(hall.world.decree(ContestResumed("report"), "contest.resumed"))
    found = entered(hall.service, bytes.fromhex(first["id"]))
    assert found is not None
    assert found.model_dump() == first
    assert entered(hall.service, bytes(32)) is None
    # What is not among the newest is not looked for.
    monkeypatch.setattr(module, "NEWEST", 1)
    assert entered(hall.service, bytes.fromhex(first["id"])) is None


def test_ballots_are_passed_over(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    for card in range(8):
        hall.cast(card)
    hall.settle()
    hall.follow()
    hall.post(hall.world.decree(ContestPaused("report"), "contest.paused"))
    read: list[bytes] = []
    monkeypatch.setattr(module, "_draft_id", lambda raw: read.append(raw) or b"")
    entered(hall.service, bytes(32))
    assert len(read) == hall.service.sequencer.view.log.size - 8
