from tally.plan.scales import SCALES


def test_grades_of_a_scale_are_distinct() -> None:
    for name, grades in SCALES.items():
        assert len(set(grades)) == len(grades) >= 3, name
