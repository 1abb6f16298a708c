"""kill -9 of a kiosk at any moment: no ballot is lost, doubled or changed, and the card is told which it was.

A real server, a real kiosk with its page, and a cable between them. A delegate votes; the kiosk is killed at a moment
that a seed draws; it is started again on the same files, and the same card is shown to it. What it then says must be
true of the log at the end: a card that "has voted" has the one ballot whose code was shown, with its mark; a card that
may vote does so, with another mark, and only that ballot is there.

`make faults` kills 200 kiosks (`KILLS`, `SEED`), the tests ten.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import httpx2
import pytest

from ballots.contest import Contest
from ballots.crockford import fingerprint_text
from ballots.receipt import parse_receipt
from kiosk.kiosk_keys import load_or_create_kiosk_keys
from tally.entries.contests import ContestPaused
from tests.api.world import CARDS, World, voting
from tests.faults.ballot_wire import BallotWire
from tests.faults.conftest import Survived
from tests.faults.kiosk_process import KioskProcess
from tests.faults.kiosk_turns import MOMENTS, Booth, Delegate
from tests.faults.log_reading import CastBallot, cast_ballots
from tests.faults.samples import KIOSK, SEED
from tests.faults.server_process import ServerNursery, ServerProcess
from tests.support.patience import patiently
from tests.support.seeded_rng import SeededRng

KILLS: Final = KIOSK.size
UNDISTURBED: Final = 2
"""Turns to see how long one takes: the first of a new server and kiosk takes longer than all others."""

A_SESSION: Final = CARDS - UNDISTURBED
"""Kills in one session: each takes a card."""


@pytest.fixture
def server(tmp_path: Path, server_nursery: ServerNursery) -> Iterator[ServerProcess]:
    server = ServerProcess(tmp_path / "data", nursery=server_nursery)
    server.start()
    yield server
    server.close()


@pytest.mark.parametrize("first", range(0, KILLS, A_SESSION))
def test_a_kiosk_that_is_killed_loses_doubles_and_changes_no_ballot(
    server: ServerProcess, tmp_path: Path, first: int, survived: Survived
) -> None:
    with httpx2.Client(base_url=server.url, trust_env=False) as client:
        status = client.get("/v1/status").json()
        world = World(bytes.fromhex(status["log_key"]), bytes.fromhex(status["service_key"]))
        files = tmp_path / "kiosk"
        keys = load_or_create_kiosk_keys(files / "kiosk.json", SeededRng("keys"))
        world.kiosk, world.box = keys.own, keys.box
        contest = world.contest()
        voting(world, lambda raw: client.post("/v1/entries", content=raw).raise_for_status(), contest)
        assert world.state.fingerprint is not None
        wire = BallotWire(server.port)
        kiosk = KioskProcess(files, "--server", wire.url, "--fingerprint", fingerprint_text(world.state.fingerprint))
        with closing(Booth(world, kiosk, wire, f"{SEED} {first}")) as booth:
            delegates = [booth.delegate(card) for card in range(min(KILLS - first, A_SESSION) + UNDISTURBED)]
            for delegate in delegates[:UNDISTURBED]:
                booth.vote(delegate)
            seen: Counter[str] = Counter()
            for number, delegate in enumerate(delegates[UNDISTURBED:], first):
                moment = MOMENTS[number % len(MOMENTS)]
                booth.disturb(delegate, moment)
                shown, reached = delegate.receipt, delegate.reached
                was_cast = booth.recover(delegate, moment)
                assert was_cast or not shown, "a receipt was shown, and the card may vote again"
                seen[f"{moment}; {reached} was seen; {'cast' if was_cast else 'not cast'}"] += 1
            print(*(f"{count:4} {what}" for what, count in sorted(seen.items())), sep="\n")
            wait_until_delivered(kiosk)
            ballots = close(world, contest, client)
            compare(world, contest, delegates, ballots)
            receipts = [parse_receipt(file.read_bytes()) for file in kiosk.receipts.glob("*.json")]
            assert all(receipt.promise is not None for receipt in receipts)
            assert {receipt.code for receipt in receipts} == {ballot.code for ballot in ballots}
            assert reported_by(world, client) == len(ballots)
            survived(KIOSK, len(delegates) - UNDISTURBED)


def wait_until_delivered(kiosk: KioskProcess) -> None:
    """Until nothing waits in the kiosk's queue."""
    for _ in patiently():
        with closing(sqlite3.connect(kiosk.keys.with_suffix(".outbox.sqlite3"))) as outbox:
            if outbox.execute("SELECT count(*) FROM ballots WHERE delivery = 'waiting'").fetchone() == (0,):
                return
    raise AssertionError("a ballot is not delivered")


def follow(world: World, client: httpx2.Client) -> list[bytes]:
    """What the log has that the world does not know."""
    raws = client.get(f"/v1/log/entries?start={world.state.size}").content.splitlines()
    return [world.add(raw) for raw in raws]


def close(world: World, contest: Contest, client: httpx2.Client) -> list[CastBallot]:
    """Close the contest; gives its ballots. The world replays them, and so would notice one that counts twice."""
    raws = follow(world, client)
    pause = world.entry(ContestPaused(contest.id), "contest.paused", *world.officials)
    client.post("/v1/entries", content=pause).raise_for_status()
    # The pause brings in what is too little for a batch.
    raws += follow(world, client)
    closing = world.close(contest)
    # The kiosk says within its next rounds that nothing waits there.
    for _ in patiently():
        answer = client.post("/v1/entries", content=closing)
        if answer.status_code == httpx2.codes.OK:
            break
        assert answer.json()["code"] == "queues", answer.text
    return cast_ballots(world, contest, raws)


def compare(world: World, contest: Contest, delegates: list[Delegate], ballots: list[CastBallot]) -> None:
    """Every card has one ballot: the one that was sealed last before the card was told that it has voted."""
    expected = [CastBallot(world.credential(one.card, contest).public, *one.sealed[-1]) for one in delegates]
    assert sorted(ballots) == sorted(expected)


def reported_by(world: World, client: httpx2.Client) -> int:
    """How many ballots the kiosk itself says that it cast."""
    for _ in patiently():
        follow(world, client)
        reports = world.state.contest("report").reports
        if reports:
            return next(iter(reports.values())).cast
    raise AssertionError("the kiosk reports nothing")
