from tally.audit.comparison import Difference, compare
from tally.audit.papers import Totals
from tests.support.builders import small_contest

CONTEST = small_contest(2)
COUNTED = Totals(3, ((2, 1, 0), (0, 0, 3)))


def test_equal_totals_agree() -> None:
    found = compare(CONTEST, COUNTED, COUNTED)
    assert found.agrees
    assert found.differences == ()
    assert found.body.to_json() == {
        "agrees": True,
        "contest": "committee",
        "counts": [[2, 1, 0], [0, 0, 3]],
        "papers": 3,
    }


def test_each_difference_is_named() -> None:
    found = compare(CONTEST, Totals(3, ((1, 2, 0), (0, 0, 3))), COUNTED)
    assert not found.agrees
    assert not found.body.agrees
    assert found.differences == (
        Difference("0001", "李红香", "approve", 1, 2),
        Difference("0001", "李红香", "disapprove", 2, 1),
    )


def test_a_paper_more_or_less_is_a_difference_even_where_the_rows_agree() -> None:
    none = Totals(1, ((0, 0, 0), (0, 0, 0)))
    assert not compare(CONTEST, none, Totals(0, none.counts)).agrees
