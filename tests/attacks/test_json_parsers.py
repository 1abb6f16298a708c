"""One text, two readers, two meanings (SPEC §3.3, §3.5, §8.3).

A log that lenient readers can read differently has no single result. The weak readers are the standard library's, used
as everybody uses them: they take the last of two equal keys, skip fields they do not know, sort keys in an order of
their own, and find true equal to 1.
"""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tally.entries.bodies import TYPES
from tally.entries.contests import ContestOpened, ContestPaused, ContestResumed
from tally.entries.entry_type import EntryType
from tally.entries.envelope import decode_entry
from tally.replay import expected
from tests.attacks.support.sessions import at, refused
from tests.support.session import SessionBuilder
from voting_core.codec import b64decode, canonical, parse_canonical
from voting_core.errors import EncodingError, VerificationError
from voting_core.params import Tag
from voting_core.signing import verify_signature
from voting_core.signing_key import SigningKey

LIMIT = 100_000


def strict(data: bytes) -> Any:
    return parse_canonical(data, "entry", LIMIT)


def first_wins(data: bytes) -> Any:
    """Another parser of the same standard: of two equal keys it takes the first."""

    def keep_first(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in pairs:
            result.setdefault(key, value)
        return result

    return json.loads(data, object_pairs_hook=keep_first)


def test_two_parsers_read_two_results_from_one_count() -> None:
    counted = b'{"contest":"motion","counts":[[9,0,0]],"counts":[[0,9,0]]}'
    assert json.loads(counted)["counts"] == [[0, 9, 0]]
    assert first_wins(counted)["counts"] == [[9, 0, 0]]
    with pytest.raises(EncodingError, match="a key twice"):
        strict(counted)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1.0}',
        b'{"a":1e0}',
        b'{"a":-0}',
        b'{"a":01}',
        b'{"a":9007199254740993}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":NaN}',
        b'{"a":null}',
        b'{"b":1,"a":1}',
        b'{"\\u0061":1}',
        b'{"a":"\\u4e00"}',
        '{"a":"e\u0301"}'.encode(),
        b'{"a":"\\ud842"}',
        b'{"a":"\\u0000"}',
    ],
)
def test_a_second_spelling_is_refused(data: bytes) -> None:
    """The standard library reads nearly all of these; numbers beyond 2^53 differ between languages."""
    with pytest.raises(EncodingError):
        strict(data)


def test_programs_sort_rare_characters_differently() -> None:
    """By code points 𠮷 comes after ｡, by UTF-16 units before it: two programs would hash two texts for one object."""
    rare, halfwidth = "\U00020bb7", "\uff61"
    value = {rare: 1, halfwidth: 2}
    by_points = json.dumps(value, sort_keys=True, ensure_ascii=False)
    by_units = json.dumps(dict(sorted(value.items(), key=lambda item: item[0].encode("utf-16-be"))), ensure_ascii=False)
    assert by_points != by_units
    # Keys are ASCII, which both orders agree on; names with rare characters are values, and welcome.
    for spelling in (by_points, by_units):
        with pytest.raises(EncodingError):
            strict(spelling.replace(" ", "").encode())
    assert strict(canonical({"name": f"{rare}野"})) == {"name": f"{rare}野"}


def test_true_is_not_one() -> None:
    """Python finds them equal; to everybody else an outcome that says 1 is another than one that says true."""
    session = at("counted")
    body = expected.outcome_body(session.state, "motion").to_json()
    outcome: Any = body["outcome"]
    flags = [key for key, value in outcome.items() if value is True]
    assert flags
    for key in flags:
        changed = {**body, "outcome": {**outcome, key: 1}}
        assert changed == body
        raw = session.entry(changed, *session.officials, type=EntryType.OUTCOME_DECLARED)
        refused(session, raw, "V11.A")


def test_bits_that_base64_ignores_would_carry_a_second_spelling() -> None:
    data = bytes(range(64))
    text = base64.urlsafe_b64encode(data).rstrip(b"=").decode()
    twin = text[:-1] + chr(ord(text[-1]) + 1)
    assert base64.urlsafe_b64decode(twin + "==") == data
    for spelling in (twin, text + "=", text + "==", text[:10] + "\n" + text[10:], text[:5] + "*" + text[5:]):
        with pytest.raises(EncodingError):
            b64decode(spelling, 64, "signature")
    assert b64decode(text, 64, "signature") == data


def entries_by_type() -> Iterator[tuple[EntryType, dict[str, Any]]]:
    """The first entry of every type in a whole session."""
    seen = set()
    for raw in at("sealed").entries:
        value = json.loads(raw)
        if value["type"] not in seen:
            seen.add(value["type"])
            yield EntryType(value["type"]), value


BY_TYPE = dict(entries_by_type())


@pytest.mark.parametrize("type_", BY_TYPE, ids=lambda type_: type_.value)
def test_a_field_that_nobody_asked_for_is_refused(type_: EntryType) -> None:
    """Readers that know it and readers that skip it would differ. It is refused before anybody looks at signatures."""
    value = BY_TYPE[type_]
    for path in [(), ("body",), ("seen",), ("signatures", 0)]:
        changed = json.loads(json.dumps(value))
        place = changed
        for step in path:
            place = place.get(step) if isinstance(place, dict) else place[step]
            if place is None:
                break
        if place is None:
            continue
        place["also"] = "whatever"
        with pytest.raises(VerificationError, match=r"V2\.B.*also"):
            decode_entry(canonical(changed))


@pytest.mark.parametrize("type_", BY_TYPE, ids=lambda type_: type_.value)
def test_a_field_that_is_left_out_is_missed(type_: EntryType) -> None:
    value = BY_TYPE[type_]
    for place in ("entry", "body"):
        keys = value if place == "entry" else value["body"]
        for key in keys:
            changed = json.loads(json.dumps(value))
            del (changed if place == "entry" else changed["body"])[key]
            with pytest.raises(VerificationError, match=r"V2\.[BD]"):
                decode_entry(canonical(changed))


def weak_sign(key: SigningKey, body: Any) -> bytes:
    """A signature over what "matters": the body, and not the type, the time or the session around it."""
    return key.sign(Tag.ENTRY, canonical(body))


def test_what_is_not_signed_can_be_exchanged() -> None:
    """Pausing, resuming and opening have the same body; two officials who pause would have signed all three."""
    session = at("open")
    official = session.officials[0]
    bodies = [kind("motion").to_json() for kind in (ContestPaused, ContestResumed, ContestOpened)]
    signature = weak_sign(official, bodies[0])
    for body in bodies:
        verify_signature(official.public, Tag.ENTRY, canonical(body), signature)

    raw = session.entry(ContestPaused("motion"), *session.officials)
    value = json.loads(raw)
    changes: dict[str, Any] = {
        "type": TYPES[ContestResumed].value,
        "time": value["time"] + 1,
        "seen": {"root": session.state.root_at(3).hex(), "size": 3},
        "author": session.officials[1].public.hex(),
    }
    for key, changed in changes.items():
        with pytest.raises(VerificationError) as caught:
            session.fork().append(canonical({**value, key: changed}))
        assert caught.value.code == ("V2.B" if key == "author" else "V4.A"), key
    session.append(raw)


def test_an_entry_belongs_to_one_session() -> None:
    """The same officials and the same contest in the next plenum: nothing of the last one holds there."""
    here, there = at("open"), SessionBuilder()
    body = there.session_body(nonce=bytes(32))
    there.append(there.entry(body, *there.officials, session=body.session_id))
    assert {key.public for key in there.officials} == {key.public for key in here.officials}
    raw = here.entry(ContestPaused("motion"), *here.officials)
    refused(there, raw, "V2.C")
    moved = json.loads(raw)
    moved["session"] = there.state.session_id.hex()
    moved["seen"] = {"root": there.state.root.hex(), "size": there.state.size}
    refused(there, canonical(moved), "V4.A")
