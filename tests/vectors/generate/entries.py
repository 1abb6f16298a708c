"""Entries byte for byte, the session id, promises: SPEC §8.2 to §8.4, §8.8."""

import json
from collections.abc import Callable
from functools import partial

from ballots.contest import parse_contest
from ballots.encrypt import seal_ballot
from ballots.receipt import Promise, parse_promise, sign_promise
from ballots.void_reasons import VoidReason
from tally.entries.build import build_entry
from tally.entries.envelope import decode_entry, signing_bytes
from tally.entries.session import SessionCreated
from tally.entries.sheets import BoxSettled, CountEntered, VoidBallots, WriteIn
from tests.vectors.generate.ballots import CREDENTIAL, KEY
from tests.vectors.generate.common import Json, VectorFile, some_bytes
from tests.vectors.generate.contests import SHAPES
from voting_core.codec import canonical
from voting_core.framing import digest
from voting_core.params import Tag
from voting_core.secret import Secret
from voting_core.signing import verify_signature
from voting_core.signing_key import SigningKey


def _key(name: str) -> SigningKey:
    return SigningKey.from_seed(Secret(some_bytes(f"key of {name}")))


OFFICIALS = sorted((_key("first official"), _key("second official")), key=lambda key: key.public)
TRUSTEE, WITNESS, SERVICE, LOG, BOX, VOTER = map(_key, ("trustee", "witness", "service", "log", "box", "voter"))
CREATED = SessionCreated(
    title="中国共产党青岚县第十四届代表大会第三次会议",
    place="青岚县大礼堂",
    date="2026-12-08",
    kind="congress",
    simulated=True,
    threshold=3,
    trustees=5,
    officials=(OFFICIALS[0].public, OFFICIALS[1].public),
    log_key=LOG.public,
    service_key=SERVICE.public,
    nonce=some_bytes("nonce"),
)
EMPTY = (0, bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
CONSULTED = {
    "agree": 30,
    "alternates": 7,
    "decided_by": "standing_committee",
    "disagree": 6,
    "id": "head-of-town",
    "members": 33,
    "no_reply": 4,
    "title": {"en": "Head of a town", "zh": "镇长人选"},
}


def build() -> Json:
    file = VectorFile("§8", "entries as text, session id, hash of rules, promises")
    body = CREATED.to_json()
    session = digest(Tag.SESSION, canonical(body))
    file.valid("session-id", "the hash of the body", "session_id", {"body": body}, {"session": session.hex()})
    rules = {"id": "resolution_default", "quorum": {"num": 1, "den": 2}, "articles": ["第十七条"]}
    gives = {"hash": digest(Tag.RULES, canonical(rules)).hex()}
    file.valid("rules-hash", "any object", "rules_hash", {"rules": rules}, gives)
    seen = (4, some_bytes("root"))
    value, marks = SHAPES["two-rows"][1:]
    contest = parse_contest(value)
    sealed = seal_ballot(contest, session, KEY, VOTER.public, tuple(marks), Secret(some_bytes("cast")))
    joined = {"index": 1, "name": "周建平", "signing_key": TRUSTEE.public.hex(), "witness_key": WITNESS.public.hex()}
    reduced = {"by": "electors", "contest": "committee", "motion": "fewer-seats", "seats": 34}
    sheet = CountEntered(
        contest="committee",
        box="第一票箱",
        sheet="第一计票组 更正",
        replaces="第一计票组",
        issued=6,
        returned=7,
        invalid=1,
        void_reasons=(VoidBallots(VoidReason.OVER_SELECTED, 1),),
        item_invalid=(0, 1),
        counts=((4, 1, 1), (2, 3, 0)),
        write_ins=(WriteIn("赵六", 1),),
    )
    settled = BoxSettled("committee", "第一票箱", "第一计票组 更正", "count")
    entries = {
        "created": build_entry("session.created", CREATED, session, OFFICIALS, time=1796000000, seen=EMPTY),
        "joined": build_entry("trustee.joined", joined, session, [TRUSTEE, *OFFICIALS], time=1796000060, seen=seen),
        "opened": build_entry("contest.opened", {"contest": "committee"}, session, OFFICIALS[::-1], time=0, seen=seen),
        "defined": build_entry("contest.defined", {"contest": value}, session, OFFICIALS, time=1796000100, seen=seen),
        "reduced": build_entry("seats.reduced", reduced, session, OFFICIALS, time=1796000200, seen=seen),
        "consulted": build_entry("consultation.recorded", CONSULTED, session, OFFICIALS, time=1796000300, seen=seen),
        "count": build_entry("count.entered", sheet, session, [TRUSTEE, WITNESS], time=1796000200, seen=seen),
        "settled": build_entry("box.settled", settled, session, OFFICIALS, time=1796000300, seen=seen),
        "cast": build_entry("ballot.cast", {"ballot": sealed.to_json()}, session, [VOTER, BOX], time=None, seen=None),
    }
    for name, raw in entries.items():
        _verify(raw.decode())
        gives = {"leaf": decode_entry(raw).leaf.hex()}
        file.valid(f"entry-{name}", decode_entry(raw).type.value, "entry", {"raw": raw.decode()}, gives)
    _bad_entries(file, entries["opened"].decode(), entries["cast"].decode())
    _promises(file, session)
    return file.content()


def _verify(raw: str) -> None:
    entry = decode_entry(raw.encode())
    for signature in entry.signatures:
        verify_signature(signature.key, Tag.ENTRY, signing_bytes(entry), signature.signature)


def _bad_entries(file: VectorFile, opened: str, cast: str) -> None:
    def refuse(id: str, comment: str, code: str, raw: str) -> None:
        file.invalid(f"entry-{id}", comment, "entry", {"raw": raw}, code, partial(_verify, raw))

    def edit(raw: str, change: Callable[[Json], object]) -> str:
        value = json.loads(raw)
        change(value)
        return canonical(value).decode()

    refuse("space", "a space", "V2.A", opened.replace(",", ", ", 1))
    refuse("newline", "a line feed at the end", "V2.A", opened + "\n")
    refuse("order", "keys out of order", "V2.A", "{" + ",".join(reversed(opened[1:-1].split(',"body"', 1))) + "}")
    refuse("cut", "cut off", "V2.A", opened[:-1])
    refuse("extra", "a key too many", "V2.B", edit(opened, lambda e: e.update(kiosk="3")))
    refuse("no-seen", "without seen", "V2.B", edit(opened, lambda e: e.pop("seen")))
    refuse("no-time", "without time", "V2.B", edit(opened, lambda e: e.pop("time")))
    refuse("ballot-time", "a ballot with a time", "V2.B", edit(cast, lambda e: e.update(time=1796000000)))
    refuse(
        "ballot-seen", "a ballot with seen", "V2.B", edit(cast, lambda e: e.update(seen={"root": "00" * 32, "size": 0}))
    )
    refuse("no-signature", "without a signature", "V2.B", edit(opened, lambda e: e.update(signatures=[])))
    refuse("swapped", "the author's signature second", "V2.B", edit(opened, lambda e: e["signatures"].reverse()))
    refuse("twice", "a signer twice", "V2.B", edit(opened, lambda e: e["signatures"].append(e["signatures"][0])))
    refuse("author", "another author", "V2.B", edit(opened, lambda e: e.update(author=TRUSTEE.public.hex())))
    refuse("capital", "capitals in the author", "V2.B", edit(opened, lambda e: e.update(author=e["author"].upper())))
    refuse("type", "another type", "V4.A", edit(opened, lambda e: e.update(type="contest.paused")))
    refuse("body", "another contest", "V4.A", edit(opened, lambda e: e["body"].update(contest="alternates")))
    refuse("session", "another session", "V4.A", edit(opened, lambda e: e.update(session=some_bytes("s").hex())))
    refuse("time", "another time", "V4.A", edit(opened, lambda e: e.update(time=1)))
    refuse("seen", "another size seen", "V4.A", edit(opened, lambda e: e["seen"].update(size=5)))
    refuse("cast-as-challenge", "a vote changed into a test", "V4.A", _challenged(edit, cast))
    swapped = edit(opened, lambda e: e["signatures"][1].update(signature=e["signatures"][0]["signature"]))
    refuse("signature", "the signature of the other", "V4.A", swapped)


def _challenged(edit: Callable[[str, Callable[[Json], object]], str], cast: str) -> str:
    def change(entry: Json) -> None:
        entry["type"] = "ballot.challenged"
        entry["body"] |= {"marks": [0, 1], "seed": some_bytes("cast").hex()}

    return edit(cast, change)


def _promises(file: VectorFile, session: bytes) -> None:
    good = sign_promise(ballot=CREDENTIAL, size=12, root=some_bytes("r"), session=session, service_key=SERVICE)
    stranger = sign_promise(ballot=CREDENTIAL, size=12, root=some_bytes("r"), session=session, service_key=LOG)
    given = {"promise": good.to_json(), "service_key": SERVICE.public.hex()}
    good.verify(SERVICE.public)
    file.valid("promise", "a promise", "promise", given, {})
    for name, comment, change in (
        ("ballot", "for another ballot", {"ballot": some_bytes("b").hex()}),
        ("size", "another size", {"checkpoint": {"root": some_bytes("r").hex(), "size": 11}}),
        ("session", "of another session", {"session": some_bytes("s").hex()}),
        ("signature", "signed by another key", {"signature": stranger.to_json()["signature"]}),
    ):
        changed = {**given, "promise": {**good.to_json(), **change}}
        file.invalid(f"promise-{name}", comment, "promise", changed, "V13.B", partial(_check_promise, changed))


def _check_promise(given: Json) -> None:
    promise: Promise = parse_promise(given["promise"])
    promise.verify(bytes.fromhex(given["service_key"]))
