from pathlib import Path

import pytest

from api.accounts.roles import Role
from api.pages.waiting import back_to
from tests.api.people import PASSWORD, enrolled
from tests.api.staged import stage


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/session", "/session"),
        ("/contests/motion", "/contests/motion"),
        ("/contests/../accounts", "/waiting"),
        ("//evil.example", "/waiting"),
        ("https://evil.example", "/waiting"),
        ("", "/waiting"),
    ],
)
def test_one_comes_back_to_pages_of_this_server_alone(address: str, page: str) -> None:
    assert back_to(address) == page


def test_a_proposal_is_withdrawn_by_an_official_and_by_nobody_else(tmp_path: Path) -> None:
    staged = stage(tmp_path / "data")
    staged.builder.run("ready")
    with staged.running() as running:
        li, wang = running.both()
        li.post("/contests/motion/acts/open", password=PASSWORD)
        (waiting,) = running.service.reader.proposals()
        address = f"/waiting/{waiting.id.hex()}"
        enrolled(running.service, "zhao-min", Role.OFFICIAL, "赵敏")
        stranger = running.sign_in("zhao-min")
        assert stranger.post(f"{address}/withdraw").status_code == 403
        assert stranger.post(f"{address}/sign", password=PASSWORD).status_code == 403
        assert running.somebody(Role.CHIEF_SCRUTINEER).post(f"{address}/withdraw").status_code == 403
        assert "“选举县委委员”开始投票" in running.somebody(Role.SCRUTINEER).get("/waiting").text
        assert wang.post(f"{address}/withdraw", back="/contests/motion").headers["location"] == (
            "/contests/motion?done=withdrawn"
        )
        assert running.service.reader.proposals() == ()
        assert wang.post(f"{address}/withdraw").status_code == 409
        assert wang.post(f"{address}/sign", password=PASSWORD).status_code == 409
        assert wang.post("/waiting/zz/sign", password=PASSWORD).status_code == 404
        assert "现在没有等待签名" in wang.get("/waiting/part").text
