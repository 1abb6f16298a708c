from dataclasses import replace

from immutables import Map

from tally.entries.consultations import ConsultationRecorded
from tally.report.consultation import NO_DECISION, consultation_sheet
from tally.simulate.run import Simulated
from tests.tally.report.samples import said, table

ASKED = ConsultationRecorded(
    id="mayor", title_zh="石桥镇镇长人选", title_en="", members=33, alternates=7, agree=35, disagree=2, no_reply=3
)


def test_numbers_are_told_and_nothing_is_decided(done: Simulated) -> None:
    other = replace(ASKED, id="aaa", title_zh="另一人选")
    state = replace(done.state, consultations=Map({"mayor": ASKED, "aaa": other}))
    (sheet,) = consultation_sheet(state)
    assert [column.title for column in table(sheet).columns][2:] == ["委员", "候补委员", "同意", "不同意", "未回复"]
    assert table(sheet).rows == ((1, "另一人选", 33, 7, 35, 2, 3), (2, "石桥镇镇长人选", 33, 7, 35, 2, 3))
    assert NO_DECISION == "征求意见不产生决定，由县委常委会决定。"
    assert NO_DECISION in said(sheet)


def test_without_a_consultation_there_is_no_sheet(done: Simulated) -> None:
    assert consultation_sheet(done.state) == ()
