import re

import pytest

from tally.rules.loader import load_rule_set
from tests.api.hall import Hall
from tests.api.setting_up import official, put, put_example, send, stored, words
from tests.tally.drafting.folders import draft

NEW = {"id": "trust", "kind": "evaluation", "title": "测评", "rule_set": "trust_default"}


def test_a_contest_is_added_moved_and_removed(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    answer = send(empty_hall, me, "/setup/new-contest", **NEW)
    assert answer.headers["location"].startswith("/setup/tables/contest:trust?saved=")
    assert "有问题" in words(me.get("/setup/contests"))
    assert stored(empty_hall).plan.contests[-1].scale == "trust4"
    motion = {"id": "report", "kind": "motion", "title": "决议", "rule_set": "resolution_default"}
    assert send(empty_hall, me, "/setup/new-contest", **motion).headers["location"].startswith("/setup/contests?saved=")
    send(empty_hall, me, "/setup/contests/report", action="up")
    assert [plan.id for plan in stored(empty_hall).plan.contests] == ["committee", "report", "trust"]
    # What is removed is asked for a second time, with all that goes with it.
    asked = send(empty_hall, me, "/setup/contests/committee", action="remove").headers["location"]
    assert "删除这项表决和它的名单？ 名称 选举委员 名单行数 3" in words(me.get(asked))
    assert len(stored(empty_hall).plan.contests) == 3
    send(empty_hall, me, "/setup/contests/trust/remove")
    send(empty_hall, me, "/setup/contests/report/remove")
    assert set(stored(empty_hall).files) == set(draft())


def test_saving_a_form_as_it_is_changes_nothing(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put_example(empty_hall)
    before = stored(empty_hall)
    for contest in ("committee", "city-delegates", "trust", "work-report"):
        text = me.get(f"/setup/contests/{contest}").text
        fields = dict(re.findall(r'<input id="([a-z_]+)" name="[a-z_]+"[^>]* value="([^"]*)"', text))
        for name, options in re.findall(r'<select id="([a-z_]+)".*?>(.*?)</select>', text, re.DOTALL):
            (fields[name],) = re.findall(r'value="([^"]*)" selected', options)
        assert send(empty_hall, me, f"/setup/contests/{contest}", **fields).status_code == 303
    after = stored(empty_hall)
    assert [plan.id for plan in after.plan.contests] == [plan.id for plan in before.plan.contests]
    assert after.found.contests == before.found.contests


def test_a_wrong_contest_keeps_what_was_typed(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    fields = {"id": "committee", "kind": "election", "title": "选举", "rule_set": "election_local_2020", "seats": "9"}
    answer = send(empty_hall, me, "/setup/contests/committee", **fields)
    assert (answer.status_code, 'value="9"' in answer.text) == (422, True)
    assert "应选 9 名，候选人只有 3 名" in words(answer)
    assert send(empty_hall, me, "/setup/new-contest", **{**NEW, "rule_set": "ticket_2004"}).status_code == 422
    assert send(empty_hall, me, "/setup/new-contest").status_code == 422
    # What the browser's form asks for is asked for by the server too.
    assert "规则" in words(send(empty_hall, me, "/setup/new-contest", **{**NEW, "rule_set": ""}))
    assert stored(empty_hall).files == draft()


@pytest.mark.parametrize("kind", ["election", "ticket_vote", "motion", "evaluation", "assessment", "questionnaire"])
def test_every_kind_has_its_form(empty_hall: Hall, kind: str) -> None:
    me = official(empty_hall)
    put(empty_hall)
    text = me.get(f"/setup/new-contest?kind={kind}").text
    assert ('name="seats"' in text) == (kind == "election")
    # No rule set is chosen for anybody: the first of a list is not a choice.
    options = re.findall(
        r'<option value="([^"]*)"( selected)?>', text.partition('id="rule_set"')[2].partition("</select>")[0]
    )
    chosen = [value for value, selected in options if selected]
    assert chosen == ([""] if len(options) > 1 else [])
    assert ("称职、不称职" in text or "信任、基本信任、不信任、弃权" in text or "优秀、称职" in text) == (
        kind in ("evaluation", "assessment")
    )
    assert "先选种类" in words(me.get("/setup/new-contest?kind=raffle"))


def test_the_ballot_is_that_of_the_kiosk(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put_example(empty_hall)
    first = me.get("/setup/contests/committee/ballot?shape=landscape")
    assert "万志洋" in first.text
    assert "checked" not in first.text
    assert "已赞成 0 / 应选 35" in words(first)
    assert "第 4 / 4 页" in words(me.get("/setup/contests/committee/ballot?page=99"))
    assert me.get("/setup/contests/committee/ballot?page=x&shape=round").status_code == 200
    put(empty_hall, draft(committee_csv="编号,姓名\n"))
    assert "还有错误" in words(me.get("/setup/contests/committee/ballot"))


def test_a_name_is_placed_by_hand(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    path = "/setup/contests/committee/order"
    assert "王4（横横竖横）" in words(me.get(path))
    assert send(empty_hall, me, path, number="A2", position="1").status_code == 303
    assert stored(empty_hall).found.contests[0].rows[0].id == "A2"
    answer = send(empty_hall, me, path, number="A1", position="1")
    assert (answer.status_code, "第 1 位已有别人" in words(answer)) == (422, True)
    send(empty_hall, me, path, number="A2", position="")
    assert stored(empty_hall).found.contests[0].rows[0].id == "A3"


def test_a_rule_set_is_told_in_words(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    page = words(me.get("/setup/rules/election_local_2020"))
    assert "《中国共产党地方组织选举工作条例》" in page
    assert "应到" in page
    assert "会议当日不在施行期" in words(me.get("/setup/rules/election_grassroots_1990"))
    for name in ("trust_default", "trust_mid_term", "election_local_2020"):
        told = words(me.get(f"/setup/rules/{name}"))
        points = {one.point for one in load_rule_set(name).articles if "_" in one.point}
        assert [point for point in sorted(points) if point in told] == [], "identifiers are for programs"


def test_titles_are_english_on_english_pages_where_the_draft_has_them(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    send(empty_hall, me, "/setup/new-contest", **NEW, title_en="Trust in members")
    shown = words(me.get("/setup/contests?lang=en"))
    assert "Trust in members" in shown
    assert "测评" not in shown
    assert "选举委员" in shown
    assert "Order of names: Trust in members" in words(me.get("/setup/contests/trust/order?lang=en"))
