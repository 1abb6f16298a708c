from tally.plan import read_plan
from tally.report.beside import RECORD_ALONE, Beside, beside_plan
from tests.tally.plan.files import small_files
from tests.tally.plan.test_earlier import plan
from tests.tally.report.evaluations import earlier


def test_a_person_is_known_by_number_and_name() -> None:
    one = earlier("0078", "李红香", 200)
    beside = Beside(trust=(one, earlier("0079", "李红香", 100), earlier("0078", "李红", 100)))
    assert beside.trust_of("0078", "李红香") == (one,)
    assert RECORD_ALONE.trust_of("0078", "李红香") == ()


def test_a_plan_has_the_roll_and_what_an_earlier_session_left() -> None:
    left = plan()
    beside = beside_plan(left)
    assert beside.roll is not None
    assert beside.roll.should_attend == left.roll.should_attend
    assert [one.name for one in beside.trust] == ["李红香"]
    assert beside_plan(read_plan(small_files())).trust == ()
