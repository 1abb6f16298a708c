import re
from dataclasses import replace

import pytest

from ballots.contest import Capture, Contest, Detail, Kind, Row, WriteIns, WriteInWay
from ballots.screen import pages
from ballots.screen.ballot import Shape, Sight, ballot_view, button_of, is_paper
from ballots.screen.words import Language, Said
from tally.drafting.survey import survey
from tally.indicator_words import grade_words
from tests.support.builders import TRUST, small_contest
from tests.tally.drafting.folders import example_files


def election(rows: int = 23) -> Contest:
    return small_contest(rows, at_most={"approve": 5}, seats=5, blank="abstain")


def drawn(contest: Contest, page: int = 0, language: Language = Language.ZH, **marks: str) -> str:
    template = pages._environment("ballots.screen").from_string(
        '{% import "ballot.html" as b with context %}{{ b.ballot(view, page) }}'
    )
    return template.render(view=ballot_view(contest, marks), page=page, lang=language, say=pages._sayer(language))


@pytest.mark.parametrize("shape", Shape)
def test_every_row_stands_on_one_page_in_the_order_of_the_contest(shape: Shape) -> None:
    view = ballot_view(election(), shape=shape)
    rows = [row for page in view.pages for row in page]
    assert [row.id for row in rows] == [row.id for row in election().rows]
    assert [row.number for row in rows] == list(range(1, 24))
    assert [len(page) for page in view.pages] == [10, 10, 3]


def test_nothing_is_preselected() -> None:
    view = ballot_view(election())
    assert view.marked == 0
    assert all(row.mark == "" for page in view.pages for row in page)
    assert " checked" not in drawn(election())


def test_three_buttons_for_each_name() -> None:
    text = drawn(election())
    assert text.count("<fieldset") == 10
    assert len(re.findall(r'type="radio"', text)) == 30
    assert len(set(re.findall(r'name="(row-[0-9]+)"', text))) == 10


def test_the_count_is_in_sight() -> None:
    contest = election()
    marks = {row.id: "approve" for row in contest.rows[: contest.seats]}
    (count,) = ballot_view(contest, marks).counts
    assert (count.used, count.limit, count.full) == (contest.seats, contest.seats, True)
    assert (count.said, count.limit_said) == (Said("已赞成", "Approved"), Said("应选", "Seats"))
    assert not ballot_view(contest).counts[0].full
    assert "已赞成 <b data-used>0</b> / 应选" in drawn(contest)


def test_a_mark_that_was_given_is_shown() -> None:
    text = drawn(election(), **{"0004": "disapprove"})
    assert re.findall(r'name="(row-[0-9]+)" value="([a-z]+)" checked', text) == [("row-4", "disapprove")]


def test_names_are_text() -> None:
    rows = (Row("0001", "<b>&", (Detail("单位", "<i>"),)), *election(8).rows[1:])
    text = drawn(replace(election(8), rows=rows))
    assert "<b>&" not in text
    assert "&lt;b&gt;&amp;" in text
    assert "<i>" not in text


def test_scales_have_their_grades_and_many_grades_take_more_room() -> None:
    view = ballot_view(trust())
    assert [button.said.zh for button in view.buttons] == list(TRUST)
    assert (view.wide, len(view.pages[0])) == (False, 10)
    many = small_contest(12, ("优秀", "良好", "一般", "较差", "不了解"), kind=Kind.EVALUATION, minimum=8)
    assert (ballot_view(many).wide, len(ballot_view(many).pages[0])) == (True, 5)


@pytest.mark.parametrize(("sight", "rows"), [(Sight(5), 5), (Sight(1), 1), (Sight(10, large=True), 4)])
def test_fewer_names_at_a_time_keep_the_row_in_sight(sight: Sight, rows: int) -> None:
    view = ballot_view(election(), sight=replace(sight, first=14))
    assert len(view.pages[view.page]) == rows
    assert 15 in [row.number for row in view.pages[view.page]]
    assert ballot_view(election(), sight=replace(sight, first=99)).page == len(view.pages) - 1


def test_the_overview_counts_by_tens_however_many_are_shown() -> None:
    marks = {row.id: "abstain" for row in election().rows[10:]}
    view = ballot_view(election(), marks, sight=Sight(5, first=12))
    assert [(ten.first, ten.last, ten.marked, ten.shown, ten.done) for ten in view.tens] == [
        (1, 10, 0, False, False),
        (11, 20, 10, True, True),
        (21, 23, 3, False, True),
    ]


def test_empty_rows_are_counted_as_what_they_count_as() -> None:
    contest = replace(election(), blank="approve")
    (count,) = ballot_view(contest, {contest.rows[0].id: "disapprove"}).counts
    assert count.used == 22


def test_at_the_kiosk_every_mark_is_a_button_and_all_chosen_ones_look_alike() -> None:
    template = pages._environment("ballots.screen").from_string(
        '{% import "ballot.html" as b with context %}{{ b.ballot_rows(view, 0, taps=True) }}'
    )
    view = ballot_view(election(), {"0001": "approve", "0002": "disapprove"})
    text = template.render(view=view, lang=Language.ZH, say=pages._sayer(Language.ZH))
    pressed = re.findall(r'<button class="([^"]*)"[^>]*aria-pressed="true"', text)
    assert pressed == ["ballot-mark", "ballot-mark"]
    assert text.count("<button") == 30


def trust() -> Contest:
    found = survey(example_files()).contest("trust")
    assert found is not None
    return found


def test_ticket_votes_say_agree() -> None:
    contest = replace(election(), kind=Kind.TICKET_VOTE)
    assert button_of(contest, "disapprove").said == Said("不同意", "Disagree")
    assert button_of(election(), "disapprove").said == Said("不赞成", "Disapprove")


def test_english_grades_are_those_of_the_reports() -> None:
    for mark in ("信任", "基本信任", "不信任", "较差", "较好", "差", "不称职", "不胜任", "不认同", "不了解"):
        assert button_of(trust(), mark).said.en.lower() == grade_words(mark).en
    assert button_of(trust(), "自定").said == Said("自定", "自定")


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (WriteInWay.SLIPS, "另选人纸条"),
        (WriteInWay.WAIVED, "不设另选他人"),
        (WriteInWay.PAPER, "写姓名"),
        (WriteInWay.NONE, ""),
    ],
)
def test_how_others_are_chosen_is_said(way: WriteInWay, words: str) -> None:
    contest = replace(election(), write_ins=WriteIns(way, "1号" if way is WriteInWay.WAIVED else ""))
    assert words in drawn(contest, page=2)
    assert drawn(contest, page=2).count("ballot-rule") == (contest.seats if way is WriteInWay.PAPER else 0)
    assert drawn(contest, page=0).count("ballot-rule") == 0


def test_what_an_empty_row_means_is_said() -> None:
    assert "没有表态的一行视为弃权" in drawn(election())
    assert "每一行都须表态" in drawn(replace(election(), blank=""))
    assert "counts as: abstain" in drawn(election(), language=Language.EN)


def test_paper_is_told_from_kiosks() -> None:
    assert not is_paper(election())
    assert is_paper(replace(election(), capture=Capture.HAND))
