"""The desk's pages: finding, noting, numbers, and who may do what."""

import pytest

from api.accounts.roles import Role
from api.store.desk_operations import Person as OnRoll
from api.store.desk_operations import replace_roll
from ballots.card import typed_code
from ballots.qr.credential import encode_credential
from tests.api.hall import Hall
from tests.api.people import Person, person
from tests.support.patience import PATIENCE

ROLL = [
    OnRoll("0001", "张伟", "城关镇代表团", should_attend=True, on_leave=False),
    OnRoll("0002", "张伟", "河口乡代表团", should_attend=True, on_leave=False),
    OnRoll("0003", "解学龙", "城关镇代表团", should_attend=True, on_leave=True),
    OnRoll("0004", "王终止", "", should_attend=False, on_leave=False),
]


@pytest.fixture
def desk(hall: Hall) -> Person:
    hall.service.writer.submit(replace_roll(ROLL)).result(PATIENCE)
    return person(hall, Role.DESK)


def note(desk: Person, act: str, delegate: str = "0001", back: str = "0") -> str:
    answer = desk.post("/desk/note", delegate=delegate, act=act, cards_back=back)
    return str(answer.text)


def test_a_badge_leads_to_the_person_and_a_card_is_handed_out_once(hall: Hall, desk: Person) -> None:
    found = desk.post("/desk/find", who="0001").text
    assert "城关镇代表团" in found
    assert "同名" in found
    assert "河口乡" not in found
    assert "请发一张表决卡" in note(desk, "draw_card")
    assert "不要再发第二张" in note(desk, "draw_card")
    assert hall.service.reader.attendance().cards_drawn == 1


def test_a_name_that_two_have_shows_both_with_number_and_delegation(desk: Person) -> None:
    found = desk.post("/desk/find", who="zw").text
    for text in ("0001", "0002", "城关镇代表团", "河口乡代表团", "找到 2 人"):
        assert text in found


@pytest.mark.usefixtures("both_databases")
def test_all_of_a_day_at_the_desk(hall: Hall, desk: Person) -> None:
    assert "迟到" in note(desk, "arrive_late", "0003")
    assert "已离场" in note(desk, "leave", "0003")
    assert "尚未报到" in note(desk, "leave", "0002")
    note(desk, "excuse", "0002")
    note(desk, "draw_card")
    assert "另发一张" in note(desk, "replace_card")
    assert "没有改动" in note(desk, "replace_card")
    assert "交回" in note(desk, "return_card", back="1")
    counts = hall.service.reader.attendance()
    assert (counts.present, counts.departed, counts.on_leave, counts.cards_drawn, counts.cards_back) == (1, 1, 1, 0, 2)
    numbers = desk.get("/desk/attendance").text
    assert "城关镇代表团" in numbers
    assert "未编入代表团" in numbers


def test_who_does_not_attend_cannot_be_noted(desk: Person) -> None:
    found = desk.post("/desk/find", who="0004").text
    assert "不计入应到会" in found
    assert 'name="act"' not in found
    assert "不能报到" in note(desk, "arrive", "0004")
    assert "名册上没有" in note(desk, "arrive", "9999")


@pytest.mark.parametrize(
    ("act", "back"),
    [
        ("vote", "0"),
        ("arrive", ""),
        ("arrive", "x"),
        ("arrive", "٣"),
        ("arrive", "100"),
        pytest.param("arrive", "0" * 5_000, id="long"),
    ],
)
def test_a_form_that_is_not_whole_changes_nothing(hall: Hall, desk: Person, act: str, back: str) -> None:
    answer = desk.post("/desk/note", delegate="0001", act=act, cards_back=back)
    assert answer.status_code == 422
    assert hall.service.reader.attendance().present == 0


def test_a_voting_card_scanned_by_mistake_is_told_and_not_repeated(hall: Hall, desk: Person) -> None:
    session = bytes(range(32))
    for code in (
        encode_credential(hall.world.cards[0], session).reveal(),
        typed_code(hall.world.cards[0], session).reveal(),
    ):
        answer = desk.post("/desk/find", who=code)
        assert answer.status_code == 422
        assert "表决卡不要在这里扫描" in answer.text
        assert code not in answer.text
    assert "没有找到" in desk.post("/desk/find", who="<b>x</b>").text
    assert desk.get("/desk/find").status_code == 303
    assert desk.get("/desk/note").status_code == 303


def test_an_official_looks_and_does_not_note(hall: Hall, desk: Person) -> None:
    official = person(hall, Role.OFFICIAL)
    assert 'name="act"' in desk.post("/desk/find", who="0001").text
    assert 'name="act"' not in official.post("/desk/find", who="0001").text
    assert official.post("/desk/note", delegate="0001", act="arrive", cards_back="0").status_code == 403
    assert person(hall, Role.SCRUTINEER).get("/desk").status_code == 403
    assert hall.service.reader.attendance().present == 0


def test_what_is_found_while_typing_is_a_part_of_the_page(desk: Person) -> None:
    part = desk.post("/desk/find", who="xxl", headers={"X-Part": "people"}).text
    assert "<html" not in part
    assert "解学龙" in part
    assert "没有找到" in desk.post("/desk/find", who="qqq", headers={"X-Part": "people"}).text


@pytest.mark.usefixtures("both_databases")
def test_live_numbers_are_parts_of_the_same_pages(desk: Person) -> None:
    note(desk, "arrive")
    for path in ("/desk/now", "/desk/attendance/now"):
        part = desk.get(path).text
        assert "<html" not in part
        assert "实到会" in part


def test_a_list_is_printed_when_there_is_something_to_print(hall: Hall, desk: Person) -> None:
    answer = desk.get("/desk/list.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["cache-control"] == "no-store"
    hall.service.writer.submit(replace_roll([])).result(PATIENCE)
    assert desk.get("/desk/list.pdf").status_code == 409
