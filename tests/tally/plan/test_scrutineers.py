import pytest

from tally.plan import InputErrors, read_plan
from tests.tally.plan.files import SESSION, small_files

NAMES = 'names = ["甲", "乙", "丙"]'


def session(names: str = NAMES, more: str = "") -> dict[str, bytes]:
    return small_files(session_toml=SESSION.replace(NAMES, names) + more)


def test_numbers_are_those_of_the_roll() -> None:
    plan = read_plan(session('names = ["甲", "周五"]\nnumbers = ["", "5"]'))
    assert plan.scrutineers.counters.people == (("甲", ""), ("周五", "5"))
    assert plan.scrutineers.quorum == 2


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ('names = ["甲", "周五"]\nnumbers = ["5"]', "1 numbers for 2 names"),
        ('names = ["甲", "周五"]\nnumbers = ["", "99"]', 'there is no "99" on the roll'),
        ('names = ["甲", "周五"]\nnumbers = ["", "1"]', 'is not the name of 1 on the roll, "赵一"'),
        ('names = ["甲", "周五"]\nnumbers = ["", 5]', "is not a list of names"),
        ('names = ["甲", "乙"]\ndifferent = ["丙"]', "is none of the names"),
        ('names = ["甲"]', "2 of 1 scrutineers"),
        (f"names = {['甲'] * 16}", "16 scrutineers"),
    ],
)
def test_wrong_scrutineers_are_refused(names: str, said: str) -> None:
    with pytest.raises(InputErrors, match=said):
        read_plan(session(names))


def test_counters_are_read_likewise() -> None:
    plan = read_plan(session(more='[counters]\nnames = ["丁", "周五"]\nnumbers = ["", "5"]\n'))
    assert plan.counters.people == (("丁", ""), ("周五", "5"))
    assert read_plan(session()).counters.people == ()
    with pytest.raises(InputErrors, match="201 counters"):
        read_plan(session(more=f"[counters]\nnames = {['丁'] * 201}\n"))
