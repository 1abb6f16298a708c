"""A report of a sample is published only if everything in it but the papers' words follows from the record."""

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from tally.audit.plan import Plan, Sample, plan_of
from tally.report import sample_check
from tally.report.render_json import document_json
from tally.report.sample import BUNDLES, DRAWN, LIMIT, SEED, Drawn, sample_document
from tally.report.sample_check import MAX_DRAWN, MAX_REPORT_BYTES, check_sample_report
from tests.kiosk.scan.papers import COUNTED, contest, outcome_of_many, state
from tests.tally.board.sample import source
from voting_core.errors import InputError

DRAW = Drawn("31415926535897932384", (2_500, 2_500, 1_000))


def planned(limit: Fraction = Fraction(1, 20)) -> Plan:
    return plan_of(contest("waived").contest, COUNTED, outcome_of_many(), limit)


@pytest.fixture(autouse=True)
def many_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the small contest had six thousand ballots."""
    monkeypatch.setattr(sample_check, "_plan", lambda _state, _held, limit, _place: planned(limit))


def report(for_it: int = 40, against: int = 0, drawn: int = 40) -> bytes:
    sample = Sample(drawn, ((for_it, against),))
    return document_json(sample_document(state(), "waived", planned(), sample, DRAW))


def test_a_report_that_follows_is_taken_as_it_is() -> None:
    told = check_sample_report(state(), report(), "report.json")
    assert document_json(told) == report()
    assert check_sample_report(state(), report(3, 9, 30), "x") != told, "the counts are the word of those who signed"


def fact(label: str, value: object) -> Callable[[Any], None]:
    def change(whole: Any) -> None:
        (found,) = [one for one in whole["sheets"][0]["blocks"][1]["facts"] if one["label"] == label]
        found["value"] = value

    return change


def row(column: int, value: object) -> Callable[[Any], None]:
    def change(whole: Any) -> None:
        whole["sheets"][0]["blocks"][2]["rows"][0][column] = value

    return change


def put(*path: Any) -> Callable[[Any], None]:
    *way, last, value = path

    def change(whole: Any) -> None:
        for key in way:
            whole = whole[key]
        whole[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put("provenance", "session", "00" * 32), "of another session"),
        (put("provenance", "contest", "none"), "no such contest"),
        (put("provenance", "root", "00" * 32), "root and code"),
        (put("provenance", "code", "PLENUM"), "root and code"),
        (put("provenance", "contest", "by-hand"), "root and code"),
        (put("heading", "另一场会议"), "does not follow"),
        (put("simulated", False), "does not follow"),
        (put("sheets", 0, "blocks", 3, "statement", "抽查已确认一切。"), "does not follow"),
        (put("sheets", 0, "blocks", 4, "notes", ["抽中的纸票：1-1。"]), "does not follow"),
        (put("extra", "<script>"), "does not follow"),
        (fact(SEED, "1" * 20), "does not follow"),
        (fact(BUNDLES, "2500、2500、1001"), "do not fit"),
        (fact(BUNDLES, "1000、2500、2500"), "does not follow"),
        (fact(LIMIT, "10%"), "does not follow"),
        (fact("计划抽查", 1), "does not follow"),
        (fact(DRAWN, 41), "does not follow"),
        (fact(DRAWN, 39), "do not fit"),
        (fact(DRAWN, MAX_DRAWN + 1), "no report"),
        (fact(DRAWN, True), "do not fit"),
        (fact(SEED, "1"), "digits"),
        (fact(BUNDLES, "0、6000"), "no report"),
        (fact(LIMIT, "0%"), "no report"),
        (fact(LIMIT, "1/0%"), "no report"),
        (row(2, -1), "do not fit"),
        (row(2, "40"), "no report"),
        (row(4, "未确认"), "does not follow"),
        (put("sheets", 0, "blocks", 2, "rows", []), "do not fit"),
        (put("sheets", []), "no report"),
        (put("provenance", 1), "no report"),
    ],
)
def test_what_does_not_follow_from_the_record_is_refused(change: Callable[[Any], None], said: str) -> None:
    whole = json.loads(report())
    change(whole)
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    with pytest.raises(InputError, match=said):
        check_sample_report(state(), text.encode(), "report.json")


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"\xff", b"{" * 20_000, b"[" * 200_000])
def test_what_is_no_report_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="no report of a sample"):
        check_sample_report(state(), content, "report.json")


def test_a_report_is_not_read_without_a_limit() -> None:
    with pytest.raises(InputError, match="larger than"):
        check_sample_report(state(), b" " * (MAX_REPORT_BYTES + 1), "report.json")


def test_the_same_report_written_otherwise_is_refused() -> None:
    with pytest.raises(InputError, match="does not follow"):
        check_sample_report(state(), json.dumps(json.loads(report())).encode(), "report.json")


def test_a_report_of_another_record_is_refused() -> None:
    with pytest.raises(InputError, match="another session"):
        check_sample_report(source().state, report(), "report.json")


def test_contests_of_which_no_sample_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    given = report()
    monkeypatch.undo()
    with pytest.raises(InputError, match="all papers of waived are counted"):
        check_sample_report(state(), given, "report.json")
