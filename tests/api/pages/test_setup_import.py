from typing import Any

from api.accounts.tokens import csrf_token
from tests.api.hall import Hall
from tests.api.people import Person
from tests.api.setting_up import official, put, send, stored, words
from tests.tally.drafting.folders import draft

GOOD = "编号,姓名,状态\n1,赵一,正常\n8,新八,正常\n"
BAD = GOOD + "8,重复,正常\n9,,休假\n"


def upload(someone: Person, text: str, target: str = "roll", name: str = "名册.csv") -> Any:
    data = {"csrf": csrf_token(someone.token)}
    files = {"file": (name, text.encode(), "text/csv")}
    return someone.client.post(f"/setup/tables/{target}/import", data=data, files=files, follow_redirects=False)


def take(hall: Hall, someone: Person, **fields: str) -> Any:
    page = someone.get("/setup/import").text
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    return send(hall, someone, "/setup/import", digest=digest, **fields)


def test_looking_changes_nothing_and_taking_takes_what_was_seen(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    assert upload(me, GOOD).headers["location"] == "/setup/import"
    page = words(me.get("/setup/import"))
    assert "可导入 2 被拒绝 0 新增编号 1 内容有变 1 不再有 4" in page
    assert stored(empty_hall).files == draft()
    assert take(empty_hall, me).status_code == 303
    assert [person.number for person in stored(empty_hall).plan.roll.people] == ["1", "8"]
    assert me.get("/setup/import").status_code == 409


def test_every_refused_row_is_shown_with_line_reason_and_remedy(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    upload(me, BAD)
    page = words(me.get("/setup/import"))
    assert "“8”与第 3 行重复 → 给其中一行换一个编号" in page
    assert "编号“9”的姓名空着 → 填写姓名" in page
    assert "“休假”不是规定的状态" in page


def test_the_last_columns_of_a_wide_table_are_seen_too(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    columns = "编号,姓名,性别,民族,代表团,单位,职务,团长,状态"
    upload(me, f"{columns}\n1,赵一,男,汉族,一团,甲,乙,是,请假\n8,新八,女,汉族,一团,甲,乙,,正常\n")
    page = words(me.get("/setup/import"))
    assert "职务 团长 · 状态" in page
    assert "乙 是 · 请假" in page


def test_refused_rows_are_left_out_only_by_who_says_so(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    upload(me, BAD)
    answer = take(empty_hall, me)
    assert (answer.status_code, "有 2 行被拒绝" in words(answer)) == (422, True)
    assert stored(empty_hall).files == draft()
    assert take(empty_hall, me, leave_out="yes").status_code == 303
    assert [person.number for person in stored(empty_hall).plan.roll.people] == ["1", "8"]


def test_another_upload_in_between_is_not_taken(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    upload(me, GOOD)
    digest = me.get("/setup/import").text.partition('name="digest" value="')[2].partition('"')[0]
    upload(me, BAD)
    assert send(empty_hall, me, "/setup/import", digest=digest, leave_out="yes").status_code == 409
    assert stored(empty_hall).files == draft()


def test_a_file_that_is_no_table_is_refused_whole(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    for text, name in (("编号\n1\n", "a.csv"), ("x", "a.pdf"), ("", "a.xlsx")):
        upload(me, text, name=name)
        page = words(me.get("/setup/import"))
        assert "这个文件整个不能导入" in page
        assert "略去" not in page
    assert upload(me, GOOD, target="contest:none").status_code == 303
    assert me.get("/setup/import").status_code == 422
    assert send(empty_hall, me, "/setup/tables/roll/import").status_code == 422
