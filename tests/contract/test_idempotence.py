"""What is sent twice counts once, and is answered alike: a lost answer is mended by asking again.

No key for this is needed in a header. Entries, ballots, signatures and claims are known by their own bytes; a check-in
says what is to be true afterwards; a code that is made again takes the place of the one before.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from ballots.qr.enrolment import StationRole, decode_enrolment, typed_enrolment_code
from ballots.queue_statement import sign_queue
from tally.entries.contests import ContestPaused
from tests.api.hall import Hall
from tests.api.routes.test_proposals import pause, proposal, signature
from tests.api.world import TIME
from tests.contract.make_openapi import SNAPSHOT
from voting_core.codec import canonical
from voting_core.log.checkpoint import cosign_checkpoint, parse_signed_checkpoint

Request = tuple[str, bytes, dict[str, str]]


def operator(hall: Hall) -> dict[str, str]:
    return {"Authorization": f"Bearer {hall.settings.operator_token_file.read_text()}"}


def a_ballot(hall: Hall) -> Request:
    return "/v1/ballots", hall.world.cast(0, hall.contest), {}


def an_entry(hall: Hall) -> Request:
    return "/v1/entries", hall.world.decree(ContestPaused("report"), "contest.paused"), {}


def a_proposal(hall: Hall) -> Request:
    return "/v1/proposals", proposal(pause(hall), hall.world.officials[0]), {}


def a_signature(hall: Hall) -> Request:
    """The last one that was missing: with it the entry goes into the log, and nothing waits any more."""
    hall.follow()
    draft, (first, second) = pause(hall), hall.world.officials
    stored = hall.post(proposal(draft, first), "/v1/proposals")
    return f"/v1/proposals/{stored['id']}/signatures", canonical(signature(draft, second)), {}


def a_complete_proposal(hall: Hall) -> Request:
    """Everybody has signed already."""
    hall.follow()
    draft = pause(hall)
    return "/v1/proposals", proposal(draft, *hall.world.officials), {}


def a_queue(hall: Hall) -> Request:
    hall.pause()
    state = hall.world.state
    size = state.contest("report").paused_size
    said = sign_queue(
        contest="report",
        root=state.root_at(size),
        session=state.session_id,
        size=size,
        waiting=2,
        kiosk_key=hall.world.kiosk,
    )
    return "/v1/queues", said.to_bytes(), {}


def a_cosignature(hall: Hall) -> Request:
    signed = parse_signed_checkpoint(hall.client.get("/v1/log/checkpoint").content)
    trustee = hall.world.trustees[0]
    line = cosign_checkpoint(signed.checkpoint, trustee.witness, trustee.index, TIME)
    return f"/v1/log/cosignatures?size={signed.checkpoint.size}", line, {}


def a_check_in(hall: Hall) -> Request:
    people = [{"id": "1", "name": "李红香", "should_attend": True}]
    assert hall.client.put("/v1/roll", json={"people": people}, headers=hall.token).status_code == 200
    return "/v1/checkins", b'{"delegate":"1","action":"draw_card"}', hall.token


def a_claim(hall: Hall) -> Request:
    path, body, headers = a_code(hall)
    digits = hall.client.post(path, content=body, headers=headers).json()["digits"]
    code = decode_enrolment(digits)
    assert code.role is StationRole.KIOSK
    claim = {"code": typed_enrolment_code(code.code).reveal(), "token": "0a" * 32}
    return "/v1/enrolments/claims", json.dumps(claim).encode(), {}


def a_code(hall: Hall) -> Request:
    return "/v1/enrolments", '{"role":"kiosk","name":"1号机"}'.encode(), operator(hall)


REQUESTS: dict[str, Callable[[Hall], Request]] = {
    "/v1/ballots": a_ballot,
    "/v1/entries": an_entry,
    "/v1/queues": a_queue,
    "/v1/log/cosignatures": a_cosignature,
    "/v1/proposals": a_proposal,
    "/v1/proposals/{proposal_id}/signatures": a_signature,
    "/v1/checkins": a_check_in,
    "/v1/enrolments/claims": a_claim,
}
REPLACED = {"/v1/enrolments"}
"""Where sending again makes a new thing that takes the place of the first: a code is a secret that is shown once."""


def test_every_post_is_tried_here() -> None:
    paths: dict[str, Any] = json.loads(SNAPSHOT.read_text(encoding="utf-8"))["paths"]
    assert {path for path, methods in paths.items() if "post" in methods} == {*REQUESTS, *REPLACED}


@pytest.mark.parametrize("make", [*REQUESTS.values(), a_complete_proposal], ids=lambda make: make.__name__)
def test_what_is_sent_twice_counts_once(hall: Hall, make: Callable[[Hall], Request]) -> None:
    path, body, headers = make(hall)
    first = hall.client.post(path, content=body, headers=headers)
    assert first.status_code == 200, first.text
    state = [hall.client.get(address).content for address in ("/v1/status", "/v1/proposals")]
    for _ in range(2):
        again = hall.client.post(path, content=body, headers=headers)
        assert (again.status_code, again.content) == (200, first.content)
    assert [hall.client.get(address).content for address in ("/v1/status", "/v1/proposals")] == state


def test_a_code_that_is_made_again_takes_the_place_of_the_first(hall: Hall) -> None:
    path, body, headers = a_code(hall)
    first, second = (hall.client.post(path, content=body, headers=headers).json() for _ in range(2))
    assert first["code"] != second["code"]

    def claim(code: str) -> int:
        return hall.client.post("/v1/enrolments/claims", json={"code": code, "token": "0a" * 32}).status_code

    assert (claim(first["code"]), claim(second["code"])) == (403, 200)
    states = [item["state"] for item in hall.client.get(path, headers=headers).json()]
    assert sorted(states) == ["enrolled", "revoked"]
