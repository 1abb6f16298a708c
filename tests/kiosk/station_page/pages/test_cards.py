"""Cards: what the form asks for, and that the sheets are gone when they are erased."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kiosk.station_page.meeting import CARDS, Meeting, known_cards
from tests.kiosk.station_page.page_hall import page_hall

pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture
def meeting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meeting]:
    with page_hall(tmp_path) as hall:
        held = Meeting(hall, known_cards(monkeypatch))
        held.begin()
        yield held


WRONG: tuple[tuple[dict[str, str | None], str], ...] = (
    ({"witnessed": None}, "第二名监票人"),
    ({"slots": "0"}, "从 1 到 32"),
    ({"slots": "33"}, "从 1 到 32"),
    ({"drawn_0": "0", "test_0": "0", "reserve_0": "0"}, "请填写张数"),
    ({"drawn_0": "20000"}, "合计不超过"),
    ({"test_0": "x"}, "第 1 行"),
    ({"label_0": ""}, "卡面字样"),
    ({"classes_0": "Delegate"}, "类别"),
    ({"classes_0": ""}, "类别"),
)


def test_an_order_that_is_wrong_makes_nothing(meeting: Meeting) -> None:
    for changes, words in WRONG:
        form = {key: value for key, value in {**CARDS, **changes}.items() if value is not None}
        assert words in meeting.first.refused("/cards/make", on="/cards", **form)
        assert meeting.first.station.printed is None
        assert meeting.first.station.lists is None


def test_the_sheets_are_there_until_they_are_erased(meeting: Meeting) -> None:
    first = meeting.first
    assert first.http.get("/cards/lists.json").status_code == 404
    first.done("/cards/make", on="/cards", **CARDS)
    sheet = first.http.get("/cards/sheet-0.pdf")
    assert sheet.headers["cache-control"] == "no-store"
    assert "object-src 'self'" in sheet.headers["content-security-policy"]
    assert first.http.get("/cards/sheet-1.pdf").status_code == 404
    assert 'action="/cards/make"' not in first.get("/cards")
    assert "清点" in first.refused("/cards/erase", on="/cards")
    first.done("/cards/erase", on="/cards", counted="on")
    assert first.http.get("/cards/sheet-0.pdf").status_code == 404
    assert first.station.lists is not None
    assert first.station.lists.code in first.get("/cards")


def test_cards_that_were_printed_are_not_made_worthless_by_mistake(meeting: Meeting) -> None:
    first = meeting.first
    assert 'name="again"' not in first.get("/cards")
    first.done("/cards/make", on="/cards", **CARDS)
    first.done("/cards/erase", on="/cards", counted="on")
    lists = first.station.lists
    assert 'name="again"' in first.get("/cards")
    assert "先前印好的卡都不能用" in first.refused("/cards/make", on="/cards", **CARDS)
    assert first.station.lists == lists
    first.done("/cards/make", on="/cards", again="on", **CARDS)
    assert first.station.printed is not None


def test_what_is_no_list_is_refused(meeting: Meeting) -> None:
    page = meeting.second.refused("/cards/load", on="/cards", files={"lists": ("x.json", b"{}")})
    assert "不是卡的公钥名单" in page
    assert meeting.second.station.lists is None


def test_reserves_that_differ_are_not_signed(meeting: Meeting) -> None:
    meeting.first.done("/cards/make", on="/cards", **CARDS)
    meeting.second.station.keep_lists(meeting.first.station.lists)  # type: ignore[arg-type]
    meeting.first.done("/cards/reserve", on="/cards", count="1", **{"class": "delegate"})
    meeting.second.done("/cards/reserve", on="/cards", count="2", **{"class": "delegate"})
    meeting.second.until(lambda station: len(station.snapshot.proposals) == 2)
    assert "delegate" not in meeting.hall.state.reserve
    assert "封存备用张数" in meeting.first.refused("/cards/reserve", on="/cards", **{"class": "delegate"})


def test_a_sample_has_no_secret_and_can_be_printed_first(meeting: Meeting) -> None:
    flat, folded = (meeting.first.http.get(f"/cards/sample.pdf?folded={number}") for number in (0, 1))
    assert flat.content.startswith(b"%PDF")
    assert folded.content.startswith(b"%PDF")
    assert flat.content != folded.content
    assert meeting.first.station.printed is None
