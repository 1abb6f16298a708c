import pytest

from api.pages.setup_people import PAGE_ROWS
from tests.api.hall import Hall
from tests.api.setting_up import official, put, put_example, send, stored, words
from tests.tally.drafting.folders import draft

LIST = "/setup/tables/contest:committee"


def test_a_long_table_is_shown_in_pages_and_found_in(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put_example(empty_hall)
    first = me.get("/setup/tables/roll")
    assert first.text.count("/rows/") == PAGE_ROWS
    assert "第 1 / 4 页" in words(first)
    assert me.get("/setup/tables/roll?page=4").text.count("/rows/") == 12
    assert "共 312 行 · 符合 1 行" in words(me.get("/setup/tables/roll?q=史刚平"))
    for number in ("0", "-1", "x", "99", "9" * 40):
        assert me.get(f"/setup/tables/roll?page={number}").status_code == 200
    assert "没有符合的行" in words(me.get("/setup/tables/roll?q=查无此人"))


def test_what_every_row_must_have_has_a_column_of_its_own(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put_example(empty_hall)
    page = words(me.get("/setup/tables/roll?q=史刚平"))
    assert "单位 状态 职务 · 团长 修改" in page
    assert "城关镇 正常 党委副书记 · 团长 修改" in page


@pytest.mark.usefixtures("both_databases")
def test_a_row_is_added_changed_moved_and_removed(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)

    def names() -> list[str]:
        return [row.name for row in stored(empty_hall).plan.contests[0].rows]

    assert send(empty_hall, me, f"{LIST}/rows", **{"cell-编号": "A9", "cell-姓名": "冯九"}).status_code == 303
    assert names() == ["吴六", "郑七", "王八", "冯九"]
    assert 'value="冯九"' in me.get(f"{LIST}/rows/3").text
    assert send(empty_hall, me, f"{LIST}/rows/3", **{"cell-姓名": "冯十"}).status_code == 303
    send(empty_hall, me, f"{LIST}/rows/3", action="up")
    assert names() == ["吴六", "郑七", "冯十", "王八"]
    send(empty_hall, me, f"{LIST}/rows/2", action="down")
    asked = send(empty_hall, me, f"{LIST}/rows/3", action="remove").headers["location"]
    assert "删除这一行？ 编号 A9 姓名 冯十" in words(me.get(asked))
    assert len(names()) == 4
    send(empty_hall, me, asked)
    assert names() == ["吴六", "郑七", "王八"]


def test_a_wrong_row_keeps_what_was_typed(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    answer = send(empty_hall, me, f"{LIST}/rows", **{"cell-编号": "A1", "cell-姓名": "冯九"})
    assert answer.status_code == 422
    assert "与第 2 行重复" in words(answer)
    assert 'value="冯九"' in answer.text
    answer = send(empty_hall, me, "/setup/tables/roll/rows/0", **{"cell-状态": "休假"})
    assert (answer.status_code, 'value="休假"' in answer.text) == (422, True)
    assert stored(empty_hall).files == draft()


def test_a_row_that_is_wrong_already_says_why(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall, draft(roll_csv="编号,姓名,状态\n1,甲,正常\n2,乙,休假\n"))
    page = me.get("/setup/tables/roll")
    assert page.text.count('class="wrong"') == 1
    assert "“休假”不是规定的状态" in words(page)


def test_a_file_that_is_no_table_can_be_replaced(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall, draft(roll_csv=b"\xff\xfe"))
    answer = me.get("/setup/tables/roll")
    assert "UTF-16" in words(answer)
    assert "上传并预览" in words(answer)
