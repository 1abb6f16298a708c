"""What officials see beside the life of a contest: the whole set-up, the desk, the end of a session, in English too."""

from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

from api.accounts.roles import Role
from api.main import app_around
from api.store.setup import replace_setup, revision_of
from tests.api.people import PASSWORD
from tests.api.staged import stage
from tests.browser.site import Site, check, serving, take
from tests.support.session import Cards, motion_contest
from tests.tally.drafting.folders import example_files
from tests.tally.rules.county_files import NAME, TEXT

SETUP = (
    "/setup",
    "/setup/session",
    "/setup/tables/roll",
    "/setup/tables/roll/rows/0",
    "/setup/tables/roll/rows/0/remove",
    "/setup/counting",
    "/setup/contests",
    "/setup/contests/committee",
    "/setup/contests/committee/remove",
    "/setup/contests/committee/ballot",
    "/setup/contests/committee/order",
    "/setup/new-contest",
    "/setup/rules/election_local_2020",
    "/setup/rule-files",
    "/setup/new-rule-file?source=election_local_2020",
    "/setup/create",
    "/setup/new",
)
IN_ENGLISH = (
    "/setup",
    "/session",
    "/contests/motion",
    "/waiting",
    "/desk",
    "/cards",
    "/hall/control",
    "/stations",
    "/me",
)
PATIENCE = 60_000


def signed(page: Page, form: str, button: str) -> None:
    page.locator(f"#password-{form}").fill(PASSWORD)
    page.get_by_role("button", name=button, exact=True).click()


def countersigned(page: Page) -> None:
    page.goto("/waiting")
    page.get_by_label("本人密码").fill(PASSWORD)
    page.get_by_role("button", name="签名", exact=True).click()
    expect(page.locator("main")).to_contain_text("已写入日志")


def opened_while_the_page_changes(page: Page, heading: str) -> None:
    """Open a part of the overview just before the page renews itself: it stays open."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/session/part", hold)
    with page.expect_request("**/session/part"):
        page.goto("/session")
    page.locator("summary", has_text=heading).click()
    page.locator("details", has_text=heading).evaluate("one => one.dataset.before = 'yes'")
    for route in held:
        route.continue_()
    page.unroute("**/session/part")
    expect(page.locator("[data-before]")).to_have_count(0)
    expect(page.locator("details[open]", has_text=heading)).to_have_count(1)


def test_set_up_desk_and_the_end_of_a_session(chromium: Browser, tmp_path: Path) -> None:
    expect.set_options(timeout=PATIENCE)
    staged = stage(tmp_path / "data", contests=(motion_contest,), cards=Cards(drawn=9))
    staged.builder.run("destroyed_keys")
    with staged.running() as running, serving(app_around(running.service)) as address:
        site = Site(running.service, address, chromium)
        service = running.service
        service.writer.submit(replace_setup(example_files(), revision_of({}))).result()
        li, wang = site.browser("li-na"), site.browser("wang-qiang")
        desk = site.browser(site.account(Role.DESK, "签到员"))
        for page in (li, wang, desk):
            page.set_default_timeout(PATIENCE)
        for place in SETUP:
            li.goto(place)
            check(li)

        # The county's own rules: a mistake is told beside the text, nothing is lost, and then it is saved.
        li.goto("/setup/new-rule-file?source=election_local_2020")
        li.get_by_label("文件名").fill(NAME)
        li.locator("#text").fill(TEXT.replace("elect =", "quorum = 0.5\nelect ="))
        li.get_by_role("button", name="检查", exact=True).click()
        expect(li.get_by_role("alert")).to_contain_text("0.5 是小数，计票只用整数")
        take(li, "setup-rule-file-wrong")
        li.locator("#text").fill(TEXT)
        li.get_by_role("button", name="检查并保存").click()
        expect(li.get_by_role("status").first).to_contain_text("已保存")
        expect(li.locator("main")).to_contain_text("不同的各项")
        take(li, "setup-rule-file")
        li.goto("/setup/tables/roll/rows/0/remove")
        take(li, "setup-ask-again")
        li.get_by_role("button", name="确认删除").click()
        expect(li.get_by_role("status").first).to_contain_text("已保存")

        # What one desk notes, another one sees without a touch.
        desk.goto("/desk")
        li.goto("/desk/attendance")
        expect(li.locator("main dd").nth(1)).to_have_text("0")
        # The roll followed the draft, of which the first line was removed.
        desk.get_by_label("查找代表").fill("0002")
        desk.get_by_role("button", name="查找").click()
        desk.get_by_role("button", name="报到并发卡").click()
        expect(li.locator("main dd").nth(1)).to_have_text("1")

        # A consultation by two officials stands on the overview.
        opened_while_the_page_changes(li, "书面征求意见")
        for field, text in (
            ("title", "征求意见：任免"),
            ("id", "appointments"),
            ("members", "40"),
            ("alternates", "8"),
        ):
            li.locator(f"#{field}").fill(text)
        for field, text in (("agree", "45"), ("disagree", "2"), ("no_reply", "1")):
            li.locator(f"#{field}").fill(text)
        signed(li, "consult", "发起")
        countersigned(wang)
        li.goto("/session")
        expect(li.locator("main")).to_contain_text("征求意见：任免")
        take(li, "session-consultation")
        for place in IN_ENGLISH:
            li.goto(f"{place}?lang=en")
            check(li)
        li.goto("/session?lang=zh")

        # Sealing, and destroying: this session is a rehearsal, which nobody has to keep.
        signed(li, "seal", "发起封存")
        countersigned(wang)
        li.goto("/session")
        expect(li.locator("main")).to_contain_text("演练没有保存期")
        take(li, "session-destroy")
        signed(li, "destroy", "发起销毁")
        countersigned(wang)
        assert service.sequencer.view.log.destroyed
        li.goto("/session")
        expect(li.locator("main")).to_contain_text("会议资料可以销毁了")
        for context in list(chromium.contexts):
            context.close()
