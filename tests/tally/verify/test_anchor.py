import json
from dataclasses import replace

import pytest

from ballots.crockford import fingerprint_text
from ballots.receipt import Receipt, sign_promise
from ballots.sealed_ballot import ballot_id
from tally.verify.anchor import audit_fingerprint, audit_receipt, parse_fingerprint, read_receipt
from tally.verify.report import Audit
from tests.golden.golden_session import GoldenSession, golden
from tests.support.session import SessionBuilder
from voting_core.errors import InputError
from voting_core.signing_key import SigningKey

FINGERPRINT = golden().state.fingerprint or b""
SHOWN = fingerprint_text(FINGERPRINT)


def fingerprint_findings(session: SessionBuilder, text: str) -> list[str]:
    audit = Audit()
    audit_fingerprint(audit, session.state, parse_fingerprint(text))
    return [finding.code for finding in audit.findings]


@pytest.mark.parametrize("text", [FINGERPRINT.hex(), FINGERPRINT.hex().upper(), SHOWN, SHOWN.lower().replace("-", " ")])
def test_the_fingerprint_in_any_spelling(text: str) -> None:
    assert fingerprint_findings(golden(), text) == []


@pytest.mark.parametrize(
    "text",
    [
        "00" * 32,
        FINGERPRINT.hex()[:-1] + ("0" if FINGERPRINT.hex()[-1] != "0" else "1"),
        SHOWN[:-1] + ("0" if SHOWN[-1] != "0" else "1"),
        ("0" if SHOWN[0] != "0" else "1") + SHOWN[1:],
    ],
)
def test_another_fingerprint(text: str) -> None:
    assert fingerprint_findings(golden(), text) == ["V13.A"]


def test_a_log_without_a_key_has_no_fingerprint() -> None:
    assert fingerprint_findings(SessionBuilder().run("revealed"), SHOWN) == ["V13.A"]


@pytest.mark.parametrize("text", ["", "hello", SHOWN[:-1], SHOWN + "0", "ab" * 31, "uuuu" * 8])
def test_what_is_no_fingerprint(text: str) -> None:
    with pytest.raises(InputError):
        parse_fingerprint(text)


def receipt_findings(session: GoldenSession | SessionBuilder, receipt: Receipt) -> list[str]:
    audit = Audit()
    audit_receipt(audit, session.state, receipt)
    return [f"{finding.code} {finding.message}" for finding in audit.findings]


def promised(receipt: Receipt, key: SigningKey, **changes: object) -> Receipt:
    """The receipt with a promise that this key signs."""
    assert receipt.promise is not None
    facts = {
        "ballot": receipt.ballot,
        "size": receipt.promise.size,
        "root": receipt.promise.root,
        "session": receipt.session,
        **changes,
    }
    return replace(receipt, promise=sign_promise(**facts, service_key=key))  # type: ignore[arg-type]


def test_a_ballot_that_is_in_the_log() -> None:
    assert receipt_findings(golden(), golden().receipt()) == []
    assert receipt_findings(golden(), replace(golden().receipt(), promise=None)) == []


def test_a_promise_that_the_sealed_log_does_not_keep_is_proof_of_fraud() -> None:
    session = golden()
    ballot = ballot_id(session.ballot((0,), 0, attempt=7))
    receipt = promised(replace(session.receipt(), ballot=ballot), session.service_key)
    (finding,) = receipt_findings(session, receipt)
    assert "V13.B" in finding
    assert "proof of fraud" in finding


def test_before_sealing_the_ballot_may_still_come() -> None:
    session = GoldenSession().run("open")
    receipt = promised(golden().receipt(), session.service_key)
    (finding,) = receipt_findings(session, receipt)
    assert "not in the log yet" in finding


def test_a_ballot_that_nobody_promised() -> None:
    receipt = replace(golden().receipt(), ballot=bytes(32), promise=None)
    (finding,) = receipt_findings(golden(), receipt)
    assert "no valid promise" in finding


def test_a_promise_by_another_key() -> None:
    session = golden()
    (finding,) = receipt_findings(session, promised(session.receipt(), session.log_key))
    assert "not signed by the service" in finding
    missing = promised(replace(session.receipt(), ballot=bytes(32)), session.log_key)
    assert [text for text in receipt_findings(session, missing) if "fraud" in text] == []


def test_a_promise_over_another_log_shows_that_there_were_two() -> None:
    session = golden()
    for changes in ({"root": bytes(32)}, {"size": 10_000}):
        (finding,) = receipt_findings(session, promised(session.receipt(), session.service_key, **changes))
        assert "two logs" in finding


def test_a_receipt_of_another_session_or_fingerprint() -> None:
    session = golden()
    (finding,) = receipt_findings(session, replace(session.receipt(), session=bytes(32)))
    assert "of the session 0000000000000000" in finding
    (finding,) = receipt_findings(session, replace(session.receipt(), fingerprint=fingerprint_text(bytes(32))))
    assert "another session fingerprint" in finding
    assert receipt_findings(SessionBuilder().run("revealed"), session.receipt())


@pytest.mark.parametrize("key", ["ballot", "code", "fingerprint", "promise", "session"])
def test_a_receipt_file_that_is_none(key: str) -> None:
    value = json.loads(golden().receipt().to_bytes())
    value[key] = "0"
    with pytest.raises(InputError, match="receipt"):
        read_receipt(json.dumps(value, sort_keys=True, separators=(",", ":")).encode())
    with pytest.raises(InputError):
        read_receipt(b"")
