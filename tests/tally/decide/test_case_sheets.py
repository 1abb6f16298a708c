"""The sheet of an election in a file of cases."""

import pytest

from tally.decide.case_file import Case, open_fields
from tally.decide.case_sheets import body_of, lines_of, named_body, read_sheet, stage_of
from tally.decide.election_sheet import WriteIn
from tests.tally.decide.contests import LOCAL, changed_rules
from voting_core.errors import EncodingError

CANDIDATES = [{"name": "王海", "approve": 3, "disapprove": 2, "abstain": 1}]
WRITE_IN = {"allowed": True, "requires": "disapprove", "max": "per_disapproved_candidate"}
WRITE_IN |= {"unmarked": "invalidate_ballot", "without_disapprove": "ignore_item"}


def case(**fields):
    return Case(id="X", kind="election_tally", fields=fields, rule_sets={}, names={})


def sheet(rules=LOCAL, **fields):
    read = open_fields({"seats": 1, "candidates": CANDIDATES, **fields}, "input")
    found = read_sheet(case(), read, rules.family)
    read.done()
    return found


def test_a_sheet():
    assert lines_of(sheet()) == (("王海", (3, 2, 1, 0)),)
    assert sheet().stage == "formal"


@pytest.mark.parametrize("line", [{"approve": 2}, {"agree": 2}, {"votes": 2}, {"approve": 2, "mark": "O"}])
def test_persons_written_in(line):
    assert sheet(write_ins=[{"name": "赵敏", **line}]).write_ins == (WriteIn("赵敏", 2),)


def test_names_without_a_mark_abstain_or_make_the_ballot_void():
    unmarked = [{"name": "赵敏", "approve": 2, "mark": "_"}]

    assert sheet(write_ins=unmarked).write_ins == ()
    with pytest.raises(EncodingError, match="without a mark"):
        sheet(changed_rules("election_local_2020", write_in=WRITE_IN), write_ins=unmarked)


def test_stage_and_body_stand_beside_the_input_or_in_it():
    empty = open_fields({}, "input")

    assert stage_of(case(stage="runoff"), empty) == "runoff"
    assert stage_of(case(), open_fields({"stage": "supplementary"}, "input")) == "supplementary"
    assert body_of(case(body="alternate_member"), empty) == "alternate_member"
    assert body_of(case(), open_fields({"body": "county_committee_member"}, "input")) == "committee_member"
    with pytest.raises(EncodingError, match="stage"):
        stage_of(case(stage="final"), empty)


def test_bodies_by_the_words_of_rule_sets():
    assert named_body("discipline_commission_member") == "discipline_member"
    assert named_body("secretary") == "secretary"


def test_the_approved_order_names_every_candidate():
    two = [*CANDIDATES, {**CANDIDATES[0], "name": "李娟"}]

    assert sheet(candidates=two, approved_order=["李娟", "王海"]).approved_order == ("1", "0")
    assert sheet(candidates=two, superior_approved_order=["王海", "李娟"]).approved_order == ("0", "1")
    with pytest.raises(EncodingError, match="says again"):
        sheet(candidates=two, approved_order=["李娟", "王海"], superior_approved_order=["李娟", "王海"])
    with pytest.raises(EncodingError, match="approved_order"):
        sheet(candidates=two, approved_order=["李娟"])
