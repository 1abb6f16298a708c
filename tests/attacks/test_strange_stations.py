"""Who stands between a station and its server, and who asks to be let in under another's name (docs/tls.md).

A station's code is as good as the station. A station that believes whatever certificate the connection brings along
hands the code to whoever answers first; a server that takes requests of anybody has its list filled by a stranger.
"""

from pathlib import Path

import httpx2
import pytest

from api.pki.authority import fingerprint, make_authority
from api.pki.server import pem
from ballots.qr.enrolment import EnrolmentCode, StationRole
from kiosk import enrolment
from kiosk.trust import fetch_authority
from tally.entries.build import draft_entry
from tally.entries.contests import KioskRegistered
from tests.api.hall import Hall, running_hall
from tests.api.routes.test_proposals import proposal
from tests.api.world import TIME
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

OURS, THEIRS = (make_authority("清岚县", (), now=TIME, rng=SeededRng(seed)).certificate for seed in (1, 2))
CODE = EnrolmentCode(StationRole.KIOSK, Secret(b"0123456789"), fingerprint(OURS), "10.0.0.1:8300")


class Between:
    """Somebody in the hall's network who answers in the server's place, with an authority of the same name."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(f"{request.method} {request.url.path}")
        return httpx2.Response(200, content=pem(THEIRS))


def test_a_station_that_believes_the_connection_trusts_whoever_answers() -> None:
    between = Between()
    believed = httpx2.Client(transport=httpx2.MockTransport(between.answer)).get(f"{CODE.url}/v1/authority").content
    assert believed == pem(THEIRS)
    assert THEIRS.subject == OURS.subject


def test_our_station_stops_before_it_has_said_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    between = Between()

    def fetch(url: str, digest: bytes) -> bytes:
        return fetch_authority(url, digest, transport=httpx2.MockTransport(between.answer))

    monkeypatch.setattr(enrolment, "fetch_authority", fetch)
    with pytest.raises(FatalError, match="somebody may stand between"):
        enrolment.enrol(tmp_path / "enrolment.json", CODE, b"", SeededRng(3))
    assert between.asked == ["GET /v1/authority"]
    assert list(tmp_path.iterdir()) == []


def stranger_asks(hall: Hall, number: int) -> int:
    """Somebody asks for a kiosk of an invented name to be registered."""
    key, state = SigningKey.generate(SeededRng(f"stranger {number}")), hall.world.state
    body = KioskRegistered(name=f"{number}号机", kiosk=key.public, box_key=hall.world.box.public)
    seen = (state.size, state.root)
    draft = draft_entry("kiosk.registered", body, state.session_id, key.public, time=TIME, seen=seen)
    return hall.client.post("/v1/proposals", content=proposal(draft, key)).status_code


def test_a_list_that_is_open_to_anybody_is_full_of_strangers(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", simulated=True) as hall:
        hall.vote()
        answers = [stranger_asks(hall, number) for number in range(65)]
        assert (answers[:64], answers[64]) == ([200] * 64, 409)
        assert not any(item["enrolled"] for item in hall.client.get("/v1/proposals").json())


def test_a_real_session_takes_nothing_from_strangers(hall_of_a_real_session: Hall) -> None:
    hall = hall_of_a_real_session
    assert {stranger_asks(hall, number) for number in range(3)} == {401}
    guessed = {"Authorization": "Bearer " + "0" * 64}
    assert hall.client.post("/v1/proposals", content=b"{}", headers=guessed).status_code == 400
    assert hall.client.get("/v1/proposals").json() == []


@pytest.fixture
def hall_of_a_real_session(tmp_path: Path) -> object:
    with running_hall(tmp_path / "data") as hall:
        hall.vote()
        yield hall
