"""Real processes over real HTTP: a server, two scrutineers, a kiosk; from the first entry to the sealed record."""

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from ballots.card import typed_code
from ballots.crockford import fingerprint_text
from kiosk.__main__ import main
from kiosk.client import connect
from kiosk.comparison import Compared
from kiosk.follower import Follower
from kiosk.local_page.door import Door
from kiosk.official import Official, Officials
from kiosk.station_page.station import LINK_FILE
from tally.entries.contests import (
    AttendanceDeclared,
    ClassCards,
    ContestDefined,
    ContestOpened,
    ContestPaused,
    RulesAdopted,
)
from tally.entries.credentials import CredentialsIssued
from tally.entries.entry_type import EntryType
from tally.entries.outcome import ResultPublished
from tally.entries.reading import Body
from tally.entries.session import SessionSealed
from tally.record.read import RecordReader
from tally.replay import initial, replay_batch
from tally.simulate.cards import card_keys, make_cards
from tally.state import State
from tests.api.world import RULES, World
from tests.faults.server_process import ServerProcess
from tests.kiosk.booth import TIME
from tests.support.patience import PATIENCE, patiently
from tests.support.seeded_rng import SeededRng
from voting_core.codec import canonical
from voting_core.signing_key import SigningKey

CARDS = 9


@contextmanager
def station(log: Path, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "-m", "kiosk", *arguments], stdout=output, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def wait(pair: Officials, done: Callable[[State], bool]) -> State:
    for _ in patiently():
        if done(pair.sync()):
            return pair.state
        pair.approve(EntryType.TRUSTEE_JOINED, EntryType.KIOSK_REGISTERED)
    raise AssertionError(f"nothing more happens at entry {pair.state.size}")


def ask(directory: Path, type_: str, body: Body | None = None) -> None:
    value = {"type": type_} if body is None else {"type": type_, "body": body.to_json()}
    part = directory / "inbox" / f"{time.monotonic_ns()}.part"
    part.write_bytes(canonical(value))
    part.rename(part.with_suffix(".json"))


def said(log: Path, event: str) -> list[dict[str, Any]]:
    """What a station has said of one kind; its log may end in the middle of a line."""
    lines = log.read_text(encoding="utf-8").split("\n")[:-1]
    return [value for value in map(json.loads, lines) if value["event"] == event]


def test_a_session_with_real_processes(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "server", "--simulated")
    with ExitStack() as stack:
        stack.callback(server.close)
        server.start()
        rng = SeededRng("processes")
        client = connect(server.url)
        stack.callback(client.http.close)
        keys = sorted((SigningKey.generate(rng) for _ in range(2)), key=lambda key: key.public)
        follower = Follower(client, verify=False)
        pair = Officials(*(Official(key, client, follower, lambda: TIME) for key in keys))
        status = client.status()
        world = World(bytes.fromhex(status["log_key"]), bytes.fromhex(status["service_key"]), simulated=True)
        world.officials = keys
        pair.create(world.session_body(trustees=2, threshold=2))
        (tmp_path / "passphrase").write_text("korrekt pferd batterie\n", encoding="utf-8")
        scrutineers = []
        for index in ("1", "2"):
            arguments = ["scrutineer", "--headless", "--server", server.url, "--dir", str(tmp_path / index)]
            arguments += ["--name", f"监票{index}", "--index", index, "--poll", "0.1"]
            arguments += ["--passphrase-file", str(tmp_path / "passphrase")]
            arguments += ["--approve", "credentials.issued", "--approve", "attendance.declared"]
            arguments += ["--sign-without-comparing"] if index == "1" else []
            scrutineers.append(stack.enter_context(station(tmp_path / f"s{index}.log", *arguments)))
        state = wait(pair, lambda state: state.fingerprint is not None)
        assert state.fingerprint is not None
        pair.decree(RulesAdopted(RULES.id, RULES.to_json()))
        contest = world.contest()
        pair.decree(ContestDefined(contest.to_json()))
        cards = make_cards(CARDS, rng)
        run = sorted(key.public for key in card_keys(cards, state.session_id, 0))
        ask(tmp_path / "1", "credentials.issued", CredentialsIssued(slot=0, class_id="delegate", keys=b"".join(run)))
        lines = [
            {"card": typed_code(card, state.session_id).reveal(), "contest": "report", "marks": {"r0": "approve"}}
            for card in cards
        ]
        (tmp_path / "turns").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        arguments = ["kiosk", "--server", server.url, "--fingerprint", fingerprint_text(state.fingerprint)]
        arguments += ["--keys", str(tmp_path / "k" / "1.json"), "--ballots", str(tmp_path / "turns"), "--wait"]
        arguments += ["--receipts", str(tmp_path / "receipts"), "--poll", "0.1"]
        kiosk = stack.enter_context(station(tmp_path / "kiosk.log", *arguments))
        wait(pair, lambda state: bool(state.kiosks) and bool(state.lists))
        counts = (ClassCards("delegate", CARDS, 0),)
        attendance = AttendanceDeclared(contest="report", should_attend=10, present=CARDS, cards=counts)
        ask(tmp_path / "2", "attendance.declared", attendance)
        wait(pair, lambda state: state.contest("report").attendance is not None)
        pair.decree(ContestOpened("report"))
        wait(pair, lambda _: len(list((tmp_path / "receipts").glob("*.json"))) == CARDS)
        pair.decree(ContestPaused("report"))
        pair.close("report")
        wait(pair, lambda state: len(state.contest("report").verified) == 1)
        (shown,) = said(tmp_path / "s1.log", "compare")
        wait(pair, lambda _: bool(said(tmp_path / "s2.log", "compare")))
        ask(tmp_path / "2", "record.verified", Compared("report", shown["root_code"]))
        wait(pair, lambda state: len(state.contest("report").good_shares) == 2)
        pair.first.count("report")
        pair.declare("report")
        wait(pair, lambda state: len(state.contest("report").signers) == 2)
        pair.decree(ResultPublished("report", "all"))
        for index in ("1", "2"):
            ask(tmp_path / index, "key.destroyed")
        wait(pair, lambda state: len(state.destroyed_keys) == 2)
        pair.decree(SessionSealed())
        for process in (*scrutineers, kiosk):
            assert process.wait(PATIENCE) == 0
        record = b"".join(client.record())
    state = replay_batch(initial(), RecordReader(io.BytesIO(record)).entries())
    assert state.sealed
    assert state.contest("report").totals == ((CARDS, 0, 0),)
    assert (tmp_path / "kiosk.log").read_text(encoding="utf-8").splitlines()[-1] == '{"event": "sealed"}'
    assert not (tmp_path / "1" / "trustee.key.json").exists()
    assert "/v1/" not in server.log.read_text(encoding="utf-8")


def test_a_running_station_tells_its_next_link(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["plenum", "scrutineer", "--link", "--dir", str(tmp_path)])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    assert "no station with a page runs" in capsys.readouterr().err
    link = Door(8401, tmp_path / LINK_FILE).new_link()
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 0
    assert capsys.readouterr().out.strip() == link


def test_a_wrong_passphrase_file_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["scrutineer", "--headless", "--server", "http://127.0.0.1:9", "--dir", str(tmp_path)]
    arguments += ["--name", "某", "--index", "1"]
    monkeypatch.setattr(sys, "argv", ["plenum", *arguments, "--passphrase-file", str(tmp_path / "none")])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    assert "the passphrase cannot be read" in capsys.readouterr().err
