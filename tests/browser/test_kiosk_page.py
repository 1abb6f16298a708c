"""A delegate at the kiosk's screen, upright and lying."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from ballots.contest import Contest, Kind, Row, RulesRef, Title, make_contest
from ballots.screen.ballot import Shape
from kiosk.kiosk_page.serving import serving_kiosk
from tally.entries.contests import RulesAdopted, rules_hash
from tally.rules.loader import load_rule_set
from tests.api.hall import Hall, running_hall
from tests.browser.site import check, take
from tests.kiosk.kiosk_page.screen import running_kiosk

RULES = load_rule_set("ticket_2004")
NAMES = ("王建国", "李秀英", "张伟", "刘洋", "陈静", "杨丽娟", "赵德胜", "黄志强", "周敏", "吴晓红", "徐鹏", "孙玉兰")


def contest_of_twelve() -> Contest:
    """A vote of the full committee on twelve nominees."""
    return make_contest(
        id="secretaries",
        kind=Kind.TICKET_VOTE,
        title=Title(zh="乡镇党委书记人选", en="Nominees for township secretaries"),
        slot=0,
        rows=[Row(f"S{number}", name) for number, name in enumerate(NAMES, 1)],
        marks=("agree", "disapprove", "abstain"),
        blank="abstain",
        rules=RulesRef(RULES.id, rules_hash(RULES.to_json())),
        classes=("delegate",),
    )


def vote_on(hall: Hall, contest: Contest) -> None:
    """Bring the session to this contest, open."""
    world = hall.world
    world.create()
    world.ceremony()
    world.prepare_voting()
    world.decree(RulesAdopted(RULES.id, RULES.to_json()), "rules.adopted")
    world.define(contest)
    world.open(contest)
    for raw in world.entries:
        hall.post(raw)


SIZES = {Shape.PORTRAIT: {"width": 1080, "height": 1920}, Shape.LANDSCAPE: {"width": 1920, "height": 1080}}


@pytest.mark.parametrize("shape", list(Shape))
def test_from_the_card_to_the_receipt(chromium: Browser, tmp_path: Path, shape: Shape) -> None:
    with running_hall(tmp_path / "data") as hall:
        vote_on(hall, contest_of_twelve())
        with running_kiosk(hall, tmp_path / "kiosk") as kiosk, serving_kiosk(kiosk.screen, 0, shape) as link:
            page = chromium.new_context(viewport=SIZES[shape], locale="zh-CN").new_page()  # type: ignore[arg-type]
            page.goto(link)
            take(page, f"kiosk-{shape}-welcome")
            page.get_by_label("表决卡代码").fill(kiosk.code(0))
            page.get_by_role("button", name="开始").click()
            page.get_by_role("button", name="乡镇党委书记人选").click()
            for number in range(10):
                page.locator(".ballot-row").nth(number).get_by_label("同意", exact=True).check()
            expect(page.locator("[data-marked]")).to_have_text("10")
            take(page, f"kiosk-{shape}-ballot")
            page.get_by_role("button", name="下一页").click()
            page.locator(".ballot-row").first.get_by_label("不同意").check()
            page.get_by_role("button", name="查看汇总").click()
            expect(page.locator("main")).to_contain_text("没有表态")
            take(page, f"kiosk-{shape}-review")
            page.get_by_role("button", name="封存选票").click()
            take(page, f"kiosk-{shape}-sealed")
            page.get_by_role("button", name="投票", exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_contain_text("已投票")
            take(page, f"kiosk-{shape}-done")
            page.get_by_role("button", name="结束并清屏").click()
            page.get_by_role("link", name="English").click()
            expect(page.locator("main")).to_contain_text("Scan your card")
            check(page)
            assert hall.service.sequencer.view.intake.contest("secretaries").cast == 1
