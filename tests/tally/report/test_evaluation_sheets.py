import pytest

from ballots.contest import Kind
from tally.decide import Attendance
from tally.report.beside import RECORD_ALONE
from tally.report.evaluation_sheets import evaluation_sheets
from tally.report.facts import ContestFacts
from tally.report.model import DocumentKind
from tests.tally.decide.contests import changed_rules
from tests.tally.report.evaluations import THREE, assessment, scopes, trust
from tests.tally.report.samples import SESSION, TRUST, election, facts, people


def kinds(contest: ContestFacts) -> dict[DocumentKind, int]:
    return {kind: len(sheets) for kind, sheets, _ in evaluation_sheets(contest, SESSION, RECORD_ALONE)}


def test_without_a_rule_there_is_nothing_to_hand_out() -> None:
    assert kinds(trust(*THREE)) == {DocumentKind.EVALUATION_ROWS: 1}


def test_each_audience_has_a_document_and_each_person_a_sheet() -> None:
    assert kinds(trust(*THREE, rules="trust_mid_term")) == {
        DocumentKind.EVALUATION_ROWS: 1,
        DocumentKind.EVALUATION_PERSON: 3,
        DocumentKind.EVALUATION_COMMITTEE: 1,
    }
    rules = changed_rules(TRUST, scopes=scopes("superior", "delegates", "public", delay=9))
    assert set(kinds(trust(*THREE, rules=rules))) == {
        DocumentKind.EVALUATION_ROWS,
        DocumentKind.EVALUATION_SUPERIOR,
        DocumentKind.EVALUATION_DELEGATES,
        DocumentKind.EVALUATION_PUBLIC,
    }


def test_a_selection_has_its_list() -> None:
    assert kinds(assessment(90, 80, 70, 60, 50)) == {DocumentKind.EVALUATION_ROWS: 1, DocumentKind.SELECTION: 1}


def test_without_a_quorum_there_is_the_signed_sheet_alone() -> None:
    held = Attendance(312, 156, 156, 100)
    contest = facts(Kind.EVALUATION, people(1), held, ((100, 0, 0, 0),), "trust_mid_term", title="测评")
    assert kinds(contest) == {DocumentKind.EVALUATION_ROWS: 1}


def test_an_election_is_no_evaluation() -> None:
    with pytest.raises(ValueError, match="no evaluation"):
        evaluation_sheets(election(160), SESSION, RECORD_ALONE)
