"""Whatever is changed in a record, in one place, the verifier says so.

Three attackers:

* one who edits entries but can sign nothing, except as the service (manifest and log key);
* an insider who changes an entry and holds the keys of everybody who signs it, so that only its content can betray it;
* one who drops, repeats, swaps or inserts whole entries.

A state is persistent, so the honest log is replayed once, and each change is judged from the state before it: its own
entry, and if it is accepted, what follows, until something does not fit. The last line of defence are the checkpoints,
which trustees cosigned.
"""

import json
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest

from tally.record.manifest import parse_manifest, verify_manifest
from tally.replay import initial, replay
from tally.state import State
from tally.verify.checkpoints import CheckpointAudit
from tally.verify.entries import LogAudit, type_of
from tally.verify.report import Audit
from tests.golden.golden_session import golden
from tests.support.seeded_rng import SeededRng
from tests.tally.record.archives import members
from tests.tally.record.archives import pack as zip_of
from tests.tally.verify.mutations import mutations
from tests.tally.verify.records import checkpoint, codes, pack, record_of, verify
from voting_core.codec import b64encode, canonical
from voting_core.errors import EncodingError, VerificationError
from voting_core.params import Tag
from voting_core.signing_key import SigningKey

ENTRIES = golden().entries
CHUNKS = 8


@lru_cache(maxsize=1)
def states() -> tuple[State, ...]:
    """The state before each entry, and the last one."""
    found = [initial()]
    for raw in ENTRIES:
        found.append(replay(found[-1], raw))
    return tuple(found)


@lru_cache(maxsize=1)
def keys() -> dict[str, SigningKey]:
    """Everybody's keys, by the public key in hexadecimal."""
    session = golden()
    parties = [*session.officials, session.key("official 3"), *session.kiosks, session.box]
    parties += [party.signing for party in session.trustees.values()]
    classes = [("waived", "guest")]
    classes += [(name, "delegate") for name in ("motion", "waived", "broken-off", "slips")]
    for contest_id, class_id in classes:
        parties += [session.credential(number, contest_id, class_id) for number in range(session.cards.generated)]
    return {key.public.hex(): key for key in parties}


def written(value: Any) -> bytes:
    """The bytes of a changed entry: canonical where it can be, otherwise as near as JSON comes."""
    try:
        return canonical(value)
    except EncodingError:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signed_by_insiders(value: dict[str, Any]) -> bytes:
    """A changed entry with new signatures by those who signed the honest one."""
    signers = [keys()[item["key"]] for item in value["signatures"]]
    message = written({key: item for key, item in value.items() if key != "signatures"})
    signatures = [{"key": key.public.hex(), "signature": b64encode(key.sign(Tag.ENTRY, message))} for key in signers]
    return written({**value, "signatures": signatures})


def first_findings(index: int, entries: list[bytes]) -> list[str]:
    """The findings of a log that is honest up to `index` and goes on with these entries, up to the first ones."""
    audit = Audit()
    log = LogAudit(audit, states()[index])
    for raw in entries:
        log.take(raw)
        log.flush()
        if audit.total:
            return [finding.code for finding in audit.findings]
    checkpoints = CheckpointAudit(audit, log.state)
    for note in golden().notes:
        checkpoints.take(note.size, note.content)
    checkpoints.finish()
    return [finding.code for finding in audit.findings]


def changes(chunk: int) -> Iterator[tuple[int, tuple[str | int, ...], dict[str, Any]]]:
    """All single-field changes of every CHUNKS-th entry."""
    for index in range(chunk, len(ENTRIES), CHUNKS):
        for path, value in mutations(json.loads(ENTRIES[index])):
            yield index, path, value


def test_the_honest_log_has_no_finding() -> None:
    assert first_findings(0, ENTRIES) == []


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_edited_field_is_found_in_its_entry(chunk: int) -> None:
    count = 0
    for index, path, value in changes(chunk):
        audit = Audit()
        log = LogAudit(audit, states()[index])
        log.take(written(value))
        log.flush()
        assert audit.total == 1, (index, type_of(ENTRIES[index]), path)
        count += 1
    assert count > 300


@lru_cache(maxsize=CHUNKS)
def insiders(chunk: int) -> Counter[str]:
    """The checks that find what insiders change, and how often each is the first to do so."""
    found: Counter[str] = Counter()
    for index, path, value in changes(chunk):
        if not isinstance(value, dict) or path[0] in ("signatures", "-signatures"):
            continue  # there is nothing to sign, or only signatures were changed
        raw = signed_by_insiders(value)
        first = first_findings(index, [raw, *ENTRIES[index + 1 :]])
        assert first, (index, type_of(ENTRIES[index]), path)
        found[first[0]] += 1
    return found


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_field_that_insiders_change_is_found(chunk: int) -> None:
    assert insiders(chunk).total() > 300


def test_the_checks_that_insiders_meet_are_many() -> None:
    # Every one of these was the first to find some change of a field; which one it is depends on the order of checks.
    assert {
        "V2.A", "V2.B", "V2.C", "V2.D", "V3.A", "V3.B", "V4.B", "V4.C", "V4.D", "V5.A", "V5.B", "V5.F", "V5.G", "V6.A",
        "V6.B", "V6.D", "V7.A", "V7.B", "V7.C", "V8.A", "V8.C", "V8.J", "V9.A", "V9.B", "V9.C", "V10.B", "V10.D",
        "V10.E",         "V11.A", "V11.B", "V11.D",
    } <= set().union(*(insiders(chunk) for chunk in range(CHUNKS)))  # fmt: skip


@pytest.mark.parametrize("index", range(len(ENTRIES)))
def test_a_dropped_repeated_or_swapped_entry(index: int) -> None:
    rest = ENTRIES[index + 1 :]
    assert first_findings(index, rest), "dropped"
    assert first_findings(index + 1, [ENTRIES[index], *rest]), "repeated"
    if rest:
        assert first_findings(index, [rest[0], ENTRIES[index], *rest[1:]]), "swapped"
    assert first_findings(index, [b"{}", ENTRIES[index], *rest]), "inserted"


@pytest.mark.parametrize("size", range(1, len(ENTRIES)))
def test_a_truncated_log_with_the_checkpoints_that_there_are(size: int) -> None:
    """A service can show a log as it was when trustees cosigned it; at any other size it cannot."""
    session = golden()
    audit = Audit()
    checkpoints = CheckpointAudit(audit, states()[size])
    notes = [note for note in session.notes if note.size <= size]
    if size not in {note.size for note in notes}:
        notes.append(checkpoint(session, ENTRIES[:size]))
    for note in notes:
        checkpoints.take(note.size, note.content)
    checkpoints.finish()
    witnessed = size in {note.size for note in session.notes} or states()[size].key is None
    assert [finding.code for finding in audit.findings] == ([] if witnessed else ["V3.D"])


def test_noise_in_the_bytes_of_entries() -> None:
    rng = SeededRng("noise")
    for _ in range(600):
        index = int.from_bytes(rng.bytes(4), "big") % len(ENTRIES)
        raw = ENTRIES[index]
        at, length = int.from_bytes(rng.bytes(4), "big") % len(raw), rng.bytes(1)[0] % 5
        changed = raw[:at] + rng.bytes(rng.bytes(1)[0] % 5) + raw[at + length :]
        if changed != raw:
            assert first_findings(index, [changed, *ENTRIES[index + 1 :]]), (index, at)


def test_reordered_ballots_are_found_although_they_name_no_predecessor() -> None:
    ballots = [index for index, raw in enumerate(ENTRIES) if type_of(raw) == "ballot.cast"]
    first = ballots[0]
    assert ballots[1] == first + 1
    entries = [ENTRIES[first + 1], ENTRIES[first], *ENTRIES[first + 2 :]]
    assert first_findings(first, entries) == ["V3.A"]


def manifest_code(data: bytes) -> str:
    """The check by which a manifest is refused."""
    with pytest.raises(VerificationError) as caught:
        verify_manifest(parse_manifest(data), golden().service_key.public)
    return caught.value.code


def test_every_byte_of_the_manifest_is_bound() -> None:
    manifest = members(record_of(golden()))["record.json"]
    for at in range(len(manifest)):
        for mask in (1, 0x20, 0x80):
            assert manifest_code(manifest[:at] + bytes([manifest[at] ^ mask]) + manifest[at + 1 :]) == "V1.B", at


def test_every_field_of_the_manifest_is_bound() -> None:
    for path, value in mutations(json.loads(members(record_of(golden()))["record.json"])):
        assert manifest_code(written(value)) == "V1.B", path


@pytest.mark.parametrize("name", sorted(members(record_of(golden()))))
def test_a_member_that_is_edited_dropped_or_doubled_in_size(name: str) -> None:
    content = members(record_of(golden()))
    data = content[name]
    for at in (0, len(data) // 3, len(data) // 2, len(data) - 1):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert codes(verify(zip_of({**content, name: changed}))), at
    assert codes(verify(zip_of({**content, name: data + data})))
    assert codes(verify(zip_of({**content, name: b""})))
    if name != "record.json":
        assert codes(verify(zip_of({other: value for other, value in content.items() if other != name})))


@pytest.mark.parametrize("name", ["extra", "log/00001000.jsonl", "checkpoints/00000001.note", "record.json.bak"])
def test_an_extra_member(name: str) -> None:
    assert codes(verify(zip_of({**members(record_of(golden())), name: b"x"})))


def test_a_service_that_signs_everything_again_still_has_no_witnesses() -> None:
    session = golden()
    entries = [raw for index, raw in enumerate(ENTRIES) if index != len(ENTRIES) - 1]
    notes = [checkpoint(session, entries)]
    assert codes(verify(pack(entries, notes, session.service_key))) == ["V3.D"]
