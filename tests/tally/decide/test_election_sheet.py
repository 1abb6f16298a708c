"""Counts that no lawful election can have are refused with the line that is wrong."""

import pytest

from tally.decide.election_sheet import Candidate, ElectionSheet, WriteIn, check_sheet
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import changed_rules, meeting
from voting_core.errors import VerificationError

FAMILY = load_rule_set("election_local_2020").family
TEN = meeting(10, 10)


def sheet(*rows, seats=1, write_ins=(), **changes):
    candidates = tuple(Candidate(f"r{n}", name, *counts) for n, (name, *counts) in enumerate(rows, start=1))
    return ElectionSheet(seats=seats, candidates=candidates, write_ins=write_ins, **changes)


def test_a_lawful_sheet():
    check_sheet(sheet(("王海", 5, 3, 2), ("李娟", 4, 4, 1, 1), write_ins=(WriteIn("赵敏", 1),)), TEN, FAMILY)


@pytest.mark.parametrize(
    ("wrong", "culprits"),
    [
        (sheet(("王海", 5, 3, 1)), ("王海",)),
        (sheet(("王海", 5, 3, 2), seats=0), ()),
        (sheet(("王海", 5, 5, 0), write_ins=(WriteIn("王海", 1),)), ("王海",)),
        (sheet(("王海", 5, 5, 0), write_ins=(WriteIn("赵敏", 11),)), ("赵敏",)),
    ],
)
def test_who_is_wrong_is_named(wrong, culprits):
    with pytest.raises(VerificationError) as caught:
        check_sheet(wrong, TEN, FAMILY)

    assert caught.value.culprits == culprits


@pytest.mark.parametrize("votes", [0, 10])
def test_nobody_and_everybody_may_write_somebody_in(votes):
    check_sheet(sheet(("王海", 0, 10, 0), write_ins=(WriteIn("赵敏", votes),)), TEN, FAMILY)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (sheet(("王海", 5, 3, 1)), "王海 add up to 9"),
        (sheet(("王海", 5, 3, 2, 1)), "王海 add up to 11"),
        (sheet(("王海", -1, 9, 2)), "below zero"),
        (sheet(("王海", 5, 3, 2), seats=0), "at least one seat"),
        (sheet(("王海", 10, 0, 0), ("李娟", 1, 9, 0)), "11 approvals are more than 10 valid ballots with 1 seats"),
        (
            sheet(("王海", 8, 2, 0), ("李娟", 2, 8, 0), write_ins=(WriteIn("赵敏", 1),)),
            "11 approvals are more than 10 valid ballots with 1 seats",
        ),
        (sheet(("王海", 9, 1, 0), write_ins=(WriteIn("赵敏", 2),)), "2 persons were written in, .* enough for 1"),
        (sheet(("王海", 5, 5, 0), write_ins=(WriteIn("王海", 1),)), "printed candidate"),
        (sheet(("王海", 5, 5, 0), write_ins=(WriteIn("赵敏", 11),)), "11 wrote in"),
        (sheet(("王海", 5, 5, 0), write_ins=(WriteIn("赵敏", -1),)), "-1 wrote in"),
        (sheet(("王海", 5, 5, 0), write_ins=(WriteIn("赵敏", 1), WriteIn("赵敏", 1))), "twice"),
        (sheet(("王海", 5, 5, 0), stage="runoff", write_ins=(WriteIn("赵敏", 1),)), "run-off"),
    ],
)
def test_contradictions(wrong, problem):
    with pytest.raises(VerificationError, match=problem) as caught:
        check_sheet(wrong, TEN, FAMILY)

    assert caught.value.code == "V11.D"


def test_approvals_exactly_fill_the_seats():
    check_sheet(sheet(("王海", 10, 0, 0), ("李娟", 10, 0, 0), seats=2), TEN, FAMILY)


def test_as_many_written_in_as_disapprovals():
    check_sheet(sheet(("王海", 8, 2, 0), write_ins=(WriteIn("赵敏", 2),)), TEN, FAMILY)


def test_where_nobody_is_written_in():
    family = changed_rules("election_local_2020", write_in={"allowed": False}).family

    check_sheet(sheet(("王海", 5, 5, 0)), TEN, family)
    with pytest.raises(VerificationError, match="no write-ins"):
        check_sheet(sheet(("王海", 5, 5, 0), write_ins=(WriteIn("赵敏", 1),)), TEN, family)


@pytest.mark.parametrize(
    ("changes", "most"),
    [
        ({}, 2),
        ({"requires": "disapprove_or_abstain"}, 3),
        ({"requires": "nothing"}, 2),
        ({"max": "seats"}, 4),
        ({"max": "seats", "requires": "disapprove_or_abstain"}, 6),
        ({"max": "seats", "requires": "nothing"}, None),
    ],
)
def test_names_are_bounded_by_the_lines_that_allow_one(changes, most):
    write_in = {**load_rule_set("election_local_2020").to_json()["write_in"], **changes}
    family = changed_rules("election_local_2020", write_in=write_in).family
    row = ("王海", 7, 2, 1)

    check_sheet(sheet(row, seats=2, write_ins=(WriteIn("赵敏", most or 10),)), TEN, family)
    if most is not None:
        with pytest.raises(VerificationError, match=f"enough for {most}"):
            check_sheet(sheet(row, seats=2, write_ins=(WriteIn("赵敏", most + 1),)), TEN, family)


def test_where_everybody_may_write_in():
    free = {"requires": "nothing", "max": "seats"}
    write_in = {**load_rule_set("election_local_2020").to_json()["write_in"], **free}
    family = changed_rules("election_local_2020", write_in=write_in).family

    check_sheet(sheet(("王海", 5, 0, 5), write_ins=(WriteIn("赵敏", 3),)), TEN, family)
