"""The two sentences of election cases, from their own numbers and names."""

from dataclasses import replace

import pytest

from tally.decide.case_prose import prose
from tally.decide.election_sheet import Candidate, ElectionSheet
from tests.tally.decide.contests import NAMES, changed_rules, elect, meeting

LOCAL = changed_rules("election_local_2020")


def words(approvals, seats, stage="formal", rules=LOCAL, attendance=None):
    attendance = attendance or meeting(300, 300)
    candidates = tuple(
        Candidate(f"r{n}", name, votes, attendance.valid - votes, 0)
        for n, (name, votes) in enumerate(zip(NAMES, approvals, strict=False), start=1)
    )
    sheet = ElectionSheet(seats=seats, candidates=candidates, stage=stage)
    names = {c.id: c.name for c in candidates}
    outcome = elect(approvals, seats=seats, stage=stage, rules=rules, attendance=attendance)
    return prose(outcome, sheet, names.__getitem__)


@pytest.mark.parametrize(
    ("approvals", "seats", "sentence"),
    [
        ((200, 149), 2, "fill the second seat with 王海 by ranking"),
        ((200, 100, 149), 2, "fill the second seat with 李娟 by ranking"),
        ((200, 149, 148), 3, "fill the second and third seats with 王海 and 李娟 by ranking"),
        ((120, 149, 148), 3, "fill the first, second and third seats with 王海, 李娟 and 陈静 by ranking"),
        ((200, 149), 3, "fill the second seat with 王海 by ranking"),
    ],
)
def test_nobody_below_the_threshold_is_ranked_into_a_seat(approvals, seats, sentence):
    assert words(approvals, seats) == {"never": sentence}


def test_full_seats_need_no_warning():
    assert words((200, 180, 20), 2) == {}
    assert words((200,), 2) == {}


@pytest.mark.parametrize(
    ("approvals", "seats", "meaning"),
    [
        (
            (200, 180, 160),
            2,
            "the two become 正式候选人; the presidium confirms; formal election may then be equal-number",
        ),
        (
            (200, 150),
            2,
            "the one become 正式候选人; one still to be chosen by a further vote; the presidium confirms; "
            "formal election may then be equal-number",
        ),
        (
            (200, 160, 160),
            2,
            "the one become 正式候选人; a further vote among the two tied for one more; the presidium confirms; "
            "formal election may then be equal-number",
        ),
        (
            (20, 20),
            2,
            "nobody becomes 正式候选人; two still to be chosen by a further vote; the presidium confirms; "
            "formal election may then be equal-number",
        ),
    ],
)
def test_what_a_pre_selection_means(approvals, seats, meaning):
    assert words(approvals, seats, "preselection")["meaning"] == meaning


def test_a_tie_that_the_presidium_decides():
    rules = changed_rules("election_local_2020", tie_at_last_seat="presidium_decides")

    assert (
        "the presidium decides between the two tied for one more"
        in words((200, 160, 160), 2, "preselection", rules)["meaning"]
    )


def test_without_a_quorum_there_is_nothing_to_say():
    assert words((150, 100), 2, attendance=meeting(300, 150)) == {}


def test_numbers_beyond_twelve_are_written_in_digits():
    candidates = tuple(Candidate(str(n), f"甲{n}", 151 if n < 20 else 0, 149 if n < 20 else 300, 0) for n in range(24))
    sheet = ElectionSheet(seats=24, candidates=candidates)
    outcome = elect((200,))
    shown = {}
    for elected in (12, 20, 21, 22):
        some = replace(outcome, elected_by_votes=tuple(str(n) for n in range(elected)), shortfall=1)
        shown[elected] = prose(some, sheet, str)["never"].split()[2]

    assert shown == {12: "13th", 20: "21st", 21: "22nd", 22: "23rd"}
