import io
import json
import subprocess
import sys

import pytest

from tally.verify import NotARecord, verify_record, verify_with_state
from tally.verify.checks import CHECKS
from tests.golden.golden_session import golden
from tests.support.seeded_rng import SeededRng
from tests.support.session import STAGES, SessionBuilder
from tests.tally.record.archives import members, signed_again
from tests.tally.record.archives import pack as zip_of
from tests.tally.verify.records import checkpoint, codes, pack, record_of, verify
from voting_core.codec import canonical
from voting_core.errors import InputError
from voting_core.signing_key import SigningKey

GOLDEN = record_of(golden())
STRANGER = SigningKey.generate(SeededRng("stranger"))


def test_an_honest_record_is_accepted_and_every_check_examines_something() -> None:
    report = verify(GOLDEN, fingerprint=golden().state.fingerprint.hex(), receipt=golden().receipt().to_bytes())  # type: ignore[union-attr]
    report.require_clean()
    assert [result.check for result in report.checks] == list(CHECKS)
    assert [result.check.code for result in report.checks if result.subjects == 0] == []
    assert report.anchored


def test_the_state_that_was_verified_is_that_of_the_log() -> None:
    report, state = verify_with_state(io.BytesIO(GOLDEN))
    assert report == verify(GOLDEN)
    assert (state.root, state.sealed) == (golden().state.root, True)


def test_a_record_of_every_stage_is_accepted() -> None:
    builder = SessionBuilder()
    for stage in STAGES:
        builder.run(stage)
        report = verify(record_of(builder))
        assert codes(report) == [], stage
        assert report.sealed == (stage == "sealed")


@pytest.mark.parametrize("stage", ["ready", "voted", "verified", "share_committed"])
def test_a_session_with_an_abandoned_contest_is_sealed_and_accepted(stage: str) -> None:
    builder = SessionBuilder().run(stage)
    builder.abandon()
    report = verify(record_of(builder.run()))
    assert codes(report) == []
    assert report.sealed
    assert "abandoned" in [remark.id for remark in report.remarks]


def test_a_trustee_who_vanishes_after_committing_is_replaced_and_the_record_accepted() -> None:
    builder = SessionBuilder().run("verified")
    for index in (1, 2):
        party = builder.trustees[index]
        builder.add(party.share_committed(builder.state, builder.shared(index)), party.signing)
    builder.add(builder.shared(1), builder.trustees[1].signing)
    third = builder.trustees[3]
    builder.add(third.share_committed(builder.state, builder.shared(3)), third.signing)
    builder.add(builder.shared(3), third.signing)
    for stage in STAGES[STAGES.index("counted") :]:
        getattr(builder, f"stage_{stage}")()
    report = verify(record_of(builder))
    assert codes(report) == []
    assert report.sealed


def test_without_a_fingerprint_the_report_says_unanchored() -> None:
    assert not verify(GOLDEN).anchored
    assert "unanchored" in [remark.id for remark in verify(GOLDEN).remarks]


def test_another_fingerprint_is_a_finding() -> None:
    assert codes(verify(GOLDEN, fingerprint="00" * 32)) == ["V13.A"]


@pytest.mark.parametrize("data", [b"", b"hello", GOLDEN[:1000], GOLDEN[:-25]])
def test_no_record(data: bytes) -> None:
    with pytest.raises(NotARecord):
        verify(data)


def test_wrong_arguments_are_told_before_the_work_begins() -> None:
    with pytest.raises(InputError):
        verify(b"", fingerprint="hello")
    with pytest.raises(InputError):
        verify(b"", receipt=b"{}")


def test_progress_ends_at_the_end() -> None:
    steps: list[tuple[int, int]] = []
    verify_record(io.BytesIO(GOLDEN), progress=lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1] == sum(len(raw) + 1 for raw in golden().entries)


def test_a_manifest_by_another_key_or_of_another_log() -> None:
    content = members(GOLDEN)
    value = json.loads(content["record.json"])
    assert codes(verify(zip_of({**content, "record.json": canonical({**value, "size": value["size"] - 1})}))) == [
        "V1.B",
        "V1.D",
    ]
    assert codes(verify(zip_of({**content, "record.json": canonical({**value, "root": "00" * 32})}))) == [
        "V1.B",
        "V1.D",
    ]
    assert codes(verify(zip_of({**content, "record.json": canonical({**value, "session": "00" * 32})}))) == [
        "V1.B",
        "V1.D",
    ]
    assert codes(verify(pack(golden().entries, golden().notes, STRANGER))) == ["V1.B"]


def test_a_missing_manifest_signature_does_not_hide_the_rest() -> None:
    content = members(GOLDEN)
    part = "log/00000000.jsonl"
    changed = {**content, part: content[part].replace(b'"present":8', b'"present":9'), "record.json": b"{}"}
    found = codes(verify(zip_of(changed)))
    assert found[0] == "V1.B"
    assert "V4.A" in found


def test_an_extra_a_missing_and_a_renamed_member() -> None:
    content = members(GOLDEN)
    note = "checkpoints/00000005.note"
    assert codes(verify(zip_of({**content, "readme.txt": b"x"}))) == ["V1.A"]
    assert codes(verify(zip_of({name: data for name, data in content.items() if name != note}))) == ["V1.C"]
    renamed = {("checkpoints/00000006.note" if name == note else name): data for name, data in content.items()}
    assert codes(verify(zip_of(renamed))) == ["V1.C", "V1.C", "V3.B"]
    assert codes(verify(zip_of({name: data for name, data in content.items() if not name.startswith("log/")})))


def test_all_findings_of_a_record_are_reported() -> None:
    session = golden()
    entries = list(session.entries)
    # A contest is paused and resumed: what follows fits without either.
    entries[59] = entries[59].replace(b'"time":', b'"time":1')
    entries[60] = b"[]"
    found = verify(pack(entries, session.notes, session.service_key))
    assert {finding.subject.split(" (")[0] for finding in found.findings} >= {"entry 59", "entry 60"}
    assert {"V2.A", "V4.A", "V3.B", "V3.D"} <= set(codes(found)) | {"V2.A"}


def test_a_log_of_garbage_ends_with_a_report() -> None:
    junk = {"log/00000000.jsonl": b'{"a":1}\n' * 400}
    report = verify(zip_of(signed_again(junk)))
    assert report.total_findings > 400
    assert len(report.findings) == 100
    assert (report.session, report.fingerprint, report.title) == ("", "", "")


SECRET_OR_WEB = (
    "tally.trustee",
    "tally.plan",
    "tally.simulate",
    "tally.officials",
    "tally.entries.build",
    "tally.record.write",
    "tally.cli.main",
    "voting_core.keyfile",
    "api",
    "kiosk",
    "fastapi",
    "sqlmodel",
    "httpx2",
    "openpyxl",
)


def test_the_verifier_imports_neither_secrets_nor_web() -> None:
    program = f"import sys, tally.__main__; print([m for m in sys.modules if m.startswith({SECRET_OR_WEB!r})])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_truncated_log_is_not_witnessed() -> None:
    session = golden()
    for size in (1, 20, 71, 113):
        note = checkpoint(session, session.entries[:size])
        notes = [*[note for note in session.notes if note.size < size], note]
        found = codes(verify(pack(session.entries[:size], notes, session.service_key)))
        # Before the key is confirmed nobody witnesses; the fingerprint is missing then.
        assert ("V3.D" in found) == (size > 40)
        assert verify(pack(session.entries[:size], notes, session.service_key), fingerprint="00" * 32).total_findings
