import pytest

from tally.plan.problems import InputErrors, Problems
from tally.plan.roll_changes import read_roll_changes
from tally.plan.source import PlanFiles
from tally.roll.history import History
from tally.roll.person import Roll
from tests.tally.roll.people import make_person

HEAD = "变更号,编号,姓名,事项,生效日期,截止日期,决定机关,依据,报备,记录日期,更正\n"
LINE = "c1,1,赵一,调离本县,2026-03-01,,党委,青组〔2026〕12号,上级党委,2026-03-02,\n"
ROLL = Roll((make_person("1", name="赵一"), make_person("2", name="钱二")), day="2026-12-08")


def read(text: str) -> History:
    problems = Problems()
    history = read_roll_changes(PlanFiles({"c.csv": text.encode()}, problems), "here", "c.csv", ROLL, problems)
    problems.refuse()
    assert history is not None
    return history


def refused(text: str) -> InputErrors:
    with pytest.raises(InputErrors) as caught:
        read(text)
    return caught.value


def test_a_table_is_read_as_it_is_written() -> None:
    (change,) = read(HEAD + LINE).changes
    assert (change.delegate, change.event.word, change.filed, change.place) == ("1", "调离本县", True, "c.csv, line 2")
    assert ",".join(change.to_row()) == LINE.replace("赵一,", "").strip()


def test_optional_columns_may_be_missing() -> None:
    text = "变更号,编号,事项,生效日期,决定机关,依据,记录日期\nc1,2,去世,2026-03-01,无须决定,民〔2026〕1号,2026-03-02\n"
    assert read(text).changes[0].corrects == ""


@pytest.mark.parametrize(
    ("old", "new", "column", "says"),
    [
        ("调离本县", "升职", "事项", '"升职" is not an event'),
        ("党委", "办公室", "决定机关", '"办公室" is nobody who decides'),
        ("c1,1,", "c1,9,", "编号", 'there is no "9" on the roll'),
        ("赵一", "钱二", "姓名", '"钱二" is not the name of 1'),
        ("上级党委", "市里", "报备", '"市里" is nobody to file with'),
        ("党委,青", "代表大会,青", "决定机关", "is not decided by 代表大会"),
        ("2026-03-01", "2026-3-1", "生效日期", "is not a day"),
        ("c1,1", ",1", "变更号", "is empty"),
    ],
)
def test_a_line_that_cannot_be_used(old: str, new: str, column: str, says: str) -> None:
    assert old in LINE
    error = refused(HEAD + LINE.replace(old, new, 1))
    assert error.place == f"c.csv, line 2, column {column}"
    assert says in error.problem
    assert error.total == 1


def test_all_problems_come_at_once_and_transitions_after_them() -> None:
    again = LINE.replace("c1", "c2").replace("调离本县", "罢免").replace("党委,青", "选举单位,青", 1)
    late = LINE.replace("c1", "c3").replace("2026-03-01", "2026-05-01")
    assert read(HEAD + LINE + again.replace("2026-03-01", "2026-04-01")).last_day == "2026-04-01"
    error = refused(HEAD + LINE + again.replace("2026-03-01", "2026-04-01") + late)
    assert error.place == "c.csv, line 4, column 事项"
    assert "cannot follow 罢免, c.csv, line 3" in error.problem


def test_missing_columns() -> None:
    assert '"更正"' not in refused("变更号,编号\nc1,1\n").problem
    assert '"依据"' in refused("变更号,编号\nc1,1\n").problem
