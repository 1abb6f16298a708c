from tally.plan.scales import SCALES, scale_of


def test_grades_of_a_scale_are_distinct() -> None:
    for name, grades in SCALES.items():
        assert len(set(grades)) == len(grades) >= 3, name


def test_grades_name_their_scale() -> None:
    assert [scale_of(grades) for grades in SCALES.values()] == list(SCALES)
    assert scale_of(()) == scale_of(("信任",)) == ""
