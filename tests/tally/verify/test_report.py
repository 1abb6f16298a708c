import json

import pytest

from tally.verify.checks import CHECKS
from tally.verify.report import MAX_FINDINGS, Audit, Report
from tests.golden.golden_session import golden
from tests.tally.verify.records import pack, record_of, verify
from voting_core.errors import VerificationError


def report(audit: Audit) -> Report:
    return Report(
        findings=tuple(audit.findings),
        total_findings=audit.total,
        checks=audit.results(),
        remarks=(),
        session="",
        title="",
        fingerprint="",
        entries=0,
        ballots=0,
        simulated=False,
        anchored=False,
        sealed=False,
        backend="sodium",
    )


def test_no_finding_is_accepted() -> None:
    clean = report(Audit())
    clean.require_clean()
    assert clean.exit_code == 0
    assert len(clean.checks) == len(CHECKS)


def test_the_first_finding_is_raised() -> None:
    audit = Audit()
    audit.find(VerificationError("V8.E", "no", ("ballot",)), "entry 7")
    audit.find(VerificationError("V3.A", "no"), "entry 8")
    with pytest.raises(VerificationError, match=r"V8\.E: entry 7: no") as caught:
        report(audit).require_clean()
    assert caught.value.culprits == ("ballot",)
    assert report(audit).exit_code == 1


def test_findings_are_counted_beyond_those_that_are_kept() -> None:
    audit = Audit()
    for number in range(MAX_FINDINGS + 23):
        audit.find(VerificationError("V4.A", "no"), f"entry {number}")
    found = report(audit)
    assert (len(found.findings), found.total_findings) == (MAX_FINDINGS, MAX_FINDINGS + 23)
    assert next(result.findings for result in found.checks if result.check.code == "V4.A") == MAX_FINDINGS + 23


def test_the_report_as_json() -> None:
    session = golden()
    value = json.loads(json.dumps(verify(record_of(session)).to_json()))
    assert value["accepted"] is True
    assert value["anchored"] is False
    assert (value["entries"], value["ballots"]) == (session.state.size, 17)
    assert [check["check"] for check in value["checks"]] == [check.code for check in CHECKS]
    assert {remark["id"] for remark in value["remarks"]} >= {
        "simulated",
        "unanchored",
        "fault",
        "dropped_share",
        "waiver",
    }
    broken = json.loads(
        json.dumps(verify(pack([*session.entries[:-1], b"{}"], session.notes, session.service_key)).to_json())
    )
    assert broken["accepted"] is False
    assert broken["total_findings"] == len(broken["findings"]) > 0
    assert set(broken["findings"][0]) == {"check", "culprits", "message", "subject"}
