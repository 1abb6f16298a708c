"""With what the rest may be filled by one touch, and with what not."""

from dataclasses import replace

from ballots.contest import Kind
from ballots.screen.rest import rest_marks
from tests.support.builders import TRUST, small_contest


def test_nobody_is_elected_by_a_touch_for_all() -> None:
    assert rest_marks(small_contest(5)) == ("disapprove", "abstain")
    ticket = replace(small_contest(5), kind=Kind.TICKET_VOTE, marks=("agree", "disapprove", "abstain"))
    assert rest_marks(ticket) == ("agree", "disapprove", "abstain")


def test_a_scale_fills_with_every_grade_but_those_with_a_quota() -> None:
    scale = small_contest(9, TRUST, kind=Kind.EVALUATION, minimum=8)
    assert rest_marks(scale) == TRUST
    quota = small_contest(9, ("优秀", "称职"), kind=Kind.ASSESSMENT, at_most={"优秀": 2}, minimum=8)
    assert rest_marks(quota) == ("称职",)


def test_options_are_chosen_one_by_one_and_a_motion_has_no_rest() -> None:
    options = small_contest(4, ("chosen", "not_chosen"), kind=Kind.QUESTIONNAIRE)
    assert rest_marks(options) == ("not_chosen",)
    assert rest_marks(small_contest(1, kind=Kind.MOTION)) == ()
