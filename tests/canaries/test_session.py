"""Secrets of a whole session, searched for in everything that its programs have written or said (SPEC §1.4).

Each kind of secret may be where :data:`ALLOWED` says, and nowhere else: databases with their write-ahead logs, files of
all stations, tables row by row, requests and answers, receipts, events, logs, and messages of provoked failures.
"""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ballots.sealed_ballot import ballot_id, parse_ballot
from tests.canaries.search import found, secret_bytes, secret_marks, secret_text
from tests.canaries.session import CAST, Evidence, run_session

RAW = r"file server/session\.sqlite3(-wal|-shm)?"
OPENED = (
    (r".*: ballot\.challenged", "a challenged ballot is opened for everybody"),
    (RAW, "the log is in the database"),
    (r"file kiosks/.*\.sqlite3(-wal)?", "a kiosk keeps what it sends until it has reported"),
)
ALLOWED: dict[str, tuple[tuple[str, str], ...]] = {
    "card": (),
    "seed cast": (),
    "marks cast": (),
    "passphrase": (),
    "trustee key": (),
    "official key": (),
    "time": (),
    "seed opened": OPENED,
    "marks opened": OPENED,
    "server key": ((r"file server/service_keys\.json", "the server's own key file, mode 0600"),),
    "desk token": ((r"file server/desk\.token", "the token's own file, mode 0600"),),
    "kiosk key": ((r"file kiosks/[^/]*\.json", "the kiosk's own key file, mode 0600"),),
    "box key": ((r"file kiosks/ballot-box\.json", "the shared key's own file, mode 0600"),),
    "delegate name": (
        (r"request PUT /v1/roll: other", "the desk sends the roll"),
        (r"table people", "the roll"),
        (RAW, "the roll is in the database"),
    ),
    "delegate number": (
        (r"request PUT /v1/roll: other", "the desk sends the roll"),
        (r"request POST /v1/checkins: other", "the desk checks people in"),
        (r"table (people|checkins)", "the roll and the check-ins"),
        (RAW, "the roll is in the database"),
    ),
    "kiosk name": (
        (r".*: kiosk\.registered", "registration of a kiosk is public"),
        (r"file server/board/[^/]+/[a-z]+/log/.*\.html", "the public log says which kiosks were registered"),
        (r"(request POST|answer 200) /v1/proposals.*", "two officials sign the registration"),
        (r"table proposals.*", "two officials sign the registration"),
        (r"kiosk says registering", "the kiosk asks for registration"),
        (RAW, "the log is in the database"),
    ),
}
"""Where a canary may be, with the reason."""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where everybody writes."""
    return tmp_path_factory.mktemp("canaries")


@pytest.fixture(scope="module")
def evidence(directory: Path) -> Evidence:
    """What a session has left."""
    with pytest.MonkeyPatch.context() as patch:
        return run_session(directory, patch)


Places = dict[str, list[tuple[str, str]]]
"""Names of canaries with the places where they are, by kind."""


def places_of(evidence: Evidence) -> Places:
    """Where every canary is."""
    where: Places = {canary.kind: [] for canary in evidence.canaries}
    for canary, place in found(evidence.canaries, evidence.written):
        where[canary.kind].append((canary.name, place))
    return where


@pytest.fixture(scope="module")
def places(evidence: Evidence) -> Places:
    """Where every canary of the session is: one search for all tests."""
    return places_of(evidence)


def escaped(places: Places, kind: str) -> list[str]:
    """Where canaries of a kind are and must not be."""
    return [
        f"{name} in {place}"
        for name, place in places[kind]
        if not any(re.fullmatch(pattern, place) for pattern, _ in ALLOWED[kind])
    ]


@pytest.mark.parametrize("kind", ALLOWED)
def test_a_secret_is_only_where_it_may_be(places: Places, kind: str) -> None:
    assert escaped(places, kind) == []


def test_every_kind_of_canary_has_its_places(evidence: Evidence) -> None:
    assert {canary.kind for canary in evidence.canaries} == ALLOWED.keys()


def test_every_place_that_is_allowed_is_needed(places: Places) -> None:
    """A pattern for a place where nothing is would be a hole through which nobody looks."""
    for kind, allowed in ALLOWED.items():
        seen = {place for _, place in places[kind]}
        for pattern, reason in allowed:
            assert any(re.fullmatch(pattern, place) for place in seen), (kind, reason)


def test_a_planted_canary_is_noticed(evidence: Evidence) -> None:
    """In each of its spellings, in each kind of place, in the middle of other bytes."""
    noise = bytes(range(256)) * 4
    spots = ("log of plenum.api", "answer 200 /v1/status: other", "table commits", "kiosk says refused", "refusals")
    for kind in ALLOWED:
        canary = next(canary for canary in evidence.canaries if canary.kind == kind)
        for number, spelling in enumerate(canary.spellings):
            place = spots[number % len(spots)]
            planted = Evidence({place: noise + spelling + noise}, [canary])
            assert escaped(places_of(planted), kind) == [f"{canary.name} in {place}"]


def test_the_search_knows_the_usual_spellings() -> None:
    secret = bytes(range(65, 97))
    canary = secret_bytes("card", "a", secret)
    for text in (secret.hex(), "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpbXF1eX2A", str(int.from_bytes(secret, "big"))):
        assert list(found([canary], {"x": f'{{"a": "{text}"}}'.encode()}))
    code = secret_text("card", "b", "ABCD-EFGH")
    assert list(found([code], {"x": b"typed abcd-efgh"}))
    assert list(found([code], {"x": b"typed ABCDEFGH"}))
    name = secret_text("delegate name", "c", "慕容")
    assert list(found([name], {"x": json.dumps("慕容").encode()}))
    marks = secret_marks("marks cast", "d", (0, 2, 1), {"r0": "approve", "r1": "abstain", "r2": "disapprove"})
    for text in ("[0, 2, 1]", "(0, 2, 1)", '{"r0":"approve","r1":"abstain","r2":"disapprove"}'):
        assert list(found([marks], {"x": text.encode()}))


def test_everything_was_looked_at(evidence: Evidence) -> None:
    places = "\n".join(evidence.written)
    for part in (
        "file server/session.sqlite3-wal",
        "file scrutineer-1/trustee.key.json",
        "file scrutineer-1/memory.json",
        "file scrutineer-1/log.jsonl: ballot.cast",
        "-receipts/",
        "table pending_ballots: ballot.cast",
        "table entries: ballot.cast",
        "table checkins",
        "request POST /v1/ballots: ballot.cast",
        "answer 200 /v1/record log/00000000.jsonl: ballot.cast",
        "answer 507 /v1/ballots",
        "answer 422 /v1/ballots",
        "answer 401 /v1/attendance",
        "answer 200 /metrics: other",
        "kiosk says refused",
        "kiosk says receipt",
        "log of plenum",
        "refusals",
    ):
        assert part in places, part


def test_a_ballot_tells_neither_time_nor_kiosk_nor_what_was_before_it(evidence: Evidence) -> None:
    entries: list[dict[str, Any]] = []
    for place in ("table entries: ballot.cast", "table pending_ballots: ballot.cast"):
        entries += map(json.loads, set(re.findall(rb'\{"author".*?"type":"ballot\.cast"\}', evidence.written[place])))
    assert len(entries) >= CAST
    for entry in entries:
        assert set(entry) == {"author", "body", "session", "signatures", "type"}
        assert set(entry["body"]) == {"ballot"}
    # Besides its card, which signs once, every ballot is signed by the one key that all kiosks share.
    shared = set.intersection(*({item["key"] for item in entry["signatures"]} for entry in entries))
    assert len(shared) == 1


@pytest.mark.parametrize(
    ("pattern", "table", "columns"),
    [
        ("server/session.sqlite3", "pending_ballots", ["ballot_id", "contest", "raw"]),
        ("server/session.sqlite3", "people", ["id", "name", "delegation", "should_attend", "on_leave", "category"]),
        (
            "server/session.sqlite3",
            "checkins",
            ["delegate", "present", "departed", "on_leave", "late", "card_drawn", "cards_back"],
        ),
        ("kiosks/*.sqlite3", "ballots", ["id", "contest", "kind", "delivery", "raw"]),
    ],
)
@pytest.mark.usefixtures("evidence")
def test_tables_of_ballots_and_of_people_have_no_order(
    directory: Path, pattern: str, table: str, columns: list[str]
) -> None:
    """No rowid, which would number what comes; no column for a time, a kiosk or a sequence; nothing that counts."""
    paths = list(directory.glob(pattern))
    assert paths
    for path in paths:
        connection = sqlite3.connect(path)
        try:
            # A column that a later version added stands behind the others.
            assert sorted(row[1] for row in connection.execute(f"PRAGMA table_info({table})")) == sorted(columns)
            (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
            assert re.search(r"WITHOUT\s+ROWID", sql, re.IGNORECASE)
            assert not list(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"))
        finally:
            connection.close()


@pytest.mark.usefixtures("evidence")
def test_what_waits_and_what_is_in_the_log_stands_by_id(directory: Path) -> None:
    """The ballots came in another order; a run of ballots in the log is one batch, sorted by id."""
    lines = [json.loads(line) for line in (directory / "scrutineer-1" / "log.jsonl").read_bytes().splitlines()]
    runs: list[list[str]] = [[]]
    for line in lines:
        if line["type"].startswith("ballot."):
            runs[-1].append(ballot_id(parse_ballot(line["body"]["ballot"])).hex())
        elif runs[-1]:
            runs.append([])
    batches = [run for run in runs if run]
    assert sum(map(len, batches)) == CAST + 2
    # Batches that follow each other at once are one run; the first has eight ballots.
    first, *_ = batches
    assert first[:8] == sorted(first[:8])
    assert first[8:] == sorted(first[8:])


@pytest.mark.usefixtures("evidence")
def test_receipts_carry_one_time(directory: Path) -> None:
    receipts = list(directory.glob("kiosks/*-receipts/*.json"))
    assert len(receipts) >= CAST
    assert {path.stat().st_mtime for path in receipts} == {0.0}


def test_figures_tell_ballots_in_eights_and_no_contest(evidence: Evidence) -> None:
    told = evidence.written["answer 200 /metrics: other"].decode()
    counts = {int(count) for count in re.findall(r'request_seconds_count\{answer="2xx",kind="ballots"\} (\d+)', told)}
    assert counts == {8}
    assert "report" not in told
