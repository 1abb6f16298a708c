"""A proposal on its way into the log."""

import pytest

from api.services.proposals import read_proposal
from api.services.proposing import add_proposal
from tests.api.hall import Hall
from tests.api.routes.test_proposals import pause, proposal, signature


def test_a_complete_proposal_is_in_the_log_and_waits_no_more(hall: Hall) -> None:
    size = hall.service.sequencer.view.log.size
    first, second = hall.world.officials
    draft = pause(hall)
    waiting = hall.post(proposal(draft, first), "/v1/proposals")
    assert waiting["status"] == "waiting"
    assert waiting["missing"]
    done = hall.client.post(f"/v1/proposals/{waiting['id']}/signatures", json=signature(draft, second)).json()
    assert (done["status"], done["index"]) == ("accepted", size)
    assert hall.service.reader.proposals() == ()


def test_another_proposal_that_says_the_same_leaves_with_the_first(hall: Hall) -> None:
    """Two officials propose in the same moment; one proposal is completed, and nobody could complete the other."""
    first, second = hall.world.officials
    one, two = pause(hall), pause(hall, author=1)
    for draft, key in ((one, first), (two, second)):
        assert hall.post(proposal(draft, key), "/v1/proposals")["status"] == "waiting"
    assert len(hall.service.reader.proposals()) == 2
    done = hall.post(proposal(one, second), "/v1/proposals")
    assert done["status"] == "accepted"
    assert hall.service.reader.proposals() == ()
    # What arrives after that is told that it has been done, and waits no more either.
    late = hall.post(proposal(two, second), "/v1/proposals")
    assert (late["status"], late["index"]) == ("accepted", done["index"])
    assert hall.service.reader.proposals() == ()


@pytest.mark.parametrize("by_author", [True, False])
def test_a_signature_that_comes_too_late_brings_nothing_back(hall: Hall, *, by_author: bool) -> None:
    """It was read while the proposal still waited, and is stored after the entry went into the log."""
    first, second = hall.world.officials
    draft = pause(hall)
    late = read_proposal(proposal(draft, first if by_author else second))
    done = hall.post(proposal(draft, first, second), "/v1/proposals")
    assert done["status"] == "accepted"
    portal = hall.client.portal
    assert portal is not None
    answer = portal.call(add_proposal, hall.service, late)
    assert answer.model_dump() == done
    assert hall.service.reader.proposals() == ()
