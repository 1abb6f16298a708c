"""results.json: the keys of the contract, ids beside names, the same bytes every time."""

import json

from ballots.contest import Kind
from tally.decide import decide
from tally.results import contest_results, results_bytes, results_json
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import ELECTION, TICKET, a_contest, changed_rules, meeting, votes

CONTEST = a_contest(Kind.ELECTION, "陈静 王海 王海 李娟", seats=2)
COUNTS = votes(300, 200, 180, 180, 20)


def an_election():
    attendance = meeting(310, 300)
    return CONTEST, attendance, COUNTS, decide(CONTEST, attendance, COUNTS, load_rule_set(ELECTION))


def test_the_keys_of_the_contract():
    contest, attendance, counts, outcome = an_election()
    result = contest_results(contest, attendance, counts, outcome)

    assert list(result) == [
        "contest",
        "should_attend",
        "present",
        "ballots",
        "rows",
        "outcome",
        "elected_ids",
        "runoff_ids",
    ]
    assert (result["should_attend"], result["present"], result["ballots"]) == (310, 300, 300)
    assert result["rows"]["r2"] == {"approve": 180, "disapprove": 120, "abstain": 0}


def test_ids_tell_people_of_one_name_apart():
    (result,) = results_json([an_election()])

    assert result["outcome"]["runoff"] == {"seats": 1, "candidates": ["王海", "王海"]}
    assert result["elected_ids"] == ["r1"]
    assert result["runoff_ids"] == ["r2", "r3"]


def test_a_ticket_vote_elects_nobody():
    contest = a_contest(Kind.TICKET_VOTE, "王海")
    attendance, counts = meeting(33, 30), votes(30, 20)
    outcome = decide(contest, attendance, counts, load_rule_set(TICKET))

    assert contest_results(contest, attendance, counts, outcome)["elected_ids"] == []


def test_the_same_bytes_every_time():
    first, second = results_bytes(results_json([an_election()])), results_bytes(results_json([an_election()]))

    assert first == second
    assert first.endswith(b"]\n")
    assert "陈静".encode() in first
    assert json.loads(first)[0]["contest"] == "one"


def test_a_tie_that_the_presidium_decides_has_no_run_off():
    rules = changed_rules(ELECTION, tie_at_last_seat="presidium_decides")
    contest = a_contest(Kind.ELECTION, "陈静 王海 李娟", seats=2)
    attendance, counts = meeting(300, 300), votes(300, 200, 180, 180)
    result = contest_results(contest, attendance, counts, decide(contest, attendance, counts, rules))

    assert (result["runoff_ids"], result["outcome"]["runoff"]) == ([], None)
    assert result["outcome"]["tied"] == {"seats": 1, "candidates": ["王海", "李娟"]}
