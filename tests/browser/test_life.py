"""Two officials lead a contest through its life; the hall sees what they switch. Every page is looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from api.accounts.roles import Role
from api.main import app_around
from ballots.contest import Contest, Kind, RulesRef
from tally.entries.contests import RulesAdopted
from tests.api.people import PASSWORD
from tests.api.staged import Staged, stage
from tests.browser.site import LAPTOP, PROJECTOR, Site, check, serving, take
from tests.support.builders import small_contest
from tests.support.session import Cards, SessionBuilder, motion_contest
from tests.tally.decide.contests import changed_rules

FOUR_K = {"width": 3840, "height": 2160}


def election(rules: RulesRef) -> Contest:
    return small_contest(28, id="committee", slot=1, seats=24, at_most={"approve": 24}, rules=rules, blank="abstain")


def ticket(rules: RulesRef) -> Contest:
    marks = ("agree", "disapprove", "abstain")
    return small_contest(10, marks, id="mayors", kind=Kind.TICKET_VOTE, rules=rules, blank="abstain")


class TrustSession(SessionBuilder):
    """A session whose county lets its delegates be told the rate of trust."""

    def rules_ref(self) -> RulesRef:
        told = {"item": "rate_trust", "scopes": ["delegates"], "delay_days": 0}
        rules = changed_rules("trust_default", id="county_trust", scopes=[told])
        if rules.id not in self.state.rules:
            self.add(RulesAdopted(rules.id, rules.to_json()), *self.officials)
        return RulesRef(rules.id, self.state.rules[rules.id].hash)


def trust(rules: RulesRef) -> Contest:
    marks = ("信任", "基本信任", "不信任", "弃权")
    return small_contest(10, marks, id="trust", kind=Kind.EVALUATION, rules=rules, blank="弃权")


def votes(contest: Contest, number: int) -> tuple[int, ...]:
    if contest.kind is Kind.MOTION:
        return (0 if number < 7 else number % 3,)
    if contest.kind is Kind.EVALUATION:
        return tuple((number * row) % 4 if row % 3 == 2 else int(number < row // 3) for row in range(len(contest.rows)))
    if contest.kind is Kind.TICKET_VOTE:
        return tuple((number + row) % 3 if row % 4 == 3 else int(number > 6) for row in range(len(contest.rows)))
    return tuple(0 if row < 24 else 1 for row in range(len(contest.rows)))


@contextmanager
def site(staged: Staged, chromium: Browser) -> Iterator[Site]:
    """The server of a stage, on a port."""
    with staged.running() as running, serving(app_around(running.service)) as address:
        yield Site(running.service, address, chromium)
        # An open stream that ends with its server is a complaint of the browser, and rightly so.
        for context in list(chromium.contexts):
            context.close()


def signs(page: Page, button: str, form: str = "password-main") -> None:
    """Type the password and press a button."""
    page.locator(f"#{form}").fill(PASSWORD)
    page.get_by_role("button", name=button).first.click()


def test_two_officials_and_the_hall(chromium: Browser, tmp_path: Path) -> None:
    staged = stage(tmp_path / "data", contests=(motion_contest,), votes=votes, cards=Cards(drawn=9))
    staged.builder.run("ready")
    with site(staged, chromium) as at:
        li, wang = at.browser("li-na"), at.browser("wang-qiang")
        screen = at.browser(at.account(Role.HALL, "大屏"), PROJECTOR)
        for page in (li, wang):
            page.goto("/session")
        take(li, "session")
        li.goto("/hall/control")
        li.get_by_role("button", name="显示进度").click()
        screen.goto("/hall")
        expect(screen.locator("main")).to_contain_text("尚未开始")
        li.goto("/contests/motion")
        expect(li.get_by_role("heading", name="开始投票")).to_be_visible()
        take(li, "contest-open")
        signs(li, "发起：开始投票")
        expect(li.locator("main")).to_contain_text("等待其他人会签")
        wang.goto("/waiting")
        take(wang, "waiting")
        wang.get_by_label("本人密码").fill(PASSWORD)
        wang.get_by_role("button", name="签名").click()
        expect(wang.locator("main")).to_contain_text("已写入日志")
        # Nobody touches these two: the log changed, and both show it.
        expect(screen.locator("main")).to_contain_text("正在投票")
        expect(li.get_by_role("heading", name="投票，直到结束")).to_be_visible()
        expect(li.locator("[aria-current=step]")).to_contain_text("查验卡")
        take(screen, "hall-turnout-dark", full=False)
        li.get_by_role("link", name="English").click()
        take(li, "contest-voting-en")


SCREENS = {
    ("elected", "dark"): ((PROJECTOR, "1080p"),),
    ("elected", "light"): ((FOUR_K, "4k"),),
    ("motion", "dark"): ((FOUR_K, "4k"),),
    ("motion", "light"): ((PROJECTOR, "1080p"),),
    ("ticket", "dark"): ((PROJECTOR, "1080p"),),
    ("ticket", "light"): (),
    ("trust", "dark"): ((PROJECTOR, "1080p"),),
    ("trust", "light"): ((FOUR_K, "4k"),),
}
"""Every size and every theme, each with something long and something short."""


def test_what_the_hall_sees_of_results(chromium: Browser, tmp_path: Path) -> None:
    options: dict[str, Any] = {"votes": votes, "cards": Cards(drawn=9)}
    for rule_set, make, show, seen, name in (
        ("resolution_default", motion_contest, "motion", "通过", "motion"),
        ("election_local_2020", election, "committee", "当选名单", "elected"),
        ("ticket_2004", ticket, "mayors", "通过", "ticket"),
        ("trust_default", trust, "trust", "信任", "trust"),
    ):
        make_session = TrustSession if name == "trust" else SessionBuilder
        staged = stage(tmp_path / name, make_session, rule_set=rule_set, contests=(make,), **options)
        staged.builder.run("counted")
        with site(staged.copied(tmp_path / f"{name}-counted"), chromium) as at:
            li = at.browser("li-na")
            li.goto(f"/contests/{show}")
            expect(li.locator("[aria-current=step]")).to_contain_text("按规则得出结果")
            take(li, f"contest-outcome-{name}")
        staged.builder.run("published")
        with site(staged, chromium) as at:
            li = at.browser("li-na")
            li.goto(f"/contests/{show}")
            check(li)
            li.goto("/hall/control")
            li.get_by_role("button", name="显示结果").click()
            take(li, f"hall-control-{name}")
            for theme in ("dark", "light"):
                for size, word in SCREENS[name, theme]:
                    screen = at.browser(at.account(Role.HALL, "大屏"), size)
                    screen.goto("/hall")
                    expect(screen.locator("main")).to_contain_text(seen)
                    assert screen.evaluate("document.getElementById('hall').scrollHeight <= innerHeight"), size
                    take(screen, f"hall-{name}-{theme}-{word}", full=False)
                    screen.context.close()
                li.get_by_role("button", name="改为浅色" if theme == "dark" else "改为深色").click()
            assert LAPTOP["width"] == 1280
