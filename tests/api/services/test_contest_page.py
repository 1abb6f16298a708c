from pathlib import Path

import pytest

from api.acts.signing import Signer
from api.services.contest_page import contest_page, planned_page
from tally.course import StepKey
from tests.api.people import PASSWORD
from tests.api.staged import OFFICIALS, stage
from tests.support.session import motion_contest
from voting_core.errors import StateError


def test_the_page_knows_who_did_each_step(tmp_path: Path) -> None:
    staged = stage(tmp_path / "data")
    staged.builder.run("declared")
    with staged.running() as running:
        account = running.service.accounts.find(OFFICIALS[0])
        assert account is not None
        shown = contest_page(running.service, account, "motion")
        done = {item.step.key: item.done for item in shown.steps}
        assert {who.zh for who in done[StepKey.OPEN][0].people} == {"李娜", "王强"}
        assert [entry.people[0].zh for entry in done[StepKey.VERIFY]] == [
            f"监票人 {running.builder.state.trustees[index].name}" for index in (1, 2, 3)
        ]
        assert shown.reasons
        assert [one.kind.value for one in shown.documents] == ["motion_result"]
        with pytest.raises(StateError):
            contest_page(running.service, account, "none")
        planned = planned_page(running.service, account, motion_contest(running.builder.rules_ref()))
        assert planned.held is None
        assert planned.course.now is not None


def test_two_officials_open_and_pause_and_a_restart_shows_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged = stage(tmp_path / "data")
    monkeypatch.setattr(Signer, "open", lambda signer, _: staged.keys[signer.account.id])
    staged.builder.run("ready")
    step = 'aria-current="step">\n<h2>投票，直到结束'
    with staged.running() as running:
        li, wang = running.both()
        for deed in ("open", "pause"):
            li.post(f"/contests/motion/acts/{deed}", password=PASSWORD)
            (waiting,) = running.service.reader.proposals()
            assert "等您签名" in wang.get("/contests/motion").text
            wang.post(f"/waiting/{waiting.id.hex()}/sign", password=PASSWORD)
            assert running.service.reader.proposals() == ()
            assert step in li.get("/contests/motion").text
    with staged.running() as running:
        official = running.sign_in(OFFICIALS[0])
        assert step in official.get("/contests/motion").text
        for page in ("/contests/motion", "/cards/void"):
            assert ">暂停<" in official.get(page).text
