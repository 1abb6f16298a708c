import json

import pytest
from immutables import Map

from api.errors import PendingBallotError
from api.sequencer.view import View, apply_pending
from api.store.operations import PendingBallot
from ballots.sealed_ballot import ballot_id, parse_ballot
from tests.api.world import voting_world


def test_waiting_ballots_are_sorted_and_applied() -> None:
    world, contest = voting_world()
    raws = [world.cast(card, contest) for card in range(5)]
    ids = [ballot_id(parse_ballot(json.loads(raw)["body"]["ballot"])) for raw in raws]
    rows = [PendingBallot(identifier, "report", raw) for identifier, raw in zip(ids, raws, strict=True)]
    pending = Map({row.ballot_id: row for row in rows})
    intake = apply_pending(world.state, pending)
    assert intake.contest("report").cast == 5
    view = View(world.state, intake, pending)
    assert [row.ballot_id for row in view.waiting_for("report")] == sorted(ids)
    assert view.waiting_for("other") == ()
    world.close(contest)
    with pytest.raises(PendingBallotError):
        apply_pending(world.state, pending)
