from pathlib import Path

import pytest

from api.accounts.roles import Role
from tests.api.hall import Hall, running_hall
from tests.api.people import PASSWORD, enrolled, signed_in
from tests.api.setting_up import official, put, send, words
from tests.tally.drafting.folders import draft


@pytest.mark.usefixtures("both_databases")
def test_two_officials_create_the_session_on_the_page(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        put(hall)
        for name in ("anna", "bo"):
            enrolled(hall.service, name, Role.OFFICIAL, name.upper())
        anna, bo = (signed_in(hall.service, hall.client.app, name) for name in ("anna", "bo"))
        wrong = send(hall, anna, "/setup/create", partner="bo", password="x")
        assert wrong.status_code == 422
        assert PASSWORD not in send(hall, anna, "/setup/create", partner="no", password=PASSWORD).text
        assert send(hall, anna, "/setup/create", partner="bo", password=PASSWORD).status_code == 303
        assert "您已签名" in words(anna.get("/setup/create"))
        page = bo.get("/setup/create").text
        assert "核对无误，会签并创建" in page
        path = page.partition('action="/setup/create/')[2].partition('/countersign"')[0]
        assert send(hall, bo, f"/setup/create/{path}/countersign", password=PASSWORD).status_code == 303
        assert "会议已经创建" in words(bo.get("/setup/create"))
        assert hall.service.sequencer.view.log.session is not None
        assert "会议已创建" in words(bo.get("/setup"))
        # Editing the facts is over; starting again too.
        assert send(hall, bo, "/setup/start", starter="blank").status_code == 409
        assert send(hall, bo, "/setup/roll-to-desk").status_code == 303


def test_an_unfinished_draft_says_what_is_missing(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall, draft(roll_csv="编号,姓名,状态\n1,甲,休假\n"))
    page = me.get("/setup/create")
    assert "还不能创建" in words(page)
    assert "签名并提议" not in page.text
    assert send(empty_hall, me, "/setup/create", partner="x", password="y").status_code == 409


def test_a_proposal_that_is_none_is_said(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    for proposal in ("zz", "00" * 32):
        for step in ("countersign", "withdraw"):
            answer = send(empty_hall, me, f"/setup/create/{proposal}/{step}", password=PASSWORD)
            assert answer.status_code == 404
