"""An official sets the example congress up by hand, and two officials create it."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from api.accounts.roles import Role
from tests.api.people import PASSWORD, enrolled
from tests.architecture.tree import ROOT
from tests.browser.site import PICTURES, PROBLEMS, running_site, take

EXAMPLE = ROOT / "examples" / "qinglan-congress"


def import_table(page: Page, target: str, name: str, data: bytes) -> None:
    page.goto(f"/setup/tables/{target}")
    page.get_by_label("文件").set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    page.get_by_role("button", name="上传并预览").click()


def picture(page: Page, name: str) -> None:
    """A picture of a page whose parts were looked through on another one."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def test_from_a_template_to_a_created_session(chromium: Browser, tmp_path: Path) -> None:
    with running_site(tmp_path / "data", chromium, simulated=True) as site:
        enrolled(site.service, "li-na", Role.OFFICIAL, "李娜")
        enrolled(site.service, "zhao-min", Role.OFFICIAL, "赵敏")
        page = site.browser("li-na")
        page.goto("/setup")
        take(page, "setup-start")
        page.get_by_role("button", name="使用这个模板 县党代会选举").click()

        page.get_by_role("link", name="基本情况").click()
        page.get_by_label("会议名称").fill("中国共产党青岚县第十四届代表大会第三次会议")
        page.get_by_label("日期").fill("2026-12-08")
        page.get_by_label("地点").fill("青岚县大礼堂")
        page.get_by_label("打印，供核对").check()
        picture(page, "setup-session")
        page.get_by_role("button", name="保存").click()

        roll = (EXAMPLE / "roll.csv").read_text(encoding="utf-8-sig")
        wrong = roll.replace("0002,林强荣", "0001,林强荣").replace("0005,", "0005,=A1,", 1)
        wrong = wrong.replace(",正常\n", ",在职\n", 1)
        import_table(page, "roll", "代表名册.csv", wrong.encode("gb18030"))
        expect(page.locator("main")).to_contain_text("与第 2 行重复")
        expect(page.locator("main")).to_contain_text("是公式")
        take(page, "setup-import-refused")
        picture(page, "setup-import")
        page.get_by_role("link", name="不导入，返回").click()
        expect(page.locator("main")).to_contain_text("样例一")

        for name in ("roll", "committee", "alternates", "discipline", "city-delegates"):
            target, file = name if name == "roll" else f"contest:{name}", EXAMPLE / f"{name}.csv"
            import_table(page, target, file.name, file.read_bytes())
            page.get_by_role("button", name="导入", exact=True).click()
        take(page, "setup-candidates", full=False)

        for contest, seats in (("committee", 35), ("alternates", 9), ("discipline", 24), ("city-delegates", 20)):
            page.goto(f"/setup/contests/{contest}")
            page.get_by_label("应选名额").fill(str(seats))
            if contest == "committee":
                take(page, "setup-contest")
            page.get_by_role("button", name="保存").click()
        picture(page, "setup-contests")
        page.get_by_role("link", name="添加表决事项").click()
        page.get_by_role("link", name="决议").click()
        page.get_by_label("名称", exact=True).fill("关于县委工作报告的决议（草案）")
        page.get_by_label("代号").fill("work-report")
        page.get_by_label("规则").select_option("resolution_default")
        page.get_by_role("button", name="保存").click()

        page.goto("/setup/contests/committee/ballot")
        picture(page, "setup-ballot-portrait")
        page.get_by_role("link", name="横屏").click()
        take(page, "setup-ballot-landscape")
        for shape in ("portrait", "landscape"):
            page.goto(f"/setup/contests/committee/ballot?shape={shape}&lang=en")
            # A word stands on one line, as on the kiosk: it is never broken in two.
            height = "Math.round(one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight))"
            lines = f"all => all.map(one => [one.textContent, {height}])"
            assert set(map(tuple, page.locator(".ballot-mark span").evaluate_all(lines))) == {
                ("Approve", 1),
                ("Disapprove", 1),
                ("Abstain", 1),
            }
        page.goto("/setup/contests/committee/ballot?lang=zh")
        page.goto("/setup/contests/committee/order")
        picture(page, "setup-order")
        page.goto("/setup/rules/election_local_2020")
        picture(page, "setup-rules")

        page.goto("/setup/counting")
        for number, name in enumerate(("周建平", "林秀兰", "李红香"), 1):
            page.get_by_label(f"第 {number} 名的姓名").first.fill(name)
        page.get_by_role("button", name="保存监票人").click()
        expect(page.get_by_label("李红香 与候选人不是同一人")).to_be_visible()
        take(page, "setup-counting")
        page.get_by_label("第 3 名的名册编号").first.fill("0078")
        page.get_by_role("button", name="保存监票人").click()
        expect(page.get_by_role("alert")).to_contain_text("候选人不得监票、计票")
        # The browser notes the answer 422, which is what is meant here.
        PROBLEMS.clear()
        page.get_by_label("第 3 名的姓名").first.fill("何志刚")
        page.get_by_label("第 3 名的名册编号").first.fill("")
        page.get_by_role("button", name="保存监票人").click()

        page.goto("/setup")
        take(page, "setup-overview")
        page.get_by_role("link", name="创建会议…").click()
        page.get_by_label("由谁会签").select_option("zhao-min")
        page.get_by_label("本人密码").fill(PASSWORD)
        page.get_by_role("button", name="签名并提议").click()
        expect(page.locator("main")).to_contain_text("您已签名")

        second = site.browser("zhao-min")
        second.goto("/setup/create")
        take(second, "setup-countersign")
        second.get_by_label("本人密码").fill(PASSWORD)
        second.get_by_role("button", name="会签并创建").click()
        expect(second.locator("main")).to_contain_text("会议已经创建")
        session = site.service.sequencer.view.log.session
        assert session is not None
        assert (session.title, session.simulated, session.trustees) == (
            "中国共产党青岚县第十四届代表大会第三次会议",
            True,
            3,
        )
        assert site.service.reader.attendance().should_attend == 310
