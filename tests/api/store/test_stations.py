"""Stations in the database."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import pytest

from api.errors import SaidError
from api.store import stations
from api.store.connection import Database
from api.store.reader import Reader
from api.store.stations import (
    MISSING,
    OTHER_KEY,
    TAKEN,
    TOO_MANY,
    USED,
    Station,
    add_station,
    bind_key,
    claim_station,
    read_enrolled,
    read_keys,
    read_stations,
    revoke_station,
)
from api.store.writer import Work, Writer
from ballots.qr.enrolment import StationRole
from ballots.screen.words import Said
from tests.support.patience import PATIENCE

T = TypeVar("T")
NOW = 1_000


class Store:
    def __init__(self, database: Database) -> None:
        self.writer = Writer(database.connect, database)
        self.reader = Reader(database)

    def write(self, work: Work[T]) -> T:
        return self.writer.submit(work).result(PATIENCE)

    def refused(self, work: Work[T]) -> Said:
        before = self.all()
        with pytest.raises(SaidError) as caught:
            self.write(work)
        assert self.all() == before
        return caught.value.said

    def all(self) -> tuple[Station, ...]:
        return self.reader.read(read_stations)


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    made = Store(database)
    yield made
    made.writer.close()


def station(seed: int = 1, **changes: object) -> Station:
    made = Station(
        id=bytes([seed]) * 16,
        role=StationRole.KIOSK,
        name="1号机",
        number=0,
        code=bytes([seed]) * 32,
        expires=NOW + 9,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_code_is_used_once_by_one_station(store: Store) -> None:
    one = station()
    store.write(add_station(one, NOW))
    assert store.all() == (one,)
    assert store.reader.read(lambda connection: read_enrolled(connection, b"")) is None
    assert store.write(claim_station(one.code, b"token", NOW)) == one
    assert store.reader.read(lambda connection: read_enrolled(connection, b"token")) == replace(one, token=b"token")
    # The answer was lost, the station asks again, even when the code has expired meanwhile.
    store.write(claim_station(one.code, b"token", NOW + 99))
    assert store.refused(claim_station(one.code, b"other", NOW)) == USED


def test_codes_that_are_wrong_late_or_revoked_look_alike(store: Store) -> None:
    store.write(add_station(station(), NOW))
    assert store.refused(claim_station(b"?" * 32, b"token", NOW)) == USED
    assert store.refused(claim_station(station().code, b"token", NOW + 9)) == USED
    store.write(revoke_station(station().id))
    assert store.refused(claim_station(station().code, b"token", NOW)) == USED


def test_a_new_code_for_a_station_that_waits_replaces_the_old_one(store: Store) -> None:
    store.write(add_station(station(1), NOW))
    store.write(add_station(station(2), NOW))
    assert store.refused(claim_station(station(1).code, b"token", NOW)) == USED
    store.write(claim_station(station(2).code, b"token", NOW))
    assert store.refused(add_station(station(3), NOW)) == TAKEN
    store.write(add_station(station(3, role=StationRole.SCRUTINEER, number=1), NOW))
    store.write(revoke_station(station(2).id))
    store.write(add_station(station(4), NOW))


def test_codes_that_ended_unused_are_forgotten(store: Store) -> None:
    store.write(add_station(station(1), NOW))
    store.write(add_station(station(2, name="2号机", expires=NOW + 99), NOW))
    store.write(claim_station(station(2).code, b"token", NOW))
    store.write(add_station(station(3, name="3号机", expires=NOW + 199), NOW + 100))
    assert [item.name for item in store.all()] == ["2号机", "3号机"]


def test_a_station_keeps_one_key(store: Store) -> None:
    store.write(add_station(station(), NOW))
    store.write(claim_station(station().code, b"token", NOW))
    assert store.reader.read(read_keys) == frozenset()
    store.write(bind_key(station().id, b"key"))
    store.write(bind_key(station().id, b"key"))
    assert store.refused(bind_key(station().id, b"other")) == OTHER_KEY
    assert store.reader.read(read_keys) == {b"key"}
    store.write(revoke_station(station().id))
    assert store.refused(bind_key(station().id, b"key")) == OTHER_KEY
    assert store.reader.read(read_keys) == frozenset()
    assert store.reader.read(lambda connection: read_enrolled(connection, b"token")) is None


def test_there_are_not_too_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stations, "MAX_STATIONS", 2)
    store.write(add_station(station(1), NOW))
    store.write(add_station(station(2, name="2号机"), NOW))
    assert store.refused(add_station(station(3, name="3号机"), NOW)) == TOO_MANY


def test_what_is_not_there_is_not_revoked(store: Store) -> None:
    assert store.refused(revoke_station(bytes(16))) == MISSING
