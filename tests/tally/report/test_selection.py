import pytest

from tally.report.model import Facts, Statement, Table
from tally.report.selection import SELECTED, UNDECIDED, selection_blocks, selection_sheet
from tests.tally.report.evaluations import assessment, told
from tests.tally.report.samples import fact, said, table

TIED = (90, 80, 80, 70, 60, 50, 40, 30, 20, 10)


def test_the_tied_at_the_cut_are_left_to_the_presidium() -> None:
    sheet = selection_sheet(told(assessment(*TIED)))
    assert sheet is not None
    assert fact(sheet, "名额上限") == 2
    assert fact(sheet, "入选") == 1
    rows = table(sheet, "按比率为序").rows
    assert [row[-1] for row in rows] == [SELECTED, UNDECIDED, UNDECIDED]
    assert rows[0][2:4] == ("90/100", "90.00%")
    assert "余下 1 个名额在并列者中由大会主席团决定，不得突破名额" in said(sheet)
    assert "1/5，只舍不入，不得突破" in said(sheet)
    assert "须经组织认定" in said(sheet)


def test_without_a_tie_nothing_is_left_open() -> None:
    sheet = selection_sheet(told(assessment(90, 85, *TIED[2:])))
    assert [row[-1] for row in table(sheet, "按比率为序").rows] == [SELECTED] * 2
    assert "并列者" not in said(sheet)


@pytest.mark.parametrize(("returned", "met"), [(103, False), (104, True), (105, True)])
def test_without_the_turnout_nobody_is_proposed(returned: int, met: bool) -> None:
    turnout = {"indicator": "rate_excellent", "quota": [1, 5], "turnout": {"base": "should_attend", **FOUR_FIFTHS}}
    sheet = selection_sheet(told(assessment(*TIED, returned=returned, selection=turnout)))
    assert bool([block for block in sheet.blocks if isinstance(block, Table)]) is met
    assert ("未达到规定数" in said(sheet)) is not met


FOUR_FIFTHS = {"op": "ge", "frac": [4, 5]}


def test_a_quota_of_none_and_no_rate_select_nobody() -> None:
    assert "无人入选" in said(selection_sheet(told(assessment(90, 80))))
    assert "无人入选" in said(selection_sheet(told(assessment(*(0,) * 10))))


def test_who_may_not_know_the_rate_does_not_know_the_selection() -> None:
    contest = assessment(*TIED, told=("delegates", "self"))
    assert selection_blocks(told(contest, "public")) == ()
    assert any(isinstance(block, Facts) for block in selection_blocks(told(contest, "delegates")))


@pytest.mark.parametrize(("row", "verdict"), [("000", SELECTED), ("001", UNDECIDED), ("009", "未入选")])
def test_a_person_knows_of_himself_alone(row: str, verdict: str) -> None:
    contest = assessment(*TIED, told=("self",))
    assert selection_blocks(told(contest, "self", row)) == (Statement(f"评优：{verdict}。"),)


def test_few_ballots_propose_nobody() -> None:
    assert selection_sheet(told(assessment(*(5,) * 10, returned=7))) is None
