"""Reading and writing stations. Writes are jobs of the writer, reads functions for the reader."""

from dataclasses import dataclass
from typing import Any, Final

from api.errors import SaidError
from api.store.database import Connection
from api.store.writer import Work
from ballots.qr.enrolment import StationRole
from ballots.screen.words import Said

MAX_STATIONS: Final = 400
"""Stations of one session, revoked ones included: 200 kiosks and 15 scrutineers, and as many that were replaced."""

USED: Final = Said(
    "登记码不对，或者已经用过、过期、作废。请重新生成一个",
    "This code is wrong, was used, has expired or was revoked; ask for a new one",
)
"""One sentence for all of these: whoever tries codes learns nothing from the difference."""

TAKEN: Final = Said(
    "已有同名的工作站登记在用，先将其作废", "A station of this name is enrolled already; revoke that one first"
)
TOO_MANY: Final = Said(
    f"一场会议最多登记 {MAX_STATIONS} 台工作站", f"There can be at most {MAX_STATIONS} stations in a session"
)
MISSING: Final = Said("没有这台工作站", "There is no such station")
OTHER_KEY: Final = Said(
    "这台工作站登记后换过密钥，请作废后重新登记",
    "This station has another key than when it enrolled; revoke it and let it enrol again",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A station, as :class:`api.tables.stations.StationRow` describes its fields."""

    id: bytes
    role: StationRole
    name: str
    number: int
    code: bytes
    expires: int
    token: bytes = b""
    key: bytes = b""
    revoked: bool = False

    @property
    def is_enrolled(self) -> bool:
        """Whether it has used its code and was not revoked."""
        return bool(self.token) and not self.revoked

    def is_waiting(self, now: int) -> bool:
        """Whether its code is still good."""
        return not self.token and not self.revoked and now < self.expires


# Statements are put together from this constant alone, never from what anybody typed: hence the noqa of S608 below.
_COLUMNS: Final = "id, role, name, number, code, expires, token, key, revoked"


def read_stations(connection: Connection) -> tuple[Station, ...]:
    """All stations, by role, number and name."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM stations ORDER BY role, number, name, id").fetchall()  # noqa: S608
    return tuple(map(_station, rows))


def read_enrolled(connection: Connection, token: bytes) -> Station | None:
    """The station that shows a token with this hash, or None; a revoked one never is."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM stations WHERE token = ? AND token <> ? AND NOT revoked",  # noqa: S608
        (token, b""),
    ).fetchone()
    return None if row is None else _station(row)


def read_keys(connection: Connection) -> frozenset[bytes]:
    """The signing keys that enrolled stations have asked to enter with."""
    rows = connection.execute("SELECT key FROM stations WHERE NOT revoked AND key <> ?", (b"",)).fetchall()
    return frozenset(bytes(row[0]) for row in rows)


def add_station(station: Station, now: int) -> Work[None]:
    """Note a code that was made. One that waits for the same station is revoked; codes that ended unused are forgotten.

    Raises (through the future):
        SaidError: a station of this name is enrolled, or there are too many.
    """

    def work(connection: Connection) -> None:
        connection.execute("DELETE FROM stations WHERE token = ? AND expires <= ?", (b"", now))
        same = "role = ? AND name = ? AND number = ? AND NOT revoked"
        key = (int(station.role), station.name, station.number)
        if connection.execute(f"SELECT count(*) FROM stations WHERE {same} AND token <> ?", (*key, b"")).fetchone()[0]:  # noqa: S608
            raise SaidError(TAKEN, status=409)
        connection.execute(f"UPDATE stations SET revoked = ? WHERE {same}", (True, *key))  # noqa: S608
        if connection.execute("SELECT count(*) FROM stations").fetchone()[0] >= MAX_STATIONS:
            raise SaidError(TOO_MANY, status=409)
        values = (station.id, *key, station.code, station.expires, station.token, station.key, station.revoked)
        connection.execute(f"INSERT INTO stations ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608

    return work


def claim_station(code: bytes, token: bytes, now: int) -> Work[Station]:
    """Let the station with this code in, from now on with this token. The same station asking again is answered again.

    Raises (through the future):
        SaidError: there is no such code, or it is not good any more.
    """

    def work(connection: Connection) -> Station:
        row = connection.execute(f"SELECT {_COLUMNS} FROM stations WHERE code = ?", (code,)).fetchone()  # noqa: S608
        station = None if row is None else _station(row)
        if station is None or not (station.is_waiting(now) or (station.is_enrolled and station.token == token)):
            raise SaidError(USED, status=403)
        connection.execute("UPDATE stations SET token = ? WHERE id = ?", (token, station.id))
        return station

    return work


def bind_key(station: bytes, key: bytes) -> Work[None]:
    """Note the signing key with which a station asks to enter; it is the only one from then on.

    Raises (through the future):
        SaidError: it has asked with another one, or was revoked meanwhile.
    """

    def work(connection: Connection) -> None:
        changed = connection.execute(
            "UPDATE stations SET key = ? WHERE id = ? AND NOT revoked AND (key = ? OR key = ?)",
            (key, station, b"", key),
        )
        if changed.rowcount != 1:
            raise SaidError(OTHER_KEY, status=409)

    return work


def revoke_station(station: bytes) -> Work[None]:
    """Let a station ask for nothing more. What it has put into the log stays there.

    Raises (through the future):
        SaidError: there is no such station.
    """

    def work(connection: Connection) -> None:
        if connection.execute("UPDATE stations SET revoked = ? WHERE id = ?", (True, station)).rowcount != 1:
            raise SaidError(MISSING, status=404)

    return work


def _station(row: Any) -> Station:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    return Station(
        **{
            **values,
            "role": StationRole(values["role"]),
            "revoked": bool(values["revoked"]),
            **{name: bytes(values[name]) for name in ("id", "code", "token", "key")},
        }
    )
