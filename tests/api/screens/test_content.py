from dataclasses import replace
from datetime import date

import pytest

from api.screens.content import (
    NAMES_OF_PAGE,
    RESTRICTED,
    ROWS_OF_PAGE,
    WAITING,
    content_of,
    turnout_of,
    withheld_from_hall,
)
from api.screens.result import BarRow, Bars, Figures, Listed, NameList
from api.screens.screen import HallScreen, Scene
from ballots.screen.words import Said
from tally.entries.outcome import ResultPublished
from tally.state import State, initial
from tests.support.session import SessionBuilder

DAY = date(2026, 12, 8)
RESULT = HallScreen(Scene.RESULT, "motion")


@pytest.fixture(scope="module")
def stages() -> dict[str, SessionBuilder]:
    return SessionBuilder().snapshots("published")


def shown(state: State, screen: HallScreen, turn: int = 0) -> object:
    return content_of(state, screen, turn, DAY)


def test_nothing_is_shown_before_there_is_a_session() -> None:
    assert content_of(initial(), RESULT, 0, DAY).scene is Scene.BLANK
    assert content_of(initial(), HallScreen(Scene.WELCOME), 0, DAY).scene is Scene.WELCOME


def test_the_day_is_written_as_the_hall_reads_it(stages: dict[str, SessionBuilder]) -> None:
    facts = content_of(stages["open"].state, HallScreen(Scene.WELCOME), 0, DAY).facts
    assert facts[-1].endswith("日")
    assert not any("-" in fact for fact in facts)


@pytest.mark.parametrize("stage", ["open", "voted", "closed", "counted", "declared", "signed"])
def test_no_result_is_shown_before_it_is_published(stages: dict[str, SessionBuilder], stage: str) -> None:
    content = content_of(stages[stage].state, RESULT, 0, DAY)
    assert content.withheld == WAITING
    assert content.part is None


def test_a_published_motion_has_its_figures(stages: dict[str, SessionBuilder]) -> None:
    part = content_of(stages["published"].state, RESULT, 0, DAY).part
    assert isinstance(part, Figures)
    assert [figure.said.zh for figure in part.figures] == ["赞成", "不赞成", "弃权", "未投票"]
    assert sum(figure.value for figure in part.figures) == 6
    assert part.verdict.en == "Not passed"


def test_a_restricted_result_stays_out_of_the_hall(stages: dict[str, SessionBuilder]) -> None:
    for scope, withheld in (("restricted", RESTRICTED), ("delegates", None), ("all", None)):
        builder = stages["signed"].fork()
        builder.add(ResultPublished("motion", scope), *builder.officials)
        assert withheld_from_hall(builder.state, builder.contest()) == withheld


def test_the_progress_is_that_of_the_log(stages: dict[str, SessionBuilder]) -> None:
    before, after = (turnout_of(stages[stage].contest()) for stage in ("open", "voted"))
    assert (before.issued, before.cast, before.remaining, before.permille) == (6, 0, 6, 0)
    assert (after.issued, after.cast, after.remaining, after.permille) == (6, 6, 0, 1000)
    assert before.status.en == "Voting is open"


def test_the_progress_tells_no_kiosk_and_nobody(stages: dict[str, SessionBuilder]) -> None:
    text = repr(content_of(stages["voted"].state, HallScreen(Scene.TURNOUT, "motion"), 0, DAY))
    assert "K01" not in text
    assert all(trustee.name not in text for trustee in stages["voted"].state.trustees.values())


def test_long_lists_are_paged_evenly(monkeypatch: pytest.MonkeyPatch, stages: dict[str, SessionBuilder]) -> None:
    rows = tuple(BarRow(str(number), (), "1") for number in range(60))
    people = tuple(Listed(str(number)) for number in range(35))
    parts = (NameList(people, Said("a", "b"), None), Bars(rows, ()), NameList((), Said("a", "b"), None))
    monkeypatch.setattr("api.screens.content.result_parts", lambda *_: parts)
    state = stages["published"].state
    found = [content_of(state, replace(RESULT, page=page, turning=False), 0, DAY) for page in range(10)]
    assert {content.pages for content in found} == {9}
    assert [content.page for content in found] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]
    names = [len(content.part.people) for content in found[:2]]  # type: ignore[union-attr]
    assert names == [17, 18]
    assert max(names) <= NAMES_OF_PAGE
    assert [len(content.part.rows) for content in found[2:8]] == [ROWS_OF_PAGE] * 6  # type: ignore[union-attr]
    assert content_of(state, RESULT, 11, DAY).page == 3
    assert content_of(state, replace(RESULT, page=-1, turning=False), 0, DAY).page == 9
