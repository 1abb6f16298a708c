"""A station believes only what it has replayed, and stops at two logs."""

from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from kiosk import follower as follower_module
from kiosk.client import ServerClient
from kiosk.follower import Follower
from kiosk.log_file import LogFile
from tests.api.hall import Hall
from tests.api.world import World, voting_world
from tests.kiosk.booth import client_of
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError
from voting_core.log.checkpoint import Checkpoint, sign_checkpoint
from voting_core.signing_key import SigningKey

LOG_KEY = SigningKey.generate(SeededRng("log"))


def pretender(world: World, entries: list[bytes], note: Callable[[], bytes] | None = None) -> ServerClient:
    """A server that shows these entries, and a checkpoint of the world's log unless a test says otherwise."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/v1/log/entries":
            start = int(request.url.params["start"])
            return httpx2.Response(200, content=b"".join(raw + b"\n" for raw in entries[start:]))
        checkpoint = Checkpoint(world.state.session_id, world.state.size, world.state.root)
        return httpx2.Response(200, content=note() if note else sign_checkpoint(checkpoint, LOG_KEY))

    return client_of(httpx2.Client(base_url="http://server", transport=httpx2.MockTransport(answer)))


@pytest.mark.parametrize("verify", [True, False])
def test_a_station_follows_the_log(hall: Hall, verify: bool) -> None:
    follower = Follower(client_of(hall.client), verify=verify)
    assert follower.sync() == hall.world.state.size
    assert follower.sync() == 0
    for card in range(9):
        hall.cast(card)
    hall.settle()
    assert follower.sync() == 8
    assert follower.state.root == hall.service.sequencer.view.log.root


def test_an_empty_server_has_nothing_to_follow(tmp_path: Path) -> None:
    world, _ = voting_world()
    follower = Follower(pretender(world, []), verify=True)
    assert follower.sync() == 0
    assert follower.state.session is None


def test_a_station_resumes_from_its_own_copy(hall: Hall, tmp_path: Path) -> None:
    first = Follower(client_of(hall.client), verify=True, file=LogFile(tmp_path / "log"))
    first.sync()
    again = Follower(client_of(hall.client), verify=True, file=LogFile(tmp_path / "log"))
    again.resume()
    assert again.state.root == first.state.root
    assert again.sync() == 0
    hall.post(hall.world.void(1, hall.contest, "returned"))
    assert again.sync() == 1
    assert len(list(LogFile(tmp_path / "log").entries())) == hall.world.state.size + 1


def test_a_copy_on_disk_that_was_changed_is_refused(hall: Hall, tmp_path: Path) -> None:
    Follower(client_of(hall.client), verify=True, file=LogFile(tmp_path / "log")).sync()
    (tmp_path / "log").write_bytes((tmp_path / "log").read_bytes().replace("会议".encode(), "会義".encode()))
    with pytest.raises(FatalError, match=r"entry 0 of .*/log, this station's copy.*; move it away"):
        Follower(client_of(hall.client), verify=True, file=LogFile(tmp_path / "log")).resume()


def test_a_scrutineer_finds_a_false_argument_that_a_kiosk_does_not_look_at() -> None:
    world, contest = voting_world()
    entries = [*world.entries, world.cast(0, contest), world.forged(1, contest), world.cast(2, contest)]
    with pytest.raises(FatalError, match=r"entry 16 of the server's log is not valid \(V8\.H"):
        Follower(pretender(world, entries), verify=True).sync()
    kiosk = Follower(pretender(world, entries), verify=False)
    kiosk.sync()
    assert kiosk.state.size == len(entries)


def test_arguments_below_what_was_witnessed_are_not_verified_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, contest = voting_world()
    for card in range(3):
        world.add(world.cast(card, contest))
    LogFile(tmp_path / "log").append(world.entries)
    monkeypatch.setattr(follower_module, "replay_batch", None)
    follower = Follower(pretender(world, world.entries), verify=True, file=LogFile(tmp_path / "log"))
    follower.resume(witnessed=world.state.size)
    assert follower.state.root == world.state.root


@pytest.mark.parametrize("verify", [True, False])
def test_an_entry_that_replay_refuses_stops_the_station(verify: bool) -> None:
    world, _ = voting_world()
    with pytest.raises(FatalError, match="entry 3 of the server's log is not valid"):
        Follower(pretender(world, [*world.entries[:3], *world.entries[4:]]), verify=verify).sync()


def test_a_checkpoint_of_another_log_stops_the_station() -> None:
    world, _ = voting_world()

    def other() -> bytes:
        return sign_checkpoint(Checkpoint(world.state.session_id, world.state.size, bytes(32)), LOG_KEY)

    with pytest.raises(FatalError, match="two different logs of 15 entries"):
        Follower(pretender(world, world.entries, other), verify=True).sync()


@pytest.mark.parametrize(
    "note", [lambda: b"nonsense", lambda: sign_checkpoint(Checkpoint(bytes(32), 15, bytes(32)), LOG_KEY)]
)
def test_a_checkpoint_that_is_none_stops_the_station(note: Callable[[], bytes]) -> None:
    world, _ = voting_world()
    with pytest.raises(FatalError, match="checkpoint is not valid"):
        Follower(pretender(world, world.entries, note), verify=True).sync()


def test_a_checkpoint_of_a_log_that_went_on_meanwhile_is_no_alarm() -> None:
    world, _ = voting_world()

    def later() -> bytes:
        return sign_checkpoint(Checkpoint(world.state.session_id, 99, bytes(32)), LOG_KEY)

    assert Follower(pretender(world, world.entries, later), verify=False).sync() == 15
