"""A kiosk, and officials, whose every other request is delayed, lost, cut or doubled: each ballot is cast once."""

import json
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import httpx2
import pytest

from ballots.card import typed_code
from ballots.crockford import fingerprint_text
from kiosk.client import ServerClient, Unreachable
from kiosk.kiosk_keys import KioskKeys
from kiosk.rounds import one_round
from kiosk.turns import Turn
from tally.entries.contests import ContestPaused
from tally.replay.expected import close_body
from tally.state import Status
from tests.api.world import CARDS, World, voting
from tests.faults.bad_network import BadNetwork
from tests.faults.conftest import Survived
from tests.faults.election import client_at
from tests.faults.samples import NETWORK, SEED
from tests.faults.server_process import ServerNursery, ServerProcess
from tests.kiosk.booth import Booth, client_of, make_booth
from tests.support.patience import PATIENCE, patiently

A_SESSION = 60
"""Troubles of one session, about: each of its cards is asked after, and its ballot sent until it is promised."""


@pytest.mark.parametrize("first", range(0, NETWORK.size, A_SESSION))
def test_what_a_network_loses_or_doubles_is_cast_once(
    tmp_path: Path, server_nursery: ServerNursery, first: int, survived: Survived
) -> None:
    with closing(ServerProcess(tmp_path / "data", nursery=server_nursery)) as server:
        server.start()
        with client_at(server.url) as direct:
            status = direct.get("/v1/status").json()
            world = World(bytes.fromhex(status["log_key"]), bytes.fromhex(status["service_key"]))
            contest = world.contest()
            voting(world, lambda raw: direct.post("/v1/entries", content=raw).raise_for_status(), contest)
        with (
            closing(BadNetwork(server.port, f"{SEED} network {first}")) as network,
            httpx2.Client(base_url=network.url, trust_env=False, timeout=PATIENCE) as http,
        ):
            assert world.state.fingerprint is not None
            fingerprint = fingerprint_text(world.state.fingerprint)
            booth = make_booth(http, tmp_path / "kiosk", "1", fingerprint, KioskKeys(world.kiosk, world.box))
            until(booth, lambda: booth.station.ready)
            booth.turns.put_back([Turn(turn(world, card), f"card {card}") for card in range(CARDS)])
            until(booth, lambda: booth.turns.finished and not booth.station.outbox.waiting())
            officials = client_of(http)
            follow(world, officials)
            send(officials, world.entry(ContestPaused("report"), "contest.paused", *world.officials))
            follow(world, officials)
            assert world.state.contest("report").status is Status.PAUSED
            until(booth, lambda: "report" in booth.station.told)
            send(officials, world.entry(close_body(world.state, "report"), "contest.closed", *world.officials))
            until(booth, lambda: booth.station.state.contest("report").reports)
            follow(world, officials)
            while network.troubles < A_SESSION:
                with suppress(Unreachable):
                    booth.station.client.status()
            print(f"{network.troubles} requests had a trouble:", dict(network.fates))
            own = booth.station.state.contest("report")
            assert own.cast == CARDS == world.state.contest("report").cast
            assert booth.events.of("lost") == []
            (report,) = own.reports.values()
            assert report.cast == CARDS
            survived(NETWORK, network.troubles)


def until(booth: Booth, condition: Callable[[], object]) -> None:
    """Let the kiosk do its rounds until something is so."""
    for _ in patiently(0):
        one_round(booth.station, booth.turns, booth.machine, wait=False)
        if condition():
            return
    raise AssertionError(booth.events.said)


def turn(world: World, card: int) -> str:
    """A delegate's turn."""
    code = typed_code(world.cards[card], world.state.session_id).reveal()
    return json.dumps({"card": code, "contest": "report", "marks": {"r0": "approve"}})


def send(officials: ServerClient, raw: bytes) -> None:
    """Send an entry until it is answered; one that arrived before is answered as if it came for the first time."""
    for _ in patiently(0):
        with suppress(Unreachable):
            officials.submit_entry(raw)
            return
    raise AssertionError("no answer")


def follow(world: World, officials: ServerClient) -> None:
    """Replay what the log has more than the world."""
    for _ in patiently(0):
        with suppress(Unreachable):
            while page := officials.entries(world.state.size):
                for raw in page:
                    world.add(raw)
            return
