"""The county's own rules as text in the browser: checked beside it, saved only when the checker accepts it."""

from tests.api.hall import Hall
from tests.api.setting_up import official, put, send, stored, words
from tests.tally.drafting.folders import draft
from tests.tally.rules.county_files import TEXT

NEW = "/setup/new-rule-file"
FILE = "/setup/rule-files/qinglan-election.toml"


def test_a_set_is_written_checked_saved_and_removed(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    assert "还没有，全部用系统所带规则" in words(me.get("/setup/rule-files"))
    text = me.get(f"{NEW}?source=election_local_2020")
    assert "inherits = " in words(text)
    name = "qinglan-election.toml"
    checked = send(empty_hall, me, NEW, name=name, text=TEXT, action="check")
    assert checked.status_code == 200
    assert "可以使用" in words(checked)
    assert "不同的各项" in words(checked)
    assert stored(empty_hall).files == draft()
    assert send(empty_hall, me, NEW, name=name, text=TEXT, action="save").headers["location"].startswith(FILE)
    assert stored(empty_hall).files[name] == TEXT.encode()
    assert "可以使用" in words(me.get(FILE))
    assert FILE in me.get("/setup").text
    assert "删除这个规则文件？" in words(me.get(f"{FILE}/remove"))
    send(empty_hall, me, f"{FILE}/remove")
    assert stored(empty_hall).files.keys() == draft().keys()


def test_a_mistake_is_told_beside_the_text_and_nothing_is_saved(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    wrong = TEXT.replace("inherits", "quorum = 0.5\ninherits", 1)
    for action, status in (("check", 200), ("save", 422)):
        answer = send(empty_hall, me, NEW, name="qinglan-election.toml", text=wrong, action=action)
        assert answer.status_code == status
        assert "字段 quorum 0.5 是小数，计票只用整数" in words(answer)
        assert "quorum = 0.5" in answer.text
    assert "不能作规则文件名" in words(send(empty_hall, me, NEW, name="session.toml", text=TEXT, action="check"))
    assert stored(empty_hall).files == draft()


def test_what_is_not_there_is_not_found(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    for path in (FILE, f"{FILE}/remove", f"{NEW}?source=nothing", "/setup/rule-files/session.toml"):
        assert me.get(path).status_code == 404
    assert send(empty_hall, me, FILE, text=TEXT, action="save").status_code == 404
