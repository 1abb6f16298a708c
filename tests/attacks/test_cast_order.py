"""Who came when, and which ballot came when (SPEC §8.3, §8.7).

Whoever watches the door knows the order of the delegates. A store that keeps ballots in the order of casting, or with a
time or a kiosk beside them, turns that into a list of names beside ballots. Here the log and the database are the same
whatever the order was.
"""

import json
import shutil
import sqlite3
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ballots.sealed_ballot import ballot_id, parse_ballot
from tally.entries.envelope import decode_entry
from tests.api.hall import Hall, running_hall
from tests.attacks.support.sessions import at
from voting_core.codec import canonical
from voting_core.errors import VerificationError

BATCH = 8
ORDERS = [tuple(range(BATCH)), tuple(reversed(range(BATCH))), (3, 1, 4, 0, 5, 2, 6, 7)]


@dataclass
class WeakStore:
    """A table of ballots as one would make it: the next row for the next ballot, and when it came."""

    rows: list[tuple[int, str]] = field(default_factory=list)

    def take(self, time: int, ballot: str) -> None:
        self.rows.append((time, ballot))


def test_a_store_in_the_order_of_casting_is_a_list_of_names() -> None:
    """Neither needs the other's help: the door is seen by everybody, the table is published."""
    door = ["赵", "钱", "孙", "李"]
    store = WeakStore()
    for minute, name in enumerate(door):
        store.take(600 + 2 * minute, f"ballot of {name}")
    guessed = dict(zip(door, (ballot for _, ballot in store.rows), strict=True))
    assert guessed == {name: f"ballot of {name}" for name in door}
    # Sorting alone does not help while there is a time beside each ballot.
    by_time = [ballot for _, ballot in sorted(sorted(store.rows, key=lambda row: row[1]))]
    assert by_time == list(guessed.values())


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Hall, list[bytes]]:
    """The data of a stopped server with an open contest, and a batch of ballots for it."""
    directory = tmp_path_factory.mktemp("opened") / "data"
    with running_hall(directory) as hall:
        hall.vote()
        raws = [hall.world.cast(card, hall.contest, (card % 3,)) for card in range(BATCH)]
        return directory, hall, raws


@pytest.fixture(autouse=True)
def same_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each start of a server counts its commits by a random step, whatever comes to it."""
    monkeypatch.setattr("api.store.writer.STEPS", (2,))


def dump(database: Path) -> list[str]:
    """Everything that the database says, in the order in which it says it."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


def after(
    opened: tuple[Path, Hall, list[bytes]], order: Sequence[int], directory: Path
) -> tuple[list[str], list[str], bytes, bytes]:
    """Send the ballots in an order; gives the database before and after the batch is full, the log, the checkpoint."""
    source, before, raws = opened
    shutil.copytree(source, directory)
    with running_hall(directory, world=copy(before.world)) as hall:
        database = hall.settings.database
        *first, last = order
        for number in first:
            hall.post(raws[number], "/v1/ballots")
        hall.settle()
        waiting = dump(database)
        hall.post(raws[last], "/v1/ballots")
        hall.settle()
        log, note = hall.client.get("/v1/log/entries").content, hall.client.get("/v1/log/checkpoint").content
        return waiting, dump(database), log, note


def test_the_log_is_the_same_in_whatever_order_ballots_came(
    opened: tuple[Path, Hall, list[bytes]], tmp_path: Path
) -> None:
    seen = [after(opened, order, tmp_path / str(number)) for number, order in enumerate(ORDERS)]
    raws = opened[2]
    for _, database, log, note in seen:
        assert (database, log, note) == seen[0][1:]
        lines = log.splitlines()[-BATCH:]
        assert sorted(lines) == sorted(raws)
        ids = [ballot_id(parse_ballot(json.loads(line)["body"]["ballot"])) for line in lines]
        assert ids == sorted(ids)


def test_before_a_batch_is_full_neither_log_nor_database_tell_the_order(
    opened: tuple[Path, Hall, list[bytes]], tmp_path: Path
) -> None:
    """The same seven in two orders: waiting, they lie in the table by their random ids."""
    seven = [(0, 1, 2, 3, 4, 5, 6, 7), (6, 5, 4, 3, 2, 1, 0, 7)]
    one, two = (after(opened, order, tmp_path / str(number)) for number, order in enumerate(seven))
    assert one[0] == two[0]
    raws = [raw.hex() for raw in opened[2]]
    shown = "\n".join(one[0]).lower()
    assert sum(raw in shown for raw in raws) == BATCH - 1
    assert not [line for line in one[0] if line.startswith('INSERT INTO "entries"') and "ballot.cast" in line]


@pytest.mark.parametrize(
    "more",
    [{"time": 1_790_000_000}, {"seen": {"root": "00" * 32, "size": 3}}, {"kiosk": "K01"}, {"sequence": 1}],
    ids=lambda more: next(iter(more)),
)
def test_a_ballot_says_neither_when_nor_where(more: dict[str, Any]) -> None:
    session = at("open")
    for raw in (session.cast((0,), 0), session.challenge((0,), 0)):
        value = json.loads(raw)
        with pytest.raises(VerificationError, match=r"V2\.B"):
            decode_entry(canonical({**value, **more}))
        for place in ("body", "ballot"):
            changed = json.loads(raw)
            (changed["body"] if place == "body" else changed["body"]["ballot"]).update(more)
            with pytest.raises(VerificationError, match=r"V2\.B"):
                decode_entry(canonical(changed))


def test_ballots_of_two_kiosks_have_the_same_signer() -> None:
    """All kiosks share the key of the ballot box: the log does not say at which one a ballot was made."""
    session = at("voted")
    kiosks = {kiosk.public.hex() for kiosk in session.kiosks}
    for raw in session.entries:
        value = json.loads(raw)
        if value["type"].startswith("ballot."):
            keys = {signature["key"] for signature in value["signatures"]}
            assert session.box.public.hex() in keys
            assert not keys & kiosks
