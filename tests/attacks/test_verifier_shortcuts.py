"""Verifiers that say "verified" without having looked (SPEC §11).

Reference verifiers have skipped checks that they did not know, put zeros in the place of values that were missing, and
printed "valid with known deviations". Here a record is accepted only if every check ran and held; what is unknown is a
finding; and "unanchored" is said whenever nobody gave the fingerprint.
"""

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from tally.record.read import NotARecord
from tally.replay import initial, replay
from tally.state import State
from tally.verify.checks import CHECKS
from tally.verify.report import Report
from tests.attacks.support.sessions import at
from tests.golden.golden_session import GoldenSession
from tests.support.session import SessionBuilder
from tests.tally.verify.records import checkpoint, codes, pack, record_of, verify
from voting_core.codec import canonical
from voting_core.errors import PlenumError

ANCHORS = {"V13.A", "V13.B"}
"""What only somebody from outside can give."""


@cache
def golden() -> tuple[GoldenSession, bytes]:
    session = GoldenSession().run()
    return session, record_of(session)


def lenient(entries: list[bytes]) -> State:
    """A verifier that skips what it does not know or cannot read, and is content if nothing else is wrong."""
    state = initial()
    for raw in entries:
        try:
            state = replay(state, raw)
        except PlenumError as error:
            if "type" in str(error) or "canonical" in str(error):
                continue
            raise
    return state


def of_the_future(session: SessionBuilder) -> bytes:
    """An entry of a type that a later version may know, signed by two officials."""
    value = json.loads(session.entry({}, *session.officials, type="session.sealed"))  # type: ignore[arg-type]
    value["type"] = "votes.corrected"
    value["body"] = {"contest": "motion", "counts": [[6, 0, 0]]}
    return canonical(value)


def test_an_entry_of_an_unknown_type_is_a_finding() -> None:
    session = at("counted")
    entries = [*session.entries, of_the_future(session)]
    assert lenient(entries).contest("motion").has_counts
    report = verify(pack(entries, [checkpoint(session, entries, 1, 2, 3)], session.service_key))
    assert codes(report) == ["V2.B"]
    assert report.exit_code == 1


def test_every_check_runs_over_a_record_that_has_everything() -> None:
    session, data = golden()
    report = verify(data, fingerprint=session.state.fingerprint.hex(), receipt=session.receipt().to_bytes())
    assert report.total_findings == 0
    assert [result.check.code for result in report.checks] == [check.code for check in CHECKS]
    assert [result.check.code for result in report.checks if result.subjects == 0] == []


def test_what_did_not_run_is_seen_in_the_report() -> None:
    """Without what comes from outside, a record is consistent and no more, and the report says so twice."""
    _, data = golden()
    report = verify(data)
    idle = {result.check.code for result in report.checks if result.subjects == 0}
    assert idle == ANCHORS
    assert not report.anchored
    assert "unanchored" in {remark.id for remark in report.remarks}


def test_there_is_no_verdict_between_accepted_and_not() -> None:
    """A report has findings or it has none; there is no list of deviations that are all right."""
    _, data = golden()
    shown: Any = verify(data).to_json()
    assert isinstance(shown["accepted"], bool)
    assert not [key for key in shown if "deviation" in key or "warning" in key or "skipped" in key]
    assert Report.exit_code.fget is not None


Spoil = Callable[[dict[str, bytes]], None]


def first_part(members: dict[str, bytes]) -> str:
    return min(name for name in members if name.startswith("log/"))


def last_note(members: dict[str, bytes]) -> str:
    return max(name for name in members if name.startswith("checkpoints/"))


def empty_the_log(members: dict[str, bytes]) -> None:
    members[first_part(members)] = b""


def lose_the_log(members: dict[str, bytes]) -> None:
    del members[first_part(members)]


def lose_the_last_note(members: dict[str, bytes]) -> None:
    del members[last_note(members)]


def lose_the_cosignatures(members: dict[str, bytes]) -> None:
    name = last_note(members)
    head, _, lines = members[name].partition(b"\n\n")
    members[name] = head + b"\n\n" + lines.split(b"\n")[0] + b"\n"


def new_version(members: dict[str, bytes]) -> None:
    members["record.json"] = members["record.json"].replace(b'"spec":"1.0"', b'"spec":"1.1"')


def no_signature(members: dict[str, bytes]) -> None:
    value = json.loads(members["record.json"])
    del value["signature"]
    members["record.json"] = canonical(value)


def zero_signature(members: dict[str, bytes]) -> None:
    value = json.loads(members["record.json"])
    value["signature"] = "A" * 86
    members["record.json"] = canonical(value)


MISSING: dict[str, tuple[Spoil, set[str]]] = {
    "an empty log": (empty_the_log, {"V1.A", "V1.B", "V1.C", "V1.D", "V3.D"}),
    "no log": (lose_the_log, {"V1.B", "V1.C", "V1.D", "V3.D"}),
    "no last note": (lose_the_last_note, {"V1.C", "V3.D"}),
    "no cosignatures": (lose_the_cosignatures, {"V1.C", "V3.D"}),
    "a later version": (new_version, {"V1.B"}),
    "no signature": (no_signature, {"V1.B"}),
    "a signature of zeros": (zero_signature, {"V1.B"}),
}


@pytest.mark.parametrize("name", MISSING)
def test_what_is_missing_is_not_taken_for_zero(name: str) -> None:
    _, data = golden()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    spoil, expected = MISSING[name]
    spoil(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    report = verify(out.getvalue())
    assert set(codes(report)) == expected
    assert report.exit_code == 1


@pytest.mark.parametrize("data", [b"", b"PK", b"{}", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_record_is_not_verified(data: bytes) -> None:
    with pytest.raises(NotARecord):
        verify(data)


def test_fewer_than_q_witnesses_are_no_witnesses() -> None:
    """The service, its log key and one trustee in the plot publish a log that the other trustees never saw."""
    session = at("sealed")
    alone = verify(pack(session.entries, [checkpoint(session, session.entries, 1)], session.service_key))
    assert codes(alone) == ["V3.D"]
    twice = checkpoint(session, session.entries, 1, 2)
    assert codes(verify(pack(session.entries, [twice], session.service_key))) == ["V3.D"]
    assert codes(verify(record_of(session))) == []


def test_an_invented_session_is_consistent_and_is_not_the_one_of_the_hall() -> None:
    """Anybody can play a whole session with keys of his own. Only the fingerprint tells it from the real one."""
    real, invented = at("sealed"), SessionBuilder("invented").run()
    assert invented.state.sealed
    report = verify(record_of(invented))
    assert report.total_findings == 0
    assert not report.anchored
    heard = verify(record_of(real)).fingerprint
    assert codes(verify(record_of(real), fingerprint=heard)) == []
    assert codes(verify(record_of(invented), fingerprint=heard)) == ["V13.A"]
