"""Nothing secret is written anywhere: marks, seeds, card secrets, keys, tokens (only a challenged ballot is opened)."""

import json
import logging
import re
from pathlib import Path

import pytest

from ballots.card import typed_code
from ballots.qr.credential import encode_credential
from tally.entries.ballots import BallotCast
from tests.api.hall import running_hall
from tests.support.patience import PATIENCE
from voting_core.codec import b64encode
from voting_core.secret import Secret


def sentinels(secret: bytes) -> list[bytes]:
    """The ways in which 16 or more secret bytes could be written."""
    return [secret, secret.hex().encode(), secret.hex().upper().encode(), b64encode(secret).encode()]


def test_no_secret_is_in_the_database_the_logs_or_an_answer(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[bytes] = []
    with running_hall(tmp_path / "data") as hall:
        hall.client.event_hooks["response"] = [lambda answer: said.append(answer.read())]
        hall.vote()
        world, contest = hall.world, hall.contest
        seeds = [world.rng.bytes(32) for _ in range(10)]
        for card, seed in enumerate(seeds):
            ballot = world.sealed(card, contest, (card % 3,), Secret(seed))
            raw = world.signed_ballot(BallotCast(ballot), "ballot.cast", card, contest)
            hall.post(raw, "/v1/ballots")
            hall.client.post("/v1/ballots", content=world.forged(card, contest))
        opened = world.challenged(11, contest, (1,))
        hall.post(opened, "/v1/ballots")
        hall.client.put("/v1/roll", json={"people": []}, headers=hall.token)
        hall.client.get("/v1/attendance", headers={"Authorization": "Bearer wrong-token-of-a-stranger"})
        hall.client.get("/v1/record")
        hall.settle()
        secrets = [*seeds, *(card.reveal() for card in world.cards)]
        secrets += [world.credential(card, contest).seed().reveal() for card in range(12)]
        secrets += [hall.service.keys.log.seed().reveal(), hall.service.keys.service.seed().reveal()]
        secrets += [world.box.seed().reveal(), world.kiosk.seed().reveal()]
        codes = [typed_code(card, world.state.session_id).reveal().encode() for card in world.cards]
        codes += [encode_credential(card, world.state.session_id).reveal().encode() for card in world.cards]
        codes.append(hall.service.desk_token.reveal().encode())
        files = {
            path.name: path.read_bytes()
            for path in (tmp_path / "data").iterdir()
            if path not in (hall.settings.keys_file, hall.settings.desk_token_file)
        }
    files |= {path.name: path.read_bytes() for path in (tmp_path / "data").glob("session*")}
    files["logs"] = "\n".join(record.getMessage() for record in caplog.records).encode()
    files["answers"] = b"\n".join(said)
    assert len(files["answers"]) > 10_000
    assert {"session.sqlite3", "logs", "answers"} <= set(files)
    for name, content in files.items():
        for secret in secrets:
            for sentinel in sentinels(secret):
                assert sentinel not in content, name
        for code in codes:
            assert code not in content, name
    seed = json.loads(opened)["body"]["seed"].encode()
    assert any(seed in content for content in files.values())


def test_marks_of_cast_ballots_are_in_no_row(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        hall.vote()
        for card in range(8):
            hall.cast(card, (card % 3,))
        hall.settle()
        lines = hall.client.get(f"/v1/log/entries?start={hall.world.state.size}").content.splitlines()
    for line in lines:
        assert set(json.loads(line)["body"]) == {"ballot"}
        assert not re.search(rb"marks|seed|time|kiosk", line)


def test_ballots_leave_no_trace_in_the_database_after_their_batch(tmp_path: Path) -> None:
    """Waiting rows are overwritten and the write-ahead log is emptied: no order of casting is left."""
    with running_hall(tmp_path / "data") as hall:
        hall.vote()
        raws = [hall.cast(card) for card in range(8)]
        hall.settle()
        hall.service.writer.submit(lambda _: None).result(PATIENCE)
        assert hall.service.reader.pending() == ()
        wal = hall.settings.database.with_name("session.sqlite3-wal").read_bytes()
        database = hall.settings.database.read_bytes()
    for raw in raws:
        assert raw[:400] not in wal
        assert database.count(raw[:400]) == 1
