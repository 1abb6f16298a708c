"""`[earlier]` and its tables, through the plan that names them."""

import pytest

from tally.plan import SessionPlan, read_plan
from tally.plan.earlier import read_trust
from tally.plan.problems import InputErrors
from tests.tally.plan.files import SESSION, small_files

EARLIER = f"""
[earlier]
id = "s-1"
title = "上次"
date = 2025-12-08
session = "{"ab" * 32}"
fingerprint = "{"-".join(["2W5N"] * 8)}"
record = "{"cd" * 32}"
succession = "s.csv"
vacancies = 1
failed_nominees = "f.csv"
trust = "t.csv"
"""
SUCCESSION = "顺序,编号,姓名,得票,会议\n1,A1,吴六,120,s-1\n2,A2,郑七,118,s-1\n"
FAILED = "姓名,职务,未通过次数,会议\n蔡玉,石桥镇 镇长,2,s-0；s-1\n"
TRUST = (
    "编号,姓名,表决事项,会议,分母,基数,加权和,加权票数,信任,其他\n0078,李红香,trust,s-1,有效票数,300,25000,290,250,7\n"
)


def plan(**changes: str) -> SessionPlan:
    files = {"session_toml": SESSION + EARLIER, "s_csv": SUCCESSION, "f_csv": FAILED, "t_csv": TRUST, **changes}
    return read_plan(small_files(**files))


def refused(**changes: str) -> InputErrors:
    with pytest.raises(InputErrors) as caught:
        plan(**changes)
    return caught.value


def test_everything_that_an_earlier_session_left() -> None:
    left = plan().earlier
    assert left is not None
    assert (left.id, left.date, left.record, left.vacancies) == ("s-1", "2025-12-08", "cd" * 32, 1)
    assert [(one.number, one.votes, one.place) for one in left.alternates] == [
        ("A1", 120, "s.csv, line 2"),
        ("A2", 118, "s.csv, line 3"),
    ]
    assert (left.failed[0].times, left.failed[0].sessions) == (2, ("s-0", "s-1"))
    (trust,) = left.trust_of("0078", "李红香")
    assert [(rate.id, rate.text) for rate in trust.evaluation.rates] == [("rate_trust", "83.33"), ("其他", "2.33")]
    assert trust.evaluation.index == "86.21"


def test_the_plan_proposes_who_moves_up() -> None:
    proposal = plan().succession
    assert proposal is not None
    assert [one.name for one in proposal.promoted] == ["吴六"]
    without = SESSION + EARLIER.replace("vacancies = 1\n", "")
    assert plan(session_toml=without).succession is None
    assert read_plan(small_files()).succession is None


def test_every_table_may_be_left_out() -> None:
    text = SESSION + EARLIER.partition("succession")[0]
    left = plan(session_toml=text).earlier
    assert left is not None
    assert (left.alternates, left.failed, left.trust) == ((), (), ())


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        (f'"{"ab" * 32}"', '"ab"', "key session", "another form"),
        (f'"{"-".join(["2W5N"] * 8)}"', '"2W5N"', "key fingerprint", "another form"),
        ("vacancies = 1", "vacancies = -1", "key vacancies", "out of range"),
        ('id = "s-1"\ntitle = "上次"', 'title = "上次"', "", "id is missing"),
        ('succession = "s.csv"\n', "", "", '"vacancies" is not known'),
        ('"t.csv"', '"nowhere.csv"', "key trust", "there is no file"),
        ("2025-12-08", '""', "key date", "is not a day"),
    ],
)
def test_what_is_wrong_in_the_session_file(old: str, new: str, place: str, says: str) -> None:
    assert old in EARLIER
    error = refused(session_toml=SESSION + EARLIER.replace(old, new, 1))
    assert error.place == "session.toml, [earlier]" + (f", {place}" if place else "")
    assert says in error.problem


@pytest.mark.parametrize(
    ("table", "old", "new", "place", "says"),
    [
        ("s_csv", "2,A2", "3,A2", "s.csv, line 3, column 顺序", '"3" is not the next number, 2'),
        ("s_csv", "1,A1,吴六,120,s-1\n2", "2", "s.csv, line 2, column 顺序", '"2" is not the next number, 1'),
        ("s_csv", "A2", "A1", "s.csv, line 3, column 编号", "stands in s.csv, line 2 already"),
        ("s_csv", "118", "many", "s.csv, line 3, column 得票", "is no number"),
        ("s_csv", "吴六", "", "s.csv, line 2, column 姓名", "is empty"),
        ("f_csv", ",2,", ",0,", "f.csv, line 2, column 未通过次数", "is no number"),
        ("f_csv", "石桥镇 镇长", "", "f.csv, line 2, column 职务", "is empty"),
        ("f_csv", "s-1\n", "s-1\n蔡玉,石桥镇 镇长,1,s-1\n", "f.csv, line 3, column 姓名", "stands in f.csv, line 2"),
        ("t_csv", ",250,", ",301,", "t.csv, line 2, column 信任", "is no number from 0 to 300"),
        ("t_csv", ",300,", ",三百,", "t.csv, line 2, column 基数", "is no number"),
    ],
)
def test_a_line_that_cannot_be_used(table: str, old: str, new: str, place: str, says: str) -> None:
    text = {"s_csv": SUCCESSION, "f_csv": FAILED, "t_csv": TRUST}[table]
    assert old in text
    error = refused(**{table: text.replace(old, new, 1)})
    assert error.place == place
    assert says in error.problem


def test_a_row_that_is_there_twice() -> None:
    line = TRUST.splitlines()[1]
    error = refused(t_csv=f"{TRUST}{line}\n")
    assert (error.place, error.total) == ("t.csv, line 3, column 编号", 1)
    assert len(plan(t_csv=f"{TRUST}{line.replace('trust', 'other')}\n").earlier.trust) == 2  # type: ignore[union-attr]


def test_the_table_of_trust_is_read_alone() -> None:
    (one,) = read_trust("t.csv", TRUST.encode())
    assert (one.name, one.contest, one.evaluation.index) == ("李红香", "trust", "86.21")
    with pytest.raises(InputErrors, match="is no denominator"):
        read_trust("t.csv", TRUST.replace("有效票数", "人数").encode())
    with pytest.raises(InputErrors, match="neither"):
        read_trust("t.txt", b"")
