"""A morning at the desk: badges are scanned, cards handed out, and what is left over is voided until all adds up."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from api.accounts.official_key import open_key
from api.accounts.roles import Role
from api.service import Service
from api.store.desk_operations import Person, replace_roll
from ballots.qr.credential import encode_credential
from tally.cli.files import read_folder
from tally.entries.contests import AttendanceDeclared, ClassCards
from tally.plan import read_plan
from tests.api.people import PASSWORD, enrolled
from tests.api.world import CARDS, World
from tests.architecture.tree import ROOT
from tests.browser.site import running_site, take
from voting_core.secret import Secret

TALL = {"width": 1280, "height": 1000}


def prepare(service: Service) -> World:
    """The example's roll, and a session with a contest whose cards do not add up yet."""
    plan = read_plan(read_folder(ROOT / "examples" / "qinglan-congress"))
    people = [
        Person(one.number, one.name, one.delegation, one.should_attend, one.standing.on_leave)
        for one in plan.roll.people
    ]
    service.writer.submit(replace_roll(people)).result()
    world = World(service.keys.log.public, service.keys.service.public, service.settings.simulated)
    accounts = [enrolled(service, name, Role.OFFICIAL, name) for name in ("li-na", "wang-qiang")]
    world.officials = sorted(
        (open_key(one.sealed_key, Secret(PASSWORD)) for one in accounts), key=lambda key: key.public
    )
    world.create()
    world.ceremony()
    world.prepare_voting()
    world.define(world.contest())
    declared = AttendanceDeclared(
        contest="report", should_attend=CARDS, present=36, cards=(ClassCards("delegate", 36, 2),)
    )
    world.write(declared, "attendance.declared", *world.trustee_keys)
    for raw in world.entries:
        service.sequencer.submit_entry(raw).result()
    return world


def scan(page: Page, text: str) -> None:
    """What a scanner does: it types into whatever has the focus, and presses Enter."""
    page.keyboard.type(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_morning_at_the_desk(chromium: Browser, tmp_path: Path) -> None:
    with running_site(tmp_path / "data", chromium, simulated=True) as site:
        world = prepare(site.service)
        desk = site.browser(site.account(Role.DESK, "周敏"), TALL)
        desk.goto("/desk")
        scan(desk, "0001")
        expect(desk.get_by_role("heading", level=2).first).to_contain_text("史刚平")
        desk.get_by_role("button", name="报到并发卡").click()
        expect(desk.get_by_role("status").first).to_contain_text("请发一张表决卡")
        take(desk, "desk-person")
        # Whoever is typed for appears while one types; nothing was sent with Enter.
        desk.get_by_label("查找代表").press_sequentially("lujing")
        expect(desk.get_by_role("heading", level=2).first).to_contain_text("卢静婷")
        desk.get_by_label("查找代表").fill("")
        # The focus is in the search box again: the next badge can be scanned at once.
        scan(desk, "zw")
        expect(desk.get_by_role("region").first).to_be_visible()
        take(desk, "desk-several")
        scan(desk, "wang")
        desk.get_by_role("button", name="选择 0036").click()
        expect(desk.get_by_role("heading", level=2).first).to_contain_text("王玲敏")
        scan(desk, "wang")
        take(desk, "desk-many")
        desk.get_by_label("查找代表").fill("0003")
        desk.get_by_role("button", name="查找").click()
        desk.get_by_role("button", name="迟到报到").click()
        expect(desk.get_by_role("status").first).to_contain_text("迟到")
        desk.get_by_role("link", name="各代表团").click()
        expect(desk.get_by_role("table")).to_contain_text("城关镇代表团")
        take(desk, "desk-attendance")
        desk.get_by_role("link", name="English").click()
        expect(desk.get_by_role("heading", level=1)).to_have_text("Attendance")
        take(desk, "desk-attendance-en")

        official = site.browser("li-na", TALL)
        official.goto("/cards")
        take(official, "cards-missing")
        official.get_by_role("link", name="扫描并作废表决卡").click()
        official.get_by_label("剩余的表决卡（无人领取）").check()
        official.get_by_label("逐张扫描，每张一行").focus()
        for card in (38, 39):
            official.keyboard.type(encode_credential(world.cards[card], world.state.session_id).reveal() + "\n")
        official.keyboard.type("not a card\n")
        take(official, "cards-void")
        official.get_by_label("本人密码").fill(PASSWORD)
        official.get_by_role("button", name="作废这些卡").click()
        expect(official.get_by_role("status").first).to_contain_text("作废 2 次")
        take(official, "cards-voided")
        official.get_by_role("link", name="表决卡核对").first.click()
        expect(official.locator("main")).not_to_contain_text("还缺什么")
        take(official, "cards-add-up")
