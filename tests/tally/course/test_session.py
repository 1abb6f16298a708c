import pytest

from tally.course.session import (
    STAGES,
    Stage,
    may_seal,
    missing_of_ceremony,
    missing_to_seal,
    next_of_session,
    seats,
)
from tally.entries.contests import ContestDefined
from tally.state import initial
from tests.support.session import SessionBuilder, motion_contest


@pytest.fixture(scope="module")
def stages() -> dict[str, SessionBuilder]:
    return SessionBuilder().snapshots()


@pytest.mark.parametrize(
    ("stage", "stands", "missing"),
    [
        ("created", Stage.AWAITED, ""),
        ("joined", Stage.JOINED, "committed"),
        ("committed", Stage.COMMITTED, "revealed"),
        ("revealed", Stage.REVEALED, "confirmed"),
        ("keyed", Stage.CONFIRMED, ""),
        ("destroyed_keys", Stage.DESTROYED, ""),
    ],
)
def test_every_scrutineer_stands_somewhere(
    stages: dict[str, SessionBuilder], stage: str, stands: Stage, missing: str
) -> None:
    state = stages[stage].state
    assert [seat.stage for seat in seats(state)] == [stands] * 3
    assert [what for _, what in missing_of_ceremony(state)] == [missing] * (3 if missing else 0)


def test_what_comes_next_is_one_sentence(stages: dict[str, SessionBuilder]) -> None:
    said = [next_of_session(initial()).en]
    order = ("created", "joined", "keyed", "open", "published", "destroyed_keys", "sealed")
    said += [next_of_session(stages[stage].state).en for stage in order]
    assert len(set(said)) == 8
    assert "destroy their shares" in said[5]
    assert "seal the session" in said[6]
    assert seats(initial()) == ()
    assert set(STAGES) == set(Stage)


def test_nobody_is_asked_for_a_key_while_a_contest_is_still_to_be_held(stages: dict[str, SessionBuilder]) -> None:
    builder = stages["published"].fork()
    builder.add(ContestDefined(motion_contest(builder.rules_ref(), id="second", slot=9).to_json()), *builder.officials)
    said = next_of_session(builder.state)
    assert "先不要销毁密钥" in said.zh
    assert "let no scrutineer destroy a key before" in said.en


def test_sealing_waits_for_publishing_and_for_the_keys(stages: dict[str, SessionBuilder]) -> None:
    assert [said.en.split()[-2] for said in missing_to_seal(stages["signed"].state)][:1] == ["published"]
    assert "2 more" in next(missing_to_seal(stages["published"].state)).en
    assert not may_seal(stages["published"].state)
    assert may_seal(stages["destroyed_keys"].state)
    assert not may_seal(stages["sealed"].state)
