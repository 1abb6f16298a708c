"""A run-off that is not the one that the tie left (SPEC §8.5 rule 14, §13.5).

In a run-off the larger number wins, however small it is. Whoever defines it could add a person whom three delegates
chose, or leave one of the tied out, and the result would follow from the rules of a run-off without a flaw.
"""

import pytest

from ballots.contest import Row, Stage
from tally.replay import contests, replay
from tally.state import State
from tests.attacks.support.sessions import refused, without
from tests.support.session import SessionBuilder
from tests.tally.replay.by_hand import NAMES, definition, election, held, with_rules


def after_a_tie() -> SessionBuilder:
    """丁一 is elected, 王芳 and 李红香 are tied for the second seat, 欧阳华 has three votes of twenty."""
    session = SessionBuilder("another run-off").run("equipped")
    held(session, election(with_rules(session)), (15, 11, 11, 3))
    return session


def runoff(session: SessionBuilder, *numbers: int, seats: int = 1) -> bytes:
    rows = tuple(Row(f"0{n}", NAMES[n - 1], ()) for n in numbers)
    contest = election(
        with_rules(session), "runoff", 2, stage=Stage.RUNOFF, seats=seats, rows=rows, follows="committee"
    )
    return definition(session, contest)


@pytest.mark.parametrize(("numbers", "seats"), [((2, 3, 4), 1), ((2, 4), 1), ((2, 3), 2)])
def test_who_defines_a_run_off_chooses_nobody(
    numbers: tuple[int, ...], seats: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = after_a_tie()
    with monkeypatch.context() as patch:
        without(patch, contests, "check_follows", lambda *_: None)
        taken: State = replay(session.state, runoff(session, *numbers, seats=seats))
        assert [row.id for row in taken.contest("runoff").contest.rows] == [f"0{n}" for n in numbers]
    refused(session, runoff(session, *numbers, seats=seats), "V6.E")
    session.append(runoff(session, 2, 3))
