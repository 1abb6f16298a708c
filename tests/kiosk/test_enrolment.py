"""A station enrols at a real service in this process."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.pki.authority import fingerprint, make_authority
from api.pki.server import make_server_certificate, pem
from api.pki_files import store_server
from ballots.qr.enrolment import NO_AUTHORITY, EnrolmentCode, StationRole, decode_enrolment, encode_enrolment
from kiosk import client as kiosk_client
from kiosk import enrolment
from kiosk.client import Refused, ServerClient, Unreachable
from kiosk.client import client_of as client_of_server
from kiosk.enrolment import enrol, read_code, read_enrolment
from tally.cli.system import unix_time
from tests.api.hall import Hall, running_hall
from tests.faults.server_process import ServerProcess
from tests.kiosk.booth import client_of
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError, InputError
from voting_core.secret import Secret

KIOSK, SCRUTINEER = StationRole.KIOSK, StationRole.SCRUTINEER
SERVER = "http://127.0.0.1:8300"


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    with running_hall(tmp_path / "data", enrolment=True, simulated=True) as started:

        def here(url: str, authority: bytes, token: Secret[str] | None = None) -> ServerClient:
            assert (url, authority) == (SERVER, b"")
            return replace(client_of(started.client), token=token)

        monkeypatch.setattr(enrolment, "client_of", here)
        monkeypatch.setattr(started.client, "close", lambda: None)
        yield started


def issued(hall: Hall, role: str = "kiosk", number: int = 0) -> str:
    headers = {"Authorization": f"Bearer {hall.settings.operator_token_file.read_text()}"}
    body = {"role": role, "name": "郭志明", "number": number}
    return str(hall.client.post("/v1/enrolments", json=body, headers=headers).json()["digits"])


def test_a_station_remembers_what_it_got(hall: Hall, tmp_path: Path) -> None:
    path = tmp_path / "station" / "enrolment.json"
    assert read_enrolment(path) is None
    digits = issued(hall, "scrutineer", 3)
    got = enrol(path, read_code(digits, SCRUTINEER, None, b""), b"", SeededRng(1))
    assert (got.name, got.number, got.server, got.is_complete) == ("郭志明", 3, SERVER, True)
    known = read_enrolment(path)
    assert known is not None
    assert known.token.reveal() == got.token.reveal()
    assert replace(known, token=got.token) == got
    assert path.stat().st_mode & 0o777 == 0o600
    client = known.client()
    assert client.token is not None
    assert client.token.reveal() == got.token.reveal().hex()


def test_an_answer_that_was_lost_is_asked_for_again(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, code = tmp_path / "enrolment.json", read_code(issued(hall), KIOSK, None, b"")
    real = ServerClient.claim

    def lost(self: ServerClient, *arguments: object) -> object:
        real(self, *arguments)  # type: ignore[arg-type]
        raise Unreachable("the answer was lost")

    monkeypatch.setattr(kiosk_client.ServerClient, "claim", lost)
    with pytest.raises(Unreachable):
        enrol(path, code, b"", SeededRng(1))
    begun = read_enrolment(path)
    assert begun is not None
    assert not begun.is_complete
    monkeypatch.setattr(kiosk_client.ServerClient, "claim", real)
    assert enrol(path, code, b"", SeededRng(2)).is_complete
    with pytest.raises(Refused, match="was used"):
        enrol(tmp_path / "other.json", code, b"", SeededRng(3))


def test_codes_are_of_one_kind_of_station(hall: Hall, tmp_path: Path) -> None:
    digits = issued(hall)
    in_groups = " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
    assert read_code(in_groups, KIOSK, None, b"").url == SERVER
    with pytest.raises(InputError, match="another kind"):
        read_code(digits, SCRUTINEER, None, b"")
    relabelled = encode_enrolment(replace(decode_enrolment(digits), role=SCRUTINEER)).reveal()
    with pytest.raises(InputError, match="another kind"):
        enrol(tmp_path / "e.json", read_code(relabelled, SCRUTINEER, None, b""), b"", SeededRng(1))


def test_a_typed_code_needs_the_address(hall: Hall, tmp_path: Path) -> None:
    headers = {"Authorization": f"Bearer {hall.settings.operator_token_file.read_text()}"}
    typed = hall.client.post("/v1/enrolments", json={"role": "kiosk", "name": "k"}, headers=headers).json()["code"]
    with pytest.raises(InputError, match="has 5"):
        read_code(typed[:4] + "0", KIOSK, None, b"")
    with pytest.raises(InputError, match="does not say where the server is"):
        read_code(typed, KIOSK, None, b"")
    code = read_code(f" {typed} ", KIOSK, SERVER, b"")
    assert isinstance(code, EnrolmentCode)
    assert (code.url, code.authority) == (SERVER, NO_AUTHORITY)
    assert enrol(tmp_path / "e.json", code, b"", SeededRng(1)).name == "k"


def test_a_memory_that_is_damaged_or_open_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "enrolment.json"
    path.write_text("{}")
    path.chmod(0o644)
    with pytest.raises(InputError, match="chmod 600"):
        read_enrolment(path)
    path.chmod(0o600)
    with pytest.raises(InputError, match="enrol again"):
        read_enrolment(path)


def test_over_the_network_with_an_authority_that_only_the_code_names(tmp_path: Path) -> None:
    """A real server with a certificate of `plenum pki`, and a station that has nothing but the digits."""
    now = unix_time()
    authority = make_authority("清岚县", (), now=now, rng=SeededRng(1))
    stranger = make_authority("外县", (), now=now, rng=SeededRng(2))
    data = tmp_path / "data"
    store_server(data, make_server_certificate(authority, ("127.0.0.1",), now=now, rng=SeededRng(3)), replace=False)
    server = ServerProcess(data, "--simulated", "--enrolment", tls=True)
    server.start()
    try:
        trusted = client_of_server(server.url, pem(authority.certificate))
        headers = {"Authorization": f"Bearer {(data / 'operator.token').read_text()}"}
        digits = trusted.http.post("/v1/enrolments", json={"role": "kiosk", "name": "k"}, headers=headers).json()[
            "digits"
        ]
        code = decode_enrolment(digits)
        with pytest.raises(FatalError, match="somebody may stand between"):
            enrol(tmp_path / "a.json", replace(code, authority=fingerprint(stranger.certificate)), b"", SeededRng(4))
        got = enrol(tmp_path / "b.json", code, b"", SeededRng(5))
        assert (got.name, got.authority) == ("k", pem(authority.certificate))
        client = got.client()
        assert client.status()["simulated"] is True
        foreign = replace(client_of_server(server.url, pem(stranger.certificate)), pause=lambda _: None)
        with pytest.raises(Unreachable):
            foreign.status()
        for opened in (trusted, client, foreign):
            opened.http.close()
    finally:
        server.close()
