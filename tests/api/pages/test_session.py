from datetime import date
from pathlib import Path

import pytest

from api.accounts.roles import Role
from api.acts import session_acts
from api.keeping import retention
from api.pages import session as pages
from tally.entry_words.hindrance import STUCK
from tests.api.people import PASSWORD, enrolled
from tests.api.staged import Running, Staged, stage


@pytest.fixture
def created(tmp_path: Path) -> Staged:
    staged = stage(tmp_path / "data")
    staged.builder.run("created")
    return staged


def propose_trustee(running: Running, index: int) -> None:
    """A scrutineer's station asks to be admitted."""
    from tests.api.services.test_waiting import proposal

    party = running.builder.trustees[index]
    answer = running.client.post(
        "/v1/proposals", content=proposal(running.builder, party.joined(), party.signing).to_bytes()
    )
    assert answer.status_code == 200, answer.text


def test_scrutineers_are_admitted_by_two(created: Staged) -> None:
    with created.running() as running:
        li, wang = running.both()
        assert "还没有会议" not in li.get("/session").text
        propose_trustee(running, 1)
        assert "共 3 名：核验须 3 名，解密须 2 名" in li.get("/session").text
        (waiting,) = running.service.reader.proposals()
        address = f"/waiting/{waiting.id.hex()}/sign"
        assert li.post(address, password="wrong", back="/session").status_code == 422
        assert li.post(address, password=PASSWORD, back="/session").headers["location"] == "/session?done=waiting"
        assert li.post(address, password=PASSWORD, back="/session").status_code == 409
        assert running.service.sequencer.view.log.size == 1
        assert wang.post(address, password=PASSWORD, back="/session").headers["location"] == "/session?done=accepted"
        assert list(running.service.sequencer.view.log.trustees) == [1]
        text = running.somebody(Role.OBSERVER).get("/session").text
        assert "已加入" in text
        assert "本人密码" not in text


def test_a_further_official_signs_for_himself(created: Staged) -> None:
    with created.running() as running:
        li, wang = running.both()
        account = enrolled(running.service, "zhao-min", Role.OFFICIAL, "赵敏")
        zhao = running.sign_in("zhao-min")
        assert zhao.post("/session/acts/admit", password=PASSWORD, account="zhao-min").status_code == 403
        assert li.post("/session/acts/admit", password=PASSWORD, account="nobody").status_code == 422
        assert li.post("/session/acts/admit", password=PASSWORD, account="zhao-min").status_code == 303
        (waiting,) = running.service.reader.proposals()
        for person in (wang, zhao):
            assert account.signing_key not in running.service.sequencer.view.log.officials
            assert person.post(f"/waiting/{waiting.id.hex()}/sign", password=PASSWORD).status_code == 303
        assert account.signing_key in running.service.sequencer.view.log.officials


def test_a_consultation_that_does_not_add_up_is_refused(created: Staged) -> None:
    numbers = {"members": "3", "alternates": "1", "agree": "2", "disagree": "1", "no_reply": "2"}
    with created.running() as running:
        li, _ = running.both()
        for fields in (
            {"id": "a", "title": "题", **numbers},
            {"id": "A B", "title": "题", **numbers, "no_reply": "1"},
            {"id": "a", "title": "", **numbers, "no_reply": "1"},
            {"id": "a", "title": "题", **numbers, "no_reply": "-1"},
        ):
            assert li.post("/session/acts/consult", password=PASSWORD, **fields).status_code == 422
        # A session in which nothing was defined may be ended: it was created by mistake.
        assert li.post("/session/acts/seal", password=PASSWORD).headers["location"] == "/session?done=waiting"
        assert li.post("/session/acts/destroy", password=PASSWORD).status_code == 409
        assert li.post("/session/acts/none", password=PASSWORD).status_code == 404
        assert li.post("/session/acts/fault", password=PASSWORD, trustee="1").status_code == 422


def test_what_can_never_enter_makes_room_for_the_same_act(created: Staged, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {
        "id": "a",
        "title": "题",
        "members": "3",
        "alternates": "1",
        "agree": "2",
        "disagree": "1",
        "no_reply": "1",
    }
    with created.running() as running:
        li, _ = running.both()
        assert li.post("/session/acts/consult", password=PASSWORD, **fields).status_code == 303
        (first,) = running.service.reader.proposals()
        refused = li.post("/session/acts/consult", password=PASSWORD, **fields)
        assert (refused.status_code, "正在等待会签" in refused.text) == (409, True)
        # As when the log has gone on in a way that it can never enter.
        monkeypatch.setattr("api.services.waiting.hindrance_of", lambda *_: STUCK)
        created.clock.day += 1
        assert li.post("/session/acts/consult", password=PASSWORD, **fields).status_code == 303
        (second,) = running.service.reader.proposals()
        assert second.id != first.id


def test_before_there_is_a_session_the_page_says_what_to_do(tmp_path: Path) -> None:
    staged = stage(tmp_path / "data")
    with staged.running() as running:
        li, _ = running.both()
        assert "还没有会议" in li.get("/session").text
        assert li.get("/session/part").status_code == 200


def test_nothing_is_destroyed_before_its_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staged = stage(tmp_path / "data")
    staged.builder.run("sealed")
    with staged.running() as running:
        li, _ = running.both()
        assert "发起销毁" in li.get("/session").text
        for module in (pages, retention, session_acts):
            monkeypatch.setattr(module, "kept_until", lambda _: date(9999, 12, 31))
        assert "发起销毁" not in li.get("/session").text
        refused = li.post("/session/acts/destroy", password=PASSWORD)
        assert refused.status_code == 409
        assert "9999-12-31" in refused.text
        assert running.service.reader.proposals() == ()
