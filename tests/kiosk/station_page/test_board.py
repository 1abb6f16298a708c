"""At a glance: what waits for this person, and how far a contest has come."""

from dataclasses import replace

import pytest

from kiosk.station_page import board
from kiosk.station_page.snapshot import Phase, Snapshot
from tally.entries.contests import ContestDefined
from tally.state import State, Status
from tests.api.world import World, voting_world


def snap(state: State, **changes: object) -> Snapshot:
    values: dict[str, object] = {"phase": Phase.RUNNING, "index": 1, "state": state, "has_share": True, **changes}
    return Snapshot(**values)  # type: ignore[arg-type]


def with_status(world: World, status: Status) -> State:
    """The same log with the contest further on: what a page shows follows from the status alone."""
    held = replace(world.state.contest("report"), status=status)
    return replace(world.state, contests=world.state.contests.set("report", held))


@pytest.mark.parametrize(
    ("trustees", "threshold", "words"),
    [(2, 2, "全部 2 名"), (3, 3, "全部 3 名"), (3, 2, "一个也不能缺席"), (5, 3, None), (7, 4, None)],
)
def test_the_warning_when_nobody_may_be_missing(trustees: int, threshold: int, words: str | None) -> None:
    said = board.may_nobody_be_missing(trustees, threshold)
    assert (said is None) if words is None else (said is not None and words in said.zh)


def test_a_new_contest_wants_lists_then_attendance() -> None:
    world, _ = voting_world()
    world.decree(ContestDefined(world.contest(id="second", slot=1).to_json()), "contest.defined")
    found = board.due(snap(world.state), None, backup_tested=True)
    assert [item.address for item in found] == ["/cards"]
    lists = {**dict(world.state.lists), (1, "delegate"): next(iter(world.state.lists.values()))}
    state = replace(world.state, lists=world.state.lists.update(lists))
    assert [item.address for item in board.due(snap(state), None, backup_tested=True)] == [
        "/contests/second/attendance"
    ]


def test_a_decided_contest_wants_the_report_signed_once() -> None:
    world, contest = voting_world()
    state = with_status(world, Status.DECIDED)
    assert [item.address for item in board.due(snap(state), None, backup_tested=True)] == ["/contests/report/report"]
    held = replace(state.contest(contest.id), signers=frozenset({1}))
    state = replace(state, contests=state.contests.set(contest.id, held))
    assert board.due(snap(state), None, backup_tested=True) == []


def test_the_backup_is_asked_for_and_the_key_destroyed_at_the_end_only() -> None:
    world, _ = voting_world()
    assert [item.address for item in board.due(snap(world.state), None, backup_tested=False)] == ["/key"]
    assert board.due(snap(world.state), None, backup_tested=True) == []
    ended = with_status(world, Status.PUBLISHED)
    assert board.is_over(ended)
    assert len(board.due(snap(ended), None, backup_tested=True)) == 1
    assert not board.is_over(with_status(world, Status.DEFINED))
    assert board.due(snap(ended, phase=Phase.STOPPED), None, backup_tested=False) == []


def test_the_closed_root_waits_for_kiosks_and_then_for_the_person() -> None:
    world, contest = voting_world()
    assert not board.is_to_compare(snap(world.state), world.state.contest(contest.id))
    world.close(contest)
    assert not board.is_to_compare(snap(world.state), world.state.contest(contest.id))
    world.report(contest)
    held = world.state.contest(contest.id)
    assert board.is_to_compare(snap(world.state), held)
    assert not board.is_to_compare(snap(world.state, signed_roots=frozenset({"report"})), held)
    numbers = board.progress(world.state, held)
    assert (numbers.verified, numbers.quorum, numbers.shares, numbers.threshold) == (0, 2, 0, 2)


def test_the_steps_say_where_a_contest_stands() -> None:
    world, contest = voting_world()
    states = [step.state for step in board.steps(snap(world.state), world.state.contest(contest.id))]
    assert states == ["done", "done", "now", "", "", "", "", ""]
    world.close(contest)
    steps = board.steps(snap(world.state), world.state.contest(contest.id))
    assert [step.state for step in steps][:4] == ["done", "done", "done", "now"]
    assert steps[3].note is not None
    assert "1 台" in steps[3].note.zh
    abandoned = with_status(world, Status.ABANDONED)
    assert "now" not in {step.state for step in board.steps(snap(abandoned), abandoned.contest(contest.id))}


def test_the_contest_that_matters_is_the_one_with_work() -> None:
    world, contest = voting_world()
    world.decree(ContestDefined(world.contest(id="second", slot=1).to_json()), "contest.defined")
    found = board.current(world.state)
    assert found is not None
    assert found.id == contest.id
    ended = with_status(world, Status.PUBLISHED)
    found = board.current(ended)
    assert found is not None
    assert found.id == "second"
    assert board.current(Snapshot().state) is None


def test_every_status_and_event_has_words() -> None:
    assert set(board.STATUS_WORDS) == set(Status)
    assert all(said.zh and said.en for said in (*board.STATUS_WORDS.values(), *board.NOTE_WORDS.values()))


def test_with_enough_shares_it_is_said_whose_turn_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    world, _ = voting_world()
    state = with_status(world, Status.CLOSED)
    contest = state.contest("report")
    for shares, waits in ((1, False), (2, True)):
        monkeypatch.setattr(board, "progress", lambda *_, n=shares: board.Progress(contest, 2, 2, n, 2))
        (step,) = (one for one in board.steps(snap(state), contest) if one.said.en == "Decryption")
        assert step.note is not None
        assert ("写入票数" in step.note.zh, "an official writes the counts" in step.note.en) == (waits, waits)
