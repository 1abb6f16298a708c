"""A server that comes back from an older backup: scrutineers' stations expose it, and sign nothing of its second log.

A real server, a backup that is made while it runs, and the stations' own code: two scrutineers who have cosigned more
than the backup has, and a kiosk whose ballots were promised after it.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest

from api.keeping.backup import make_backup
from api.keeping.restore import restore_backup
from api.settings import Settings
from kiosk.follower import Follower
from kiosk.official import Official, Officials
from tests.api.world import World
from tests.faults.server_process import ServerNursery, ServerProcess
from tests.kiosk.booth import client_of
from tests.kiosk.conftest import quick_key_files  # noqa: F401 - a fixture
from tests.kiosk.hall import TIME, KioskHall, Watch
from tests.support.patience import PATIENCE
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError
from voting_core.log.checkpoint import parse_signed_checkpoint
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

PASSPHRASE = Secret("korrekt pferd batterie 监票人")
BATCH = 8
"""Ballots that enter the log together."""

CARDS = 20


@contextmanager
def hall_at(server: ServerProcess, directory: Path) -> Iterator[KioskHall]:
    """Officials, scrutineers and kiosks of a server that is a process."""
    with httpx2.Client(base_url=server.url, trust_env=False, timeout=PATIENCE) as http:
        status = http.get("/v1/status").json()
        world = World(bytes.fromhex(status["log_key"]), bytes.fromhex(status["service_key"]), simulated=True)
        rng = SeededRng("restored")
        follower = Follower(client_of(http), verify=False)
        pair = [Official(SigningKey.generate(rng), client_of(http), follower, lambda: TIME) for _ in range(2)]
        there: Any = SimpleNamespace(client=http, world=world)
        yield KioskHall(there, directory, Officials(*pair), rng)


def cast(hall: KioskHall, *cards: int) -> None:
    """Delegates vote, a batch of them."""
    booth = hall.booths[0]
    booth.round(*(hall.line(card) for card in cards))
    while not booth.turns.finished:
        booth.round()


def cosigned(hall: KioskHall) -> int:
    """How many scrutineers have cosigned the latest checkpoint."""
    return len(parse_signed_checkpoint(hall.client().checkpoint()).cosignatures)


def problems(watch: Watch) -> list[str]:
    """What a station says that it waits for."""
    return [str(event["problem"]) for event in watch.events.of("waiting")]


@pytest.mark.usefixtures("quick_key_files")
def test_stations_expose_a_server_that_went_back(tmp_path: Path, server_nursery: ServerNursery) -> None:
    server = ServerProcess(tmp_path / "data", "--simulated", nursery=server_nursery)
    with closing(server):
        server.start()
        with hall_at(server, tmp_path) as hall:
            hall.create(trustees=2, threshold=2)
            for index in (1, 2):
                hall.add_scrutineer(index)
            hall.make_key()
            hall.open_kiosks(1)
            hall.open_contest(hall.server.world.contest(), cards=CARDS)
            hall.booths[0].round()
            make_backup(Settings(directory=server.data), tmp_path / "backup", PASSPHRASE, SeededRng(1))
            cast(hall, *range(BATCH))
            size = settled(hall)
            hall.watch(1)
            hall.booths[0].round()
            assert cosigned(hall) == 2
            # The disk dies, and somebody takes the older backup.
            server.kill()
            server.data.rename(tmp_path / "dead")
            restore_backup(tmp_path / "backup", Settings(directory=server.data), PASSPHRASE)
            server.start()
            restored = hall.server.client.get("/v1/status").json()["size"]
            assert restored == size - BATCH
            # A log that is only shorter is told, and not signed.
            for watch in hall.scrutineers:
                watch.station.one_round()
                assert any("a smaller one is not" in problem for problem in problems(watch)), watch.events.said
            # It grows again, with other ballots: now there are two logs, and both are signed by the server.
            cast(hall, *range(BATCH, 2 * BATCH))
            assert settled(hall) == size
            for watch in hall.scrutineers:
                with pytest.raises(FatalError, match="is not of the log that was replayed"):
                    watch.station.one_round()
            # Some of these have voted before, and the server knows nothing of it.
            cast(hall, *range(2 * BATCH, CARDS), *range(3 * BATCH - CARDS))
            settled(hall)
            with pytest.raises(FatalError, match="call the scrutineers"):
                hall.booths[0].round()
            for watch in hall.scrutineers:
                with pytest.raises(FatalError):
                    watch.station.one_round()
            # Nobody has cosigned anything of the second log.
            assert cosigned(hall) == 0


def settled(hall: KioskHall) -> int:
    """The size of the log when the server has done what follows its last answer."""
    hall.server.client.post("/v1/entries", content=b"?")
    return int(hall.server.client.get("/v1/status").json()["size"])
