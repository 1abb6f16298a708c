"""Ticket votes, motions and evaluations on paper."""

import pytest

from tally.decide.paper import PaperBallot
from tally.decide.paper_votes import count_votes
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import changed_rules
from voting_core.errors import VerificationError

TICKET, MOTION, TRUST = (load_rule_set(name) for name in ("ticket_2004", "resolution_default", "trust_default"))


def count(rules, *lines):
    return count_votes([PaperBallot(tuple(line.split())) for line in lines], len(lines[0].split()), rules)


def test_a_ticket_vote_has_one_mark_a_line():
    found = count(TICKET, "agree disapprove", "agree _", "agree+abstain ?", "? ?")

    assert found.totals[0] == {"agree": 2, "disapprove": 0, "abstain": 0, "item_invalid": 1}
    assert found.totals[1] == {"agree": 0, "disapprove": 1, "abstain": 1, "item_invalid": 1}
    assert found.void == {4: "illegible"}


def test_a_motion_that_cannot_be_read_is_void_as_a_whole():
    found = count(MOTION, "approve", "?", "_", "approve+disapprove")

    assert found.totals == ({"approve": 1, "disapprove": 0, "abstain": 1, "item_invalid": 1},)
    assert found.void == {2: "illegible"}


def test_an_evaluation_has_the_marks_of_its_scale():
    found = count(TRUST, "信任 不信任", "基本信任 _", "弃权 信任+不信任")

    assert found.totals[0] == {"信任": 1, "基本信任": 1, "不信任": 0, "弃权": 1, "item_invalid": 0}
    assert found.totals[1] == {"信任": 0, "基本信任": 0, "不信任": 1, "弃权": 1, "item_invalid": 1}


@pytest.mark.parametrize(("blank", "counted"), [("abstain", "abstain"), ("agree", "agree"), ("", "item_invalid")])
def test_an_untouched_line_is_what_the_rule_set_says(blank, counted):
    assert count(changed_rules("ticket_2004", blank_mark_means=blank), "_ agree").totals[0][counted] == 1


def test_names_written_on_such_a_sheet_count_nowhere():
    found = count_votes([PaperBallot(("agree",), (("赵敏", "O"),))], 1, TICKET)

    assert (found.write_ins, found.invalid_numbers) == ({}, ())


def test_a_mark_of_another_vote():
    with pytest.raises(VerificationError, match=r"^V11\.D: ballot 1 has the symbol 'approve'"):
        count(TICKET, "approve")
