"""Two people act from two machines."""

import json
from pathlib import Path

from api.settings import MAX_STRANGER_PROPOSALS
from tally.entries.build import Draft, draft_entry
from tally.entries.ceremony import TrusteeJoined
from tally.entries.contests import ContestPaused, ContestResumed
from tally.entries.session import OfficialAdmitted
from tests.api.hall import Hall, running_hall
from tests.api.world import TIME
from tests.support.seeded_rng import SeededRng
from voting_core.codec import b64encode, canonical
from voting_core.params import Tag
from voting_core.signing_key import SigningKey


def pause(hall: Hall, time: int = TIME, author: int = 0) -> Draft:
    state = hall.world.state
    seen = (state.size, state.root)
    key = hall.world.officials[author].public
    return draft_entry("contest.paused", ContestPaused("report"), state.session_id, key, time=time, seen=seen)


def signature(draft: Draft, key: SigningKey) -> dict[str, str]:
    return {"key": key.public.hex(), "signature": b64encode(key.sign(Tag.ENTRY, draft.message))}


def proposal(draft: Draft, *keys: SigningKey) -> bytes:
    rows = [signature(draft, key) for key in sorted(keys, key=lambda key: key.public)]
    return canonical({"draft": draft.value, "signatures": rows})


def test_a_proposal_waits_until_the_second_official_signs(hall: Hall) -> None:
    first, second = hall.world.officials
    draft = pause(hall)
    answer = hall.post(proposal(draft, first), "/v1/proposals")
    assert (answer["status"], answer["type"]) == ("waiting", "contest.paused")
    assert "V4.B" in answer["missing"]
    (listed,) = hall.client.get("/v1/proposals").json()
    assert listed["id"] == answer["id"]
    assert Draft(first.public, listed["draft"]).message == draft.message
    signed = hall.client.post(f"/v1/proposals/{answer['id']}/signatures", json=signature(draft, second)).json()
    assert (signed["status"], signed["index"]) == ("accepted", hall.world.state.size)
    assert hall.client.get("/v1/proposals").json() == []
    assert hall.client.get("/v1/status").json()["contests"][0]["status"] == "paused"


def test_the_author_may_sign_last(hall: Hall) -> None:
    first, second = hall.world.officials
    draft = pause(hall)
    answer = hall.post(proposal(draft, second), "/v1/proposals")
    assert answer["missing"] == "the author has not signed"
    answer = hall.post(proposal(draft, first), "/v1/proposals")
    assert answer["status"] == "accepted"


def test_a_proposal_survives_a_restart_and_a_repetition(hall: Hall) -> None:
    raw = proposal(pause(hall), hall.world.officials[0])
    assert hall.post(raw, "/v1/proposals") == hall.post(raw, "/v1/proposals")
    assert len(hall.service.reader.proposals()) == 1


def test_a_proposal_whose_moment_has_not_come_waits_with_the_reason(hall: Hall) -> None:
    state = hall.world.state
    draft = draft_entry(
        "contest.resumed",
        ContestPaused("report"),
        state.session_id,
        hall.world.officials[0].public,
        time=TIME,
        seen=(state.size, state.root),
    )
    answer = hall.post(proposal(draft, *hall.world.officials), "/v1/proposals")
    assert answer["status"] == "waiting"
    assert "V4.D" in answer["missing"]


def test_a_wrong_signature_is_refused(hall: Hall) -> None:
    draft = pause(hall)
    answer = hall.post(proposal(draft, hall.world.officials[0]), "/v1/proposals")
    path = f"/v1/proposals/{answer['id']}/signatures"
    other = signature(pause(hall, TIME + 1), hall.world.officials[1])
    assert hall.client.post(path, json=other).json()["code"] == "V4.A"
    stranger = signature(draft, hall.world.kiosk)
    assert hall.client.post(path, json=stranger).json()["code"] == "state"
    for body in ({}, {**other, "more": 1}, {**other, "key": "00"}, [other]):
        assert hall.client.post(path, json=body).json()["code"] == "request"
    path = f"/v1/proposals/{'0' * 64}/signatures"
    assert hall.client.post(path, json=other).json()["code"] == "missing"


def test_nobody_spoils_what_two_officials_sign_with_a_signature_too_many(hall: Hall) -> None:
    first, second = hall.world.officials
    draft = pause(hall)
    answer = hall.post(proposal(draft, first), "/v1/proposals")
    path = f"/v1/proposals/{answer['id']}/signatures"
    scrutineer = hall.world.trustees[0].signing
    assert hall.client.post(path, json=signature(draft, scrutineer)).json()["code"] == "state"
    assert hall.client.post("/v1/proposals", content=proposal(draft, first, scrutineer)).json()["code"] == "state"
    assert hall.client.post(path, json=signature(draft, second)).json()["status"] == "accepted"


def test_a_third_official_is_one_too_many(hall: Hall) -> None:
    first, second = hall.world.officials
    third, state = SigningKey.generate(SeededRng("third")), hall.world.state
    hall.post(hall.world.entry(OfficialAdmitted(third.public), "official.admitted", first, second, third))
    hall.follow()
    state = hall.world.state
    # A moment that has not come, so that two signatures do not bring it into the log.
    draft = draft_entry(
        "contest.resumed",
        ContestResumed("report"),
        state.session_id,
        first.public,
        time=TIME,
        seen=(state.size, state.root),
    )
    answer = hall.post(proposal(draft, first, second), "/v1/proposals")
    refused = hall.client.post(f"/v1/proposals/{answer['id']}/signatures", json=signature(draft, third)).json()
    assert refused["code"] == "state"
    assert "no more" in refused["detail"]


def test_a_proposal_is_withdrawn_by_a_desk(hall: Hall) -> None:
    answer = hall.post(proposal(pause(hall), hall.world.officials[0]), "/v1/proposals")
    path = f"/v1/proposals/{answer['id']}"
    assert hall.client.delete(path).status_code == 401
    assert hall.client.delete(path, headers=hall.token).status_code == 200
    assert hall.client.delete(path, headers=hall.token).status_code == 404
    assert hall.client.get("/v1/proposals").json() == []


def test_strangers_cannot_fill_the_list_of_a_rehearsal(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", simulated=True) as hall:
        hall.vote()
        strangers_cannot_fill_the_list(hall)


def strangers_cannot_fill_the_list(hall: Hall) -> None:
    state = hall.world.state

    def join(number: int) -> bytes:
        key = SigningKey.generate(SeededRng(f"stranger {number}"))
        witness = SigningKey.generate(SeededRng(f"witness {number}"))
        body = TrusteeJoined(index=1, name="谁", signing_key=key.public, witness_key=witness.public)
        seen = (state.size, state.root)
        return proposal(draft_entry("trustee.joined", body, state.session_id, key.public, time=TIME, seen=seen), key)

    for number in range(MAX_STRANGER_PROPOSALS):
        assert hall.client.post("/v1/proposals", content=join(number)).status_code == 200
    answer = hall.client.post("/v1/proposals", content=join(MAX_STRANGER_PROPOSALS))
    assert (answer.status_code, answer.json()["code"]) == (409, "state")
    hall.post(proposal(pause(hall), hall.world.officials[0]), "/v1/proposals")


def test_ballots_are_not_proposed(hall: Hall) -> None:
    value = json.loads(hall.world.cast(0, hall.contest))
    signatures = value.pop("signatures")
    assert hall.refused(canonical({"draft": value, "signatures": signatures}), "/v1/proposals")["code"] == "state"
