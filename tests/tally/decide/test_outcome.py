"""Outcomes as the log and as results.json write them."""

import pytest

from ballots.contest import Kind
from tally.decide import Attendance, decide
from tally.decide.election_sheet import WriteIn
from tally.decide.outcome import namer
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import ELECTION, MOTION, TICKET, TRUST, a_contest, meeting, votes
from voting_core.codec import canonical, parse_canonical

QUESTIONS = "questionnaire_default"
PEOPLE = a_contest(Kind.ELECTION, "陈静 王海 王海 李娟", seats=2)


def test_an_election():
    outcome = decide(PEOPLE, meeting(300, 300), votes(300, 200, 180, 180, 20), load_rule_set(ELECTION))

    assert outcome.to_results_json(PEOPLE) == {
        "can_hold": True,
        "votes_needed": 151,
        "elected_by_votes": ["陈静"],
        "announced": ["陈静"],
        "passed_but_not_elected": [],
        "runoff": {"seats": 1, "candidates": ["王海", "王海"]},
        "shortfall": 0,
        "announce_numbers": "report_only",
    }
    assert outcome.to_log_json() == {
        "kind": "election",
        "can_hold": True,
        "ballots_in_order": True,
        "outcome": "decided",
        "votes_needed": 151,
        "elected_by_votes": ["r1"],
        "announced": ["r1"],
        "passed_but_not_elected": [],
        "runoff_seats": 1,
        "runoff_candidates": ["r2", "r3"],
        "shortfall": 0,
        "next_options": [],
        "manual_checks": [],
    }


def test_no_run_off_is_null_in_results_and_empty_in_the_log():
    outcome = decide(PEOPLE, meeting(300, 300), votes(300, 200, 180, 160, 20), load_rule_set(ELECTION))

    assert outcome.to_results_json(PEOPLE)["runoff"] is None
    assert outcome.to_log_json()["runoff_candidates"] == []


def test_a_ticket_vote():
    contest = a_contest(Kind.TICKET_VOTE, "王海 李娟")
    outcome = decide(contest, meeting(33, 30), votes(30, 17, 16), load_rule_set(TICKET))

    assert outcome.to_results_json(contest) == {
        "can_hold": True,
        "votes_needed": 17,
        "passed": ["王海"],
        "failed": ["李娟"],
    }
    assert outcome.to_log_json() == {
        "kind": "ticket_vote",
        "can_hold": True,
        "ballots_in_order": True,
        "outcome": "decided",
        "votes_needed": 17,
        "passed": ["r1"],
        "failed": ["r2"],
        "manual_checks": [],
    }


def test_a_motion():
    contest = a_contest(Kind.MOTION, "决议")
    outcome = decide(contest, meeting(300, 290), votes(290, 150), load_rule_set(MOTION))

    assert outcome.to_results_json(contest) == {
        "can_hold": True,
        "votes_needed": 151,
        "passed": False,
        "exact_half": True,
    }
    assert outcome.to_log_json() == {
        "kind": "motion",
        "can_hold": True,
        "ballots_in_order": True,
        "outcome": "decided",
        "votes_needed": 151,
        "passed": False,
        "exact_half": True,
        "manual_checks": ["exact_half"],
    }


def test_a_questionnaire():
    contest = a_contest(Kind.QUESTIONNAIRE, "道路 学校")
    outcome = decide(contest, meeting(300, 290), ((90, 200), (200, 90)), load_rule_set(QUESTIONS))

    assert outcome.to_results_json(contest) == {"can_hold": True, "options": {"r2": 200, "r1": 90}}
    assert outcome.to_log_json() == {
        "kind": "questionnaire",
        "can_hold": True,
        "ballots_in_order": True,
        "outcome": "decided",
        "options": [{"chosen": 200, "row": "r2"}, {"chosen": 90, "row": "r1"}],
        "manual_checks": [],
    }


def test_an_evaluation():
    contest = a_contest(Kind.EVALUATION, "王海")
    outcome = decide(contest, meeting(300, 290), ((200, 60, 25, 5),), load_rule_set(TRUST))

    assert outcome.to_results_json(contest) == {
        "can_hold": True,
        "rows": {
            "r1": {
                "rate_trust": "68.97",
                "rate_trust_or_basic": "89.66",
                "rate_distrust": "8.62",
                "index": "82.81",
                "flags": [],
            }
        },
    }
    assert outcome.to_log_json() == {
        "kind": "evaluation",
        "can_hold": True,
        "ballots_in_order": True,
        "outcome": "decided",
        "rows": [outcome.rows[0].to_log_json()],
        "manual_checks": [],
    }


def test_what_is_asked_of_people_is_in_the_log():
    contest = a_contest(Kind.EVALUATION, "王海")
    outcome = decide(contest, meeting(7, 7), ((7, 0, 0, 0),), load_rule_set(TRUST))

    assert outcome.to_log_json()["manual_checks"] == ["small_cell"]


QUORUM_MISSED = {"can_hold": False, "ballots_in_order": True, "outcome": "no_quorum"}
VOID = {"can_hold": True, "ballots_in_order": False, "outcome": "void_revote"}


@pytest.mark.parametrize(
    ("attendance", "opening", "void"),
    [
        (Attendance(300, 150, 150, 150), QUORUM_MISSED, {}),
        (Attendance(300, 200, 149, 150), VOID, {"ballots_in_order": False, "outcome": "void_revote"}),
        (Attendance(300, 150, 149, 150), QUORUM_MISSED | {"ballots_in_order": False}, {}),
    ],
)
def test_a_vote_without_result(attendance, opening, void):
    motion = decide(a_contest(Kind.MOTION, "决议"), attendance, votes(150, 150), load_rule_set(MOTION))

    assert {key: value for key, value in motion.to_log_json().items() if key in opening} == opening
    assert motion.to_results_json(None) == {
        "can_hold": opening["can_hold"],
        "votes_needed": 151,
        "passed": False,
        "exact_half": True,
        **void,
    }


@pytest.mark.parametrize(
    ("kind", "rule_set_id", "counts"),
    [
        (Kind.ELECTION, ELECTION, ((200, 101, 0),)),
        (Kind.TICKET_VOTE, TICKET, ((200, 101, 0),)),
        (Kind.MOTION, MOTION, ((200, 101, 0),)),
        (Kind.EVALUATION, TRUST, ((200, 101, 0, 0),)),
        (Kind.QUESTIONNAIRE, QUESTIONS, ((200, 101),)),
    ],
)
def test_a_void_vote_says_so(kind, rule_set_id, counts):
    contest = a_contest(kind, "王海")
    results = decide(contest, Attendance(300, 300, 300, 301), counts, load_rule_set(rule_set_id)).to_results_json(
        contest
    )

    assert results["can_hold"] is True
    assert results["ballots_in_order"] is False
    assert results["outcome"] == "void_revote"


@pytest.mark.parametrize(
    ("kind", "rule_set_id", "counts"),
    [
        (Kind.ELECTION, ELECTION, ((200, 90, 10),)),
        (Kind.TICKET_VOTE, TICKET, ((200, 90, 10),)),
        (Kind.MOTION, MOTION, ((150, 140, 10),)),
        (Kind.EVALUATION, TRUST, ((0, 0, 0, 300),)),
        (Kind.QUESTIONNAIRE, QUESTIONS, ((200, 100),)),
    ],
)
@pytest.mark.parametrize("present", [300, 1])
def test_the_log_form_is_canonical_and_reads_back(kind, rule_set_id, counts, present):
    contest = a_contest(kind, "王海")
    attendance = Attendance(300, present, 300, 300)
    log = decide(contest, attendance, counts, load_rule_set(rule_set_id)).to_log_json()

    assert parse_canonical(canonical(log), "outcome", 10_000) == log


def test_names_of_rows_and_of_persons_written_in():
    name = namer(PEOPLE)

    assert name("r1") == "陈静"
    assert name(WriteIn("赵敏", 1).id) == "赵敏"
