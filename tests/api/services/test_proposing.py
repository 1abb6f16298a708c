from tally.entries.build import draft_entry
from tally.entries.contests import ContestPaused
from tests.api.hall import Hall
from tests.api.world import TIME
from voting_core.codec import b64encode, canonical, hex32
from voting_core.params import Tag


def test_a_complete_proposal_is_in_the_log_and_waits_no_more(hall: Hall) -> None:
    first, second = hall.world.officials
    log = hall.service.sequencer.view.log
    draft = draft_entry(
        "contest.paused",
        ContestPaused(hall.contest.id),
        log.session_id,
        first.public,
        time=TIME,
        seen=(log.size, log.root),
    )
    waiting = hall.client.post(
        "/v1/proposals",
        content=canonical(
            {
                "draft": draft.value,
                "signatures": [
                    {"key": hex32(first.public), "signature": b64encode(first.sign(Tag.ENTRY, draft.message))}
                ],
            }
        ),
    ).json()
    assert waiting["status"] == "waiting"
    assert waiting["missing"]
    done = hall.client.post(
        f"/v1/proposals/{waiting['id']}/signatures",
        content=canonical({"key": hex32(second.public), "signature": b64encode(second.sign(Tag.ENTRY, draft.message))}),
    ).json()
    assert (done["status"], done["index"]) == ("accepted", log.size)
    assert hall.service.reader.proposals() == ()
