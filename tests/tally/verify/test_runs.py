"""A run is looked at when somebody waits for it, and the answer is what replay finds by itself."""

import pytest

from tally.replay import known_of, replay
from tally.verify.runs import InThisProcess
from tests.support.session import SessionBuilder
from tests.support.session_parts import Cards
from voting_core.fast import fastest
from voting_core.public import SODIUM, PublicGroup


@pytest.mark.parametrize("group", [SODIUM, fastest()], ids=lambda group: group.name)
def test_nothing_is_done_before_somebody_waits(group: PublicGroup) -> None:
    session = SessionBuilder("runs", cards=Cards(drawn=3)).run("open")
    raws = [session.cast((0,), number) for number in range(3)]
    runs = InThisProcess(group)
    assert runs.waiting == 0
    pending = runs.submit((b"no entry",), None)
    found = runs.submit(raws, known_of(session.state)).result()
    state = session.state
    for raw, ahead in zip(raws, found, strict=True):
        state = replay(state, raw, ahead)
    assert state.contest("motion").cast == 3
    assert str(pending.result()[0].entry).startswith("V2.A")
