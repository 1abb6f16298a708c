from pathlib import Path

import pytest

from api.services.contest_page import contest_page, planned_page
from tally.course import StepKey
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
