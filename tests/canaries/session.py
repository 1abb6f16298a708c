"""A whole session with real key files and recorded traffic, from an empty directory to the sealed record.

Two scrutineers, two kiosks, a desk with a roll, one contest of twelve rows. Ten delegates cast, the first of them tests
a kiosk before, one card is left over, several things are done wrongly. What everybody wrote and said is kept.
"""

import hashlib
import io
import json
import logging
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx2
import pytest

from ballots.card import CardSecret, typed_code
from ballots.contest import Kind, Row, RulesRef, Title, make_contest
from ballots.qr.credential import encode_credential
from kiosk import scrutineer_files, voting
from kiosk.scrutineer_files import ScrutineerFiles
from tally.entries.contests import RulesAdopted, rules_hash
from tally.entries.entry_type import EntryType
from tally.entries.outcome import ResultPublished
from tally.entries.session import SessionSealed
from tally.plan.scales import SCALES
from tally.rules.loader import load_rule_set
from tests.canaries.search import Canary, archive, by_type, secret_bytes, secret_marks, secret_text, tables
from tests.faults.faulty_connection import sqlite_error
from tests.kiosk.hall import PASSPHRASE, KioskHall, kiosk_hall
from voting_core.errors import InputError
from voting_core.rng import Rng
from voting_core.secret import Secret

ROWS, CARDS, CAST = 12, 11, 10
KIOSKS = ("亭子-Huangshan-7731", "亭子-Taishan-9902")
WORDS = SCALES["trust4"]
PEOPLE = tuple((f"D{7700 + 13 * number}-Q", f"慕容{'甲乙丙丁戊己庚辛壬癸子丑'[number]}观澜") for number in range(CARDS))
CLOCK = 1_987_654_000
"""What the machines' clocks say while people vote; no entry of anybody carries it."""


@dataclass
class Evidence:
    """Everything that was written or said, by place; all canaries; what was seen in the tables."""

    written: dict[str, bytes] = field(default_factory=dict)
    canaries: list[Canary] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def add(self, parts: dict[str, bytes]) -> None:
        """Keep what is new; a place keeps all that it ever held."""
        for place, data in parts.items():
            known = self.written.get(place, b"")
            if data not in known:
                self.written[place] = known + b"\n\n" + data

    def look(self, hall: KioskHall) -> None:
        """Keep every file as it is now, and every table of every database."""
        for path in sorted(hall.directory.rglob("*")):
            if path.is_file():
                place = f"file {path.relative_to(hall.directory)}"
                data = path.read_bytes()
                self.add(by_type(place, data) if path.suffix == ".jsonl" else {place: data})
        self.add(tables(hall.server.settings.database))


class _Log(logging.Handler):
    """Keeps every line that any part of the program logs."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(logging.DEBUG)
        self._evidence = evidence

    def emit(self, record: logging.LogRecord) -> None:
        text = logging.Formatter().format(record)
        self._evidence.add({f"log of {record.name}": f"{record.levelname} {text}".encode()})


@contextmanager
def recorded_output(evidence: Evidence) -> Iterator[None]:
    """Keep logs of all levels, standard output and standard error."""
    root, handler = logging.getLogger(), _Log(evidence)
    level, shown = root.level, io.StringIO()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with redirect_stdout(shown), redirect_stderr(shown):
            yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        evidence.add({"standard output and error": shown.getvalue().encode()})


def run_session(directory: Path, patch: pytest.MonkeyPatch) -> Evidence:
    """Run it."""
    evidence = Evidence()
    with recorded_output(evidence):
        _run(directory, patch, evidence)
    for path in sorted(directory.rglob("*.sqlite3*")):
        evidence.add({f"file {path.relative_to(directory)}": path.read_bytes()})
    return evidence


def _run(directory: Path, patch: pytest.MonkeyPatch, evidence: Evidence) -> None:
    seeds = _record_seeds(patch)
    _record_key_files(patch, evidence)
    ticks = count(CLOCK)
    with kiosk_hall(directory) as hall:
        _record_traffic(hall, evidence)
        _prepare(hall, evidence)
        evidence.look(hall)
        with patch.context() as at_the_polls:
            at_the_polls.setattr(time, "time", lambda: float(next(ticks)))
            _desk(hall)
            _vote(hall, evidence, seeds)
            _do_wrong(hall, evidence)
        evidence.look(hall)
        _finish(hall)
        evidence.look(hall)
        _say(hall, evidence)
        evidence.canaries += _canaries(hall)


def _prepare(hall: KioskHall, evidence: Evidence) -> None:
    hall.create(trustees=2, threshold=2)
    for index in (1, 2):
        hall.add_scrutineer(index)
    hall.make_key()
    rules = load_rule_set("trust_default")
    hall.officials.decree(RulesAdopted(rules.id, rules.to_json()))
    for name in KIOSKS:
        hall.add_booth(name).round()
    evidence.look(hall)
    hall.officials.approve(EntryType.KIOSK_REGISTERED)
    contest = make_contest(
        id="report",
        kind=Kind.EVALUATION,
        title=Title(en="Trust", zh="信任度测评"),
        slot=0,
        rows=[Row(f"r{row}", f"第{row}位") for row in range(ROWS)],
        marks=WORDS,
        blank=WORDS[-1],
        rules=RulesRef(rules.id, rules_hash(rules.to_json())),
        classes=("delegate",),
    )
    hall.open_contest(contest, CARDS)
    for booth in hall.booths:
        booth.round()


def _desk(hall: KioskHall) -> None:
    http, token = hall.server.client, hall.server.token
    people = [{"id": id_, "name": name, "should_attend": True} for id_, name in PEOPLE]
    assert http.put("/v1/roll", json={"people": people}, headers=token).status_code == 200
    for id_, _ in reversed(PEOPLE):
        assert http.post("/v1/checkins", json={"delegate": id_, "action": "draw_card"}, headers=token).is_success


def marks_of(number: int) -> tuple[int, ...]:
    """What delegate `number` marks: no two alike."""
    stream = hashlib.shake_256(f"marks {number}".encode()).digest(ROWS)
    return tuple(byte % len(WORDS) for byte in stream)


def _words(marks: Iterable[int]) -> dict[str, str]:
    return {f"r{row}": WORDS[mark] for row, mark in enumerate(marks)}


def _vote(hall: KioskHall, evidence: Evidence, seeds: list[bytes]) -> None:
    # Cards are taken in an order that is neither that of the roll nor that of the cards.
    for number in sorted(range(CAST), key=lambda card: card * 7 % CAST):
        booth = hall.booths[number % 2]
        if number == 0:
            marks = marks_of(100)
            booth.round(json.dumps({**_turn(hall, 0, marks), "challenge": True}))
            evidence.canaries.append(secret_marks("marks opened", "the test of card 0", marks, _words(marks)))
            evidence.canaries.append(secret_bytes("seed opened", "the test of card 0", seeds.pop()))
        marks = marks_of(number)
        booth.round(json.dumps(_turn(hall, number, marks)))
        evidence.canaries.append(secret_marks("marks cast", f"card {number}", marks, _words(marks)))
        evidence.canaries.append(secret_bytes("seed cast", f"card {number}", seeds.pop()))
        evidence.look(hall)
        _ask_for_figures(hall)
    assert seeds == []
    assert sum(len(booth.events.of("cast")) for booth in hall.booths) == CAST


def _ask_for_figures(hall: KioskHall) -> None:
    """What whoever runs the server sees after each ballot; the traffic is kept as evidence."""
    token = hall.server.service.operator_token.reveal()
    assert hall.server.client.get("/metrics", headers={"Authorization": f"Bearer {token}"}).is_success


def _turn(hall: KioskHall, number: int, marks: Iterable[int]) -> dict[str, object]:
    return {"card": hall.code(number), "contest": "report", "marks": _words(marks)}


def _do_wrong(hall: KioskHall, evidence: Evidence) -> None:
    """What goes wrong in a hall, with real secrets in hand."""
    booth, client, token = hall.booths[0], hall.server.client, hall.server.token
    good = _turn(hall, 10, marks_of(10))
    code = hall.code(10)
    booth.round(json.dumps({**good, "card": code[:-1] + ("1" if code[-1] != "1" else "2")}))
    booth.round(json.dumps({**good, "marks": {**_words(marks_of(10)), "r99": WORDS[0]}}))
    booth.round(json.dumps(good)[:-2])
    booth.round(json.dumps({**good, "contest": "no such"}))
    raw = booth.station.outbox.of_contest("report")[0].raw
    for spoiled in (raw[:-1], raw + b" ", raw.replace(b'"ballot.cast"', b'"ballot.challenged"'), b"\xff" + raw):
        assert not client.post("/v1/ballots", content=spoiled).is_success
    assert not client.get("/v1/attendance", headers={"Authorization": "Bearer " + code}).is_success
    assert not client.post("/v1/checkins", json={"delegate": "D0", "action": "arrive"}, headers=token).is_success
    assert not client.put("/v1/roll", json={"people": [{"name": PEOPLE[0][1]}]}, headers=token).is_success
    hall.server.faults.before["INSERT INTO pending_ballots"] = sqlite_error(sqlite3.SQLITE_FULL)
    booth.round(json.dumps(good))
    booth.round()
    evidence.canaries.append(secret_marks("marks cast", "card 10", marks_of(10), _words(marks_of(10))))
    with pytest.raises(InputError) as caught:
        ScrutineerFiles(hall.scrutineers[0].directory, Secret("nicht korrekt"), hall.rng).load()
    evidence.refusals.append(str(caught.value))


def _finish(hall: KioskHall) -> None:
    hall.close("report")
    for booth in hall.booths:
        booth.round()
    hall.watch(6)
    hall.officials.first.count("report")
    hall.officials.declare("report")
    hall.watch(2)
    hall.officials.decree(ResultPublished("report", "all"))
    for number in (0, 1):
        hall.request(number, {"type": "key.destroyed"})
    hall.watch(2)
    hall.officials.decree(SessionSealed())
    hall.watch(3)
    assert hall.server.client.get("/v1/record").is_success
    hall.server.service.boards.refresh()
    assert hall.server.client.get("/board/").is_success


def _say(hall: KioskHall, evidence: Evidence) -> None:
    for booth in hall.booths:
        for event, fields in booth.events.said:
            evidence.add({f"kiosk says {event}": json.dumps(fields, ensure_ascii=False).encode()})
    for watch in hall.scrutineers:
        for event, fields in watch.events.said:
            evidence.add({f"scrutineer says {event}": json.dumps(fields, ensure_ascii=False).encode()})
    evidence.add({"refusals": "\n".join(evidence.refusals).encode()})


def _canaries(hall: KioskHall) -> list[Canary]:
    made = [_card(hall, number, card) for number, card in enumerate(hall.cards)]
    canaries = [canary for card in made for canary in card]
    for id_, name in PEOPLE:
        canaries += [secret_text("delegate name", name, name), secret_text("delegate number", id_, id_)]
    canaries += [secret_text("kiosk name", name, name) for name in KIOSKS]
    canaries.append(secret_text("passphrase", "of the scrutineers", PASSPHRASE.reveal()))
    canaries.append(secret_text("desk token", "of the desk", hall.server.service.desk_token.reveal()))
    canaries.append(Canary("time", "of casting", (str(CLOCK)[:7].encode(), b"2032-12-2")))
    keys = hall.server.service.keys
    for name, key in (("log", keys.log), ("service", keys.service)):
        canaries.append(secret_bytes("server key", name, key.seed().reveal()))
    for official in (hall.officials.first, hall.officials.second):
        canaries.append(secret_bytes("official key", official.key.public.hex()[:8], official.key.seed().reveal()))
    for booth in hall.booths:
        own, box = booth.station.setup.keys.own, booth.station.setup.keys.box
        canaries.append(secret_bytes("kiosk key", booth.station.setup.name, own.seed().reveal()))
        canaries.append(secret_bytes("box key", "of all kiosks", box.seed().reveal()))
    return canaries


def _card(hall: KioskHall, number: int, card: CardSecret) -> list[Canary]:
    session = hall.server.service.sequencer.view.log.session_id
    return [
        secret_bytes("card", f"secret of card {number}", card.reveal()),
        secret_text("card", f"code of card {number}", typed_code(card, session).reveal()),
        secret_text("card", f"digits of card {number}", encode_credential(card, session).reveal()),
    ]


def _record_seeds(patch: pytest.MonkeyPatch) -> list[bytes]:
    seeds: list[bytes] = []
    new_seed = voting.new_seed

    def recorded(rng: Rng) -> Secret[bytes]:
        seed = new_seed(rng)
        seeds.append(seed.reveal())
        return seed

    patch.setattr(voting, "new_seed", recorded)
    return seeds


def _record_key_files(patch: pytest.MonkeyPatch, evidence: Evidence) -> None:
    """Every secret that a scrutineer's key file ever held is a canary."""
    encrypt = scrutineer_files.encrypt_keyfile
    known: set[str] = set()

    def recorded(payload: bytes, passphrase: Secret[str], rng: Rng) -> bytes:
        value = json.loads(payload)
        deal = value.get("deal", {})
        secrets = [value["signing_seed"], value["witness_seed"], value.get("share"), deal.get("sealing")]
        for secret in (*secrets, *deal.get("polynomial", ())):
            if secret is not None and secret not in known:
                known.add(secret)
                canary = secret_bytes("trustee key", f"{value['name']} {len(known)}", bytes.fromhex(secret))
                evidence.canaries.append(canary)
        return encrypt(payload, passphrase, rng)

    patch.setattr(scrutineer_files, "encrypt_keyfile", recorded)


def _record_traffic(hall: KioskHall, evidence: Evidence) -> None:
    """Keep every request and every answer. Ballots are kept by type."""
    client = hall.server.client

    def request(sent: httpx2.Request) -> None:
        place = f"{sent.method} {_route(sent.url.path)}"
        evidence.add({f"request line of {place}": str(sent.url).encode()})
        evidence.add(by_type(f"request {place}", sent.read()))

    def answer(got: httpx2.Response) -> None:
        place = f"answer {got.status_code} {_route(got.request.url.path)}"
        zipped = got.request.url.path == "/v1/record"
        evidence.add(archive(place, got.read()) if zipped else by_type(place, got.read()))

    client.event_hooks["request"] = [request]
    client.event_hooks["response"] = [answer]


def _route(path: str) -> str:
    return "/".join("…" if len(part) > 40 else part for part in path.split("/"))
