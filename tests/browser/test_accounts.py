"""A person's way in: the administrator makes an account, its owner enrols with a phone and signs in."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from api.accounts.roles import Role
from api.accounts.second_factor import code_at, open_secret
from tests.browser.site import running_site, take

PASSWORD = "correct horse battery"


def test_from_the_administrator_to_the_signed_in_official(chromium: Browser, tmp_path: Path) -> None:
    with running_site(tmp_path / "data", chromium) as site:
        admin = site.browser(site.account(Role.ADMIN, "管理员"))
        admin.goto("/accounts")
        admin.get_by_label("账户名").fill("li-na")
        admin.get_by_label("姓名").fill("李娜")
        admin.get_by_label("角色").select_option("official")
        admin.get_by_role("button", name="新建并显示登记码").click()
        code = re.search(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}", admin.inner_text("main"))
        assert code is not None
        take(admin, "accounts")
        admin.goto("/stations")
        admin.get_by_label("表决终端").check()
        admin.get_by_label("名称").fill("东侧 1 号")
        admin.get_by_role("button", name="生成并显示登记码").click()
        take(admin, "stations")

        person = site.browser()
        person.goto("/")
        take(person, "sign-in")
        person.get_by_role("link", name="一次性登记码").click()
        person.get_by_label("账户").fill("li-na")
        person.get_by_label("一次性登记码").fill(code[0])
        person.get_by_role("button", name="下一步").click()
        take(person, "enrol")
        found = site.service.accounts.find("li-na")
        assert found is not None
        secret = open_secret(found.totp, "li-na", site.service.accounts.key)
        now = site.service.clock.unix()
        person.get_by_label("六位数字").fill(code_at(secret, now))
        person.get_by_label("自己的密码").fill(PASSWORD)
        person.get_by_label("再输入一次").fill(PASSWORD)
        person.get_by_role("button", name="完成登记").click()
        person.get_by_role("link", name="登录").click()
        person.get_by_label("账户").fill("li-na")
        person.get_by_label("密码", exact=True).fill(PASSWORD)
        # The code of the next half minute is taken too: a phone may be ahead.
        person.get_by_label("六位验证码").fill(code_at(secret, now + 30))
        person.get_by_role("button", name="登录").click()
        person.goto("/me")
        expect(person.locator("main")).to_contain_text("李娜")
        take(person, "my-account")
        person.get_by_role("link", name="English").click()
        expect(person.get_by_role("heading", level=1)).to_have_text("My account")
        take(person, "my-account-en")
        person.get_by_role("button", name="Sign out", exact=True).click()
        expect(person.get_by_role("heading", level=1)).to_have_text("Sign in")
