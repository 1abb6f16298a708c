"""What people type: numbers in any digits, nothing filled in for them, errors that name the field."""

import pytest

from ballots.void_reasons import VoidReason
from kiosk.station_page import forms
from kiosk.station_page.problems import Wrong
from tally.entries.contests import Box, ClassCards
from tally.state import ContestState
from tests.api.world import voting_world
from voting_core.errors import InputError


@pytest.fixture(scope="module")
def held() -> ContestState:
    world, contest = voting_world()
    return world.state.contest(contest.id)


GOOD = {"should_attend": "１２", "present": " 10 ", "drawn_delegate": "10", "test_delegate": "0"}


def test_attendance_takes_full_width_digits(held: ContestState) -> None:
    body = forms.attendance(GOOD, held)
    assert (body.should_attend, body.present, body.cards) == (12, 10, (ClassCards("delegate", 10, 0),))
    assert body.boxes == ()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"present": ""}, "实到"),
        ({"present": "ten"}, "实到"),
        ({"present": "-1"}, "实到"),
        ({"present": "1.5"}, "实到"),
        ({"present": "٣"}, "实到"),
        ({"present": "9" * 30}, "实到"),
        ({"drawn_delegate": ""}, "已领卡"),
        ({"test_delegate": ""}, "查验卡"),
        ({"present": "13"}, "实到不得多于应到"),
        ({"should_attend": "0", "present": "0"}, "实到不得多于应到"),
    ],
)
def test_a_wrong_number_is_named(held: ContestState, changes: dict[str, str], named: str) -> None:
    with pytest.raises(Wrong) as caught:
        forms.attendance({**GOOD, **changes}, held)
    assert named in caught.value.said.zh
    assert caught.value.said.en


def test_a_reason_must_be_chosen(held: ContestState) -> None:
    assert forms.abandonment({"reason": "cards"}, held).reason == "cards"
    for form in ({}, {"reason": "because"}):
        with pytest.raises(Wrong):
            forms.abandonment(form, held)


def test_the_code_that_was_heard_is_read_as_people_type_it(held: ContestState) -> None:
    assert forms.comparison({"root_code": " ol1i 0000-0000 0000 0000 "}, held).root_code == "0111-0000-0000-0000-0000"
    with pytest.raises(InputError):
        forms.comparison({"root_code": "0111"}, held)


def test_the_reserve_needs_a_class_and_a_number() -> None:
    assert forms.reserve({"class": "delegate", "count": "3"}).count == 3
    for form in ({"class": "", "count": "3"}, {"class": "delegate"}):
        with pytest.raises(Wrong):
            forms.reserve(form)


def test_paper_agrees_only_when_every_total_does(held: ContestState) -> None:
    form = {"papers": "0", "count_0_0": "0", "count_0_1": "0", "count_0_2": "0"}
    # Nothing is counted in this contest yet, so that no totals can agree.
    assert not forms.paper(form, held).agrees
    with pytest.raises(Wrong, match="whole number"):
        forms.paper({**form, "count_0_1": ""}, held)


def sheet_form(**changes: str) -> dict[str, str]:
    counts = {f"void_{reason.value}": "0" for reason in VoidReason}
    marks = {"count_0_0": "5", "count_0_1": "1", "count_0_2": "0", "unreadable_0": "0"}
    head = {"box": "第一票箱", "sheet": "单一", "issued": "7", "returned": "7", "write_ins": "李四 2\n\n王五，1"}
    return {**counts, **marks, **head, **changes}


def test_a_sheet_adds_up_what_is_void(held: ContestState) -> None:
    body = forms.sheet(sheet_form(void_blank="1"), held)
    assert (body.box, body.sheet, body.replaces, body.invalid) == ("第一票箱", "单一", "", 1)
    assert body.counts == ((5, 1, 0),)
    assert [(line.name, line.approve) for line in body.write_ins] == [("李四", 2), ("王五", 1)]
    assert [(item.reason, item.count) for item in body.void_reasons] == [(VoidReason.BLANK, 1)]


@pytest.mark.parametrize(
    "changes", [{"sheet": " "}, {"void_blank": ""}, {"write_ins": "李四"}, {"write_ins": "李四 x"}]
)
def test_a_sheet_with_a_gap_is_refused(held: ContestState, changes: dict[str, str]) -> None:
    with pytest.raises(Wrong):
        forms.sheet(sheet_form(**changes), held)


def test_boxes_are_lines_of_a_name_and_a_number() -> None:
    assert list(forms._lines({"boxes": "第一票箱 120\nbox 2 80"}, "boxes")) == [("第一票箱", 120), ("box 2", 80)]
    assert Box("a", 1)
