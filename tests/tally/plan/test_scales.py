from tally.plan.scales import NEUTRAL_GRADES, SCALES
from voting_core.params import MAX_MARKS


def test_scales_have_distinct_grades_that_fit_a_contest() -> None:
    for marks in SCALES.values():
        assert len(set(marks)) == len(marks)
        assert 2 <= len(marks) <= MAX_MARKS


def test_the_number_in_a_scale_is_its_number_of_grades() -> None:
    assert all(len(marks) == int(name[-1]) for name, marks in SCALES.items())


def test_a_scale_has_at_most_one_neutral_grade_and_it_is_the_last() -> None:
    for marks in SCALES.values():
        assert [mark for mark in marks if mark in NEUTRAL_GRADES] in ([], [marks[-1]])
