import pytest

from tally.plan.people import PlanRow, read_roll, read_rows, refuse_empty_roll, with_history
from tally.plan.problems import InputErrors, Problems
from tally.plan.source import PlanFiles
from tally.roll.change import RollChange
from tally.roll.events import Decider
from tally.roll.history import History
from tally.roll.person import Roll
from tally.roll.standing import StatusWord
from tests.tally.roll.changes import make_change
from voting_core.params import MAX_ROWS

HEAD = "编号,姓名,身份,状态\n"


def roll(text: str, *, plenum: bool = False) -> Roll:
    problems = Problems()
    found = read_roll(
        PlanFiles({"roll.csv": text.encode()}, problems), "here", "roll.csv", plenum=plenum, problems=problems
    )
    refuse_empty_roll(found, "roll.csv", plenum=plenum, problems=problems)
    problems.refuse()
    return found


def refused(text: str, *, plenum: bool = False) -> InputErrors:
    with pytest.raises(InputErrors) as caught:
        roll(text, plenum=plenum)
    return caught.value


def test_leave_stays_in_the_base_suspension_and_end_leave_it() -> None:
    lines = "".join(f"{number},人,{word}\n" for number, word in enumerate(StatusWord))
    found = roll(f"编号,姓名,状态\n{lines}")
    assert (found.should_attend, found.present) == (2, 1)
    assert [person.standing.word for person in found.people] == list(StatusWord)


def test_in_a_plenum_only_members_vote() -> None:
    text = HEAD + "1,甲,委员,正常\n2,乙,委员,请假\n3,丙,候补委员,正常\n4,丁,列席,正常\n"
    found = roll(text, plenum=True)
    assert (found.should_attend, found.present) == (2, 1)
    assert [person.votes for person in found.people] == [True, True, False, False]
    assert roll(text).present == 3


def test_unknown_columns_are_kept_in_order() -> None:
    found = roll("编号,民族,姓名,备注,状态\n1,汉族,甲,x,正常\n")
    assert found.people[0].details == (("民族", "汉族"), ("备注", "x"))


def test_names_may_repeat_numbers_may_not() -> None:
    assert roll("编号,姓名,状态\n1,杨光,正常\n2,杨光,正常\n").present == 2
    error = refused("编号,姓名,状态\n1,甲,正常\n2,乙,正常\n1,丙,正常\n")
    assert error.place == "roll.csv, line 4, column 编号"
    assert '"1" stands in line 2' in error.problem


def test_the_old_line_of_an_alternate_who_became_a_member_is_left_out() -> None:
    found = roll(HEAD + "1,甲,委员,正常\n2,乙,候补委员,正常\n1,甲,候补委员,正常\n", plenum=True)
    assert [person.number for person in found.people] == ["1", "2"]
    assert found.present == 1
    assert found.notes == ("roll.csv, line 4, column 身份: 1 甲 is 委员 in line 2; the line as 候补委员 is left out",)


@pytest.mark.parametrize(
    "lines",
    [
        "1,甲,委员,正常\n1,甲,委员,正常\n",
        "1,甲,委员,正常\n1,乙,候补委员,正常\n",
        "1,甲,候补委员,正常\n1,甲,候补委员,正常\n2,乙,委员,正常\n",
        "1,甲,委员,正常\n1,甲,委员,终止\n",
    ],
)
def test_any_other_repetition_in_a_plenum_is_refused(lines: str) -> None:
    assert "stands in line" in refused(HEAD + lines, plenum=True).problem


def test_in_a_congress_no_repetition_is_left_out() -> None:
    assert "stands in line" in refused(HEAD + "1,甲,委员,正常\n1,甲,候补委员,正常\n").problem


@pytest.mark.parametrize("status", ["", "在职", "正 常", "normal"])
def test_unknown_status_names_line_and_words(status: str) -> None:
    error = refused(f"编号,姓名,状态\n1,甲,正常\n2,乙,{status}\n")
    assert error.place == "roll.csv, line 3, column 状态"
    assert "正常, 请假, 暂停, 停止, 终止, 罢免, 增补待确认, 权利暂停" in error.remedy


@pytest.mark.parametrize(
    ("text", "plenum", "column"),
    [
        ("编号,姓名\n1,甲\n", False, "状态"),
        ("编号,姓名,状态\n1,甲,正常\n", True, "身份"),
        ("姓名,状态\n甲,正常\n", False, "编号"),
    ],
)
def test_missing_columns(text: str, plenum: bool, column: str) -> None:
    assert f'the column "{column}" is missing' in refused(text, plenum=plenum).problem


@pytest.mark.parametrize(
    ("line", "column"),
    [(",甲,委员,正常", "编号"), ("9,,委员,正常", "姓名"), ("9,甲,,正常", "身份"), (f"{'9' * 33},甲,委员,正常", "编号")],
)
def test_empty_and_long_cells(line: str, column: str) -> None:
    assert refused(f"{HEAD}1,乙,委员,正常\n{line}\n", plenum=True).place == f"roll.csv, line 3, column {column}"


@pytest.mark.parametrize(("plenum", "line"), [(True, "1,甲,候补委员,正常"), (False, "1,甲,委员,请假")])
def test_a_roll_without_a_voter(plenum: bool, line: str) -> None:
    assert "has nobody" in refused(f"{HEAD}{line}\n", plenum=plenum).problem


def test_all_problems_of_a_roll_come_at_once() -> None:
    error = refused("编号,姓名,状态\n1,甲,x\n1,,y\n")
    assert error.total == 4


SMALL = "编号,姓名,状态\n1,甲,正常\n2,乙,{}\n"
SUSPENDED = make_change("2", "刑事羁押或立案审查", "2026-05-01", decided_by=Decider.CREDENTIALS_COMMITTEE)


def judged(word: str, *changes: RollChange, day: str = "2026-12-08") -> Roll:
    problems = Problems()
    files = PlanFiles({"roll.csv": SMALL.format(word).encode()}, problems)
    found = read_roll(files, "here", "roll.csv", plenum=False, problems=problems, day=day)
    found = with_history(found, History(changes), problems)
    problems.refuse()
    return found


def test_the_history_gives_the_standing_and_its_cause() -> None:
    found = judged("暂停", SUSPENDED)
    assert found.should_attend == 1
    assert found.people[1].cause == SUSPENDED
    assert judged("正常", SUSPENDED, day="2026-04-30").should_attend == 2


def test_leave_of_the_day_may_stand_in_the_roll_alone() -> None:
    found = judged("请假")
    assert (found.should_attend, found.present) == (2, 1)


@pytest.mark.parametrize(
    ("word", "changes", "says"),
    [
        ("正常", (SUSPENDED,), "正常 contradicts roll-changes.csv, line 7: 2 is 暂停 on 2026-12-08"),
        ("请假", (SUSPENDED,), "请假 contradicts roll-changes.csv, line 7: 2 is 暂停 on 2026-12-08"),
        ("终止", (), "终止 has no change behind it: by the history 2 is 正常 on 2026-12-08"),
        ("正常", (make_change("2", "请假", "2026-12-08"),), "by the history 2 is 请假 on 2026-12-08"),
    ],
)
def test_a_status_that_the_history_contradicts(word: str, changes: tuple[RollChange, ...], says: str) -> None:
    with pytest.raises(InputErrors) as caught:
        judged(word, *changes)
    assert caught.value.place == "roll.csv, line 3, column 状态"
    assert says in caught.value.problem
    assert caught.value.total == 1


def rows(text: str) -> tuple[PlanRow, ...]:
    problems = Problems()
    found = read_rows(PlanFiles({"c.csv": text.encode()}, problems), "here", "c.csv", problems)
    problems.refuse()
    return found


def test_rows_of_a_contest_in_the_order_of_the_file() -> None:
    assert rows("编号,姓名,单位\nS2,乙,镇\nS1,甲,\n") == (
        PlanRow("S2", "乙", (("单位", "镇"),)),
        PlanRow("S1", "甲", ()),
    )


@pytest.mark.parametrize("text", ["编号,姓名\n1,甲\n1,乙\n", "编号,姓名\n1,\n", "姓名\n甲\n"])
def test_rows_of_a_contest_that_are_refused(text: str) -> None:
    with pytest.raises(InputErrors):
        rows(text)


def test_thousands_of_rows_are_refused_with_the_reason() -> None:
    text = "编号,姓名\n" + "".join(f"{n},名{n}\n" for n in range(5000))
    with pytest.raises(InputErrors) as caught:
        rows(text)
    assert f"more than {MAX_ROWS} rows" in caught.value.problem
    assert "cannot be read by a delegate" in caught.value.remedy
    assert caught.value.total == 1
