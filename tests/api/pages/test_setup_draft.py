from api.pages.setup_draft import TABS, WHERE, problems_of
from tally.drafting.readiness import checklist
from tally.drafting.starters import starter_files
from tally.drafting.survey import survey
from tally.plan.problems import InputErrors
from tests.api.hall import Hall
from tests.api.setting_up import official, put, send, stored
from tests.tally.drafting.folders import draft
from voting_core.errors import InputError


def test_every_part_of_the_checklist_has_its_page(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    for found in (survey(draft()), survey({}), survey(starter_files("blank"))):
        assert {item.where for item in checklist(found, rehearsal=False)} <= set(WHERE)
    for address in (*WHERE.values(), *(address for address, _ in TABS)):
        assert me.get(address).status_code == 200


def test_one_tab_is_the_present_one(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    for address, _ in TABS:
        text = me.get(address).text.partition('class="tabs"')[2].partition("</nav>")[0]
        assert text.count("aria-current") == 1
        assert f'href="{address}" aria-current' in text


def test_all_problems_of_an_error_are_said() -> None:
    one = InputError("roll.csv, line 2", "is empty", "Write the name")
    assert [words.problem.zh for words in problems_of(InputErrors([one, one], 2))] == ["空着", "空着"]
    assert len(problems_of(one)) == 1


def test_an_edit_of_an_older_draft_is_refused(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    old = stored(empty_hall).revision
    assert send(empty_hall, me, "/setup/contests/committee/remove").status_code == 303
    answer = me.post("/setup/tables/roll/rows/0/remove", revision=old)
    assert (answer.status_code, "草稿刚刚被别人改过" in answer.text) == (409, True)


def test_a_page_says_once_that_it_was_saved(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    said = '<div class="note good" role="status"><p>已保存</p></div>'
    facts = {
        "id": "small",
        "title": "小会",
        "kind": "congress",
        "date": "2026-12-08",
        "place": "大礼堂",
        "paper": "off",
    }
    address = send(empty_hall, me, "/setup/session", **facts).headers["location"]
    assert said in me.get(address).text
    # An address that somebody kept tells nothing of what others saved since.
    send(empty_hall, me, "/setup/contests/committee/remove")
    assert said not in me.get(address).text
    assert said not in me.get("/setup").text
