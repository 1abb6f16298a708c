"""How a session is begun in the browser: from a template, from files, from a zip; and what the overview says."""

import io
import re
import zipfile
from typing import Any

import pytest

from api.accounts.tokens import csrf_token
from ballots.paper_setting import PaperSetting, PaperUse
from tally.drafting.folder import folder_of_zip, folder_zip
from tests.api.hall import Hall
from tests.api.people import Person
from tests.api.setting_up import official, put, put_example, send, stored, words
from tests.tally.drafting.folders import draft, example_files


def upload(someone: Person, files: list[tuple[str, bytes]], revision: str = "") -> Any:
    data = {"csrf": csrf_token(someone.token), "revision": revision}
    sent = [("files", (name, content, "application/octet-stream")) for name, content in files]
    return someone.client.post("/setup/upload", data=data, files=sent, follow_redirects=False)


def test_a_template_is_a_draft_with_its_checklist(empty_hall: Hall) -> None:
    me = official(empty_hall)
    assert "县党代会选举" in words(me.get("/setup"))
    assert send(empty_hall, me, "/setup/start", starter="county-congress").status_code == 303
    page = words(me.get("/setup"))
    assert "还有 30 个样例姓名，须换成真实名单" in page
    assert "没有错误" in page
    assert send(empty_hall, me, "/setup/start", starter="..").status_code == 422


@pytest.mark.usefixtures("both_databases")
def test_files_and_zips_are_taken_whole(empty_hall: Hall) -> None:
    me = official(empty_hall)
    assert upload(me, list(draft().items())).status_code == 303
    assert stored(empty_hall).files == draft()
    answer = upload(me, [("会议.zip", folder_zip(example_files()))], stored(empty_hall).revision)
    assert answer.status_code == 303
    assert stored(empty_hall).files == example_files()


def test_a_folder_with_a_problem_changes_nothing_and_says_why(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    revision = stored(empty_hall).revision
    broken = draft(roll_csv="编号,姓名,状态\n1,甲,休假\n")
    for files, said in (
        (list(broken.items()), "“休假”不是规定的状态"),
        ([("a.zip", b"PK")], "无法解压"),
        ([("session.toml", b"[")], "不是正确的 TOML"),
        ([("roll.csv", b"")], "缺少"),
        ([("../session.toml", b"")], "不是会议的文件"),
    ):
        answer = upload(me, files, revision)
        assert (answer.status_code, said in words(answer)) == (422, True), words(answer)
    assert upload(me, [], revision).status_code == 422
    assert stored(empty_hall).files == draft()


def test_a_form_for_another_draft_replaces_nothing(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    assert upload(me, list(example_files().items())).status_code == 409
    assert me.post("/setup/start", revision="", starter="blank").status_code == 409
    assert me.post("/setup/session", revision="x", title="y").status_code == 409
    assert stored(empty_hall).files == draft()


def test_the_draft_leaves_as_a_zip_that_another_server_takes(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put_example(empty_hall)
    answer = me.get("/setup/export.zip")
    assert answer.headers["content-disposition"] == 'attachment; filename="qinglan-congress-14-3.zip"'
    assert folder_of_zip(answer.content) == example_files()
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None


@pytest.mark.usefixtures("both_databases")
def test_facts_are_edited(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    fields = {"id": "small", "title": "大会", "kind": "congress", "date": "2026-12-09", "place": "", "paper": "off"}
    assert send(empty_hall, me, "/setup/session", **fields).status_code == 303
    assert (stored(empty_hall).plan.info.title, stored(empty_hall).plan.info.date) == ("大会", "2026-12-09")
    refused = send(empty_hall, me, "/setup/session", **{**fields, "title": ""})
    assert refused.status_code == 422
    assert "没有保存，请改正" in words(refused)
    assert stored(empty_hall).plan.info.title == "大会"


def test_what_kiosks_print_is_chosen_with_the_facts(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    page = me.get("/setup/session")
    assert re.search(r'name="paper" value="off" required checked', page.text)
    assert "六十个等次就像签名" in words(page)
    assert not re.search(r'name="paper_evaluations"[^>]* checked', page.text)
    fields = {"id": "small", "title": "小会", "kind": "congress", "date": "2026-12-08", "place": "礼堂"}
    assert send(empty_hall, me, "/setup/session", **fields, paper="audit").status_code == 303
    assert stored(empty_hall).plan.info.paper == PaperSetting(PaperUse.AUDIT)
    both = {**fields, "paper": "record", "paper_evaluations": "yes"}
    assert send(empty_hall, me, "/setup/session", **both).status_code == 303
    assert stored(empty_hall).plan.info.paper == PaperSetting(PaperUse.RECORD, evaluations=True)
    page = me.get("/setup/session")
    assert re.search(r'name="paper" value="record" required checked', page.text)
    assert re.search(r'name="paper_evaluations"[^>]* checked', page.text)
    assert "打印选票，人工计票的以纸票为准，测评也打印" in words(me.get("/setup"))
    refused = send(empty_hall, me, "/setup/session", **fields, paper="sometimes")
    assert (refused.status_code, "没有保存，请改正" in words(refused)) == (422, True)
    assert stored(empty_hall).plan.info.paper.use is PaperUse.RECORD


def test_names_are_text_on_every_page(empty_hall: Hall) -> None:
    me = official(empty_hall)
    roll = "编号,姓名,状态\n1,<script>x,正常\n2,乙,正常\n"
    put(empty_hall, draft(roll_csv=roll, committee_csv="编号,姓名,单位\nA1,<script>y,<b>\nA2,郑七,\n"))
    paths = ("", "/tables/roll", "/tables/contest:committee", "/contests/committee/order", "/contests/committee/ballot")
    for path in paths:
        assert not re.search(r"<script>|<b>\s*<", me.get(f"/setup{path}").text), path


def test_what_is_not_there_is_a_page_too(empty_hall: Hall) -> None:
    me = official(empty_hall)
    for path in ("/session", "/tables/roll", "/contests", "/counting", "/create", "/export.zip"):
        assert me.get(f"/setup{path}").status_code == 409
    put(empty_hall)
    for path in ("/tables/x", "/tables/roll/rows/99", "/contests/x", "/contests/x/ballot", "/rules/x"):
        assert me.get(f"/setup{path}").status_code == 404, path
    put(empty_hall, {"session.toml": b"["})
    assert me.get("/setup").status_code == 200
    assert me.get("/setup/session").status_code == 409
