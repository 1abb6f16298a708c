import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.client import Placed, Refused, ServerClient
from loadtests.remote_hall import RemoteHall
from tally.entries.session import OfficialAdmitted
from tests.loadtests.small_run import TIME, tiny_client
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError
from voting_core.signing_key import SigningKey


class LyingClient(ServerClient):
    """A server that says where an entry is, and is wrong; or that shows an entry changed."""

    def submit_entry(self, raw: bytes) -> Placed:
        return replace(super().submit_entry(raw), index=0)


class ChangingClient(ServerClient):
    def entries(self, start: int) -> list[bytes]:
        return [raw.replace(b'"time":1', b'"time":2') for raw in super().entries(start)]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[ServerClient]:
    with tiny_client(tmp_path) as client:
        yield client


def _hall(client: ServerClient) -> RemoteHall:
    hall = RemoteHall(client, SeededRng("hall"), itertools.count(TIME).__next__)
    hall.create(kind="congress", title="测试", date="2026-12-08", place="", trustees=3, threshold=2)
    return hall


def test_the_log_is_the_servers(client: ServerClient) -> None:
    hall = _hall(client)
    new = SigningKey.generate(hall.rng)
    hall.decree(OfficialAdmitted(new.public), new)
    assert client.entries(0) == hall.entries
    assert hall.state.size == 2
    assert new.public in hall.state.officials


def test_the_session_names_the_servers_keys(client: ServerClient) -> None:
    hall = _hall(client)
    assert hall.state.facts.log_key.hex() == client.status()["log_key"]
    assert hall.state.facts.service_key.hex() == client.status()["service_key"]
    assert hall.state.facts.simulated


def test_a_server_of_real_sessions_refuses_this_one(tmp_path: Path) -> None:
    with tiny_client(tmp_path, simulated=False) as client, pytest.raises(Refused, match="takes real sessions only"):
        _hall(client)


def test_what_somebody_else_wrote_is_replayed(client: ServerClient) -> None:
    hall = _hall(client)
    other = RemoteHall(client, SeededRng("other"), hall.clock)
    other.follow()
    assert other.state.root == hall.state.root


def test_an_entry_that_is_not_where_the_server_says_stops_everything(client: ServerClient) -> None:
    hall = _hall(client)
    hall.client = LyingClient(client.http)
    new = SigningKey.generate(hall.rng)
    with pytest.raises(FatalError, match="said that an entry has index 0"):
        hall.decree(OfficialAdmitted(new.public), new)


def test_a_changed_entry_stops_everything(client: ServerClient) -> None:
    _hall(client)
    other = RemoteHall(ChangingClient(client.http), SeededRng("other"), lambda: TIME)
    with pytest.raises(FatalError, match="entry 0 of the server's log: V4"):
        other.follow()
