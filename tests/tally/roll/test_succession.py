import pytest

from tally.roll.person import Roll
from tally.roll.succession import Alternate, Succession, propose, succeed
from tests.tally.roll.people import make_person
from voting_core.errors import VerificationError

NAMES = ("刘芳", "孙强", "李娟")


def alternates(*numbers: str) -> tuple[Alternate, ...]:
    return tuple(Alternate(number, f"人{number}", 100, "s-1", "succession.csv, line 2") for number in numbers)


def test_alternates_move_up_by_votes() -> None:
    assert succeed(NAMES, 1) == Succession(("刘芳",), ("孙强", "李娟"), 0)
    assert succeed(NAMES, 0) == Succession((), NAMES, 0)
    assert succeed(NAMES, 3) == Succession(NAMES, (), 0)
    assert succeed(NAMES, 4) == Succession(NAMES, (), 1)


@pytest.mark.parametrize(("names", "vacancies"), [(("刘芳", "刘芳"), 1), (("刘芳",), -1)])
def test_successions_that_are_none(names: tuple[str, ...], vacancies: int) -> None:
    with pytest.raises(VerificationError):
        succeed(names, vacancies)


def test_a_proposal_needs_the_plenum() -> None:
    proposal = propose(alternates("3", "1", "2"), 1, Roll(()))
    assert [one.number for one in proposal.promoted] == ["3"]
    assert [one.number for one in proposal.remaining] == ["1", "2"]
    assert (proposal.needs_decision_of, proposal.by_election) == ("plenum", None)


def test_those_who_cannot_move_up_are_passed_over_with_the_reason() -> None:
    roll = Roll((
        make_person("1", capacity="委员"),
        make_person("2", "终止", capacity="候补委员", votes=False),
        make_person("3", "请假", capacity="候补委员", votes=False),
    ))  # fmt: skip
    proposal = propose(alternates("1", "2", "3"), 1, roll)
    assert [one.number for one in proposal.promoted] == ["3"]
    assert [(one.alternate.number, one.zh) for one in proposal.passed_over] == [("1", "已是委员"), ("2", "资格终止")]


def test_a_by_election_when_alternates_run_out() -> None:
    assert propose(alternates("1", "2"), 2, Roll(())).by_election is None
    one = propose(alternates("1", "2"), 3, Roll(())).by_election
    assert one is not None
    assert (one.seats, one.candidates) == (1, 2)
    assert "等额" in one.question_zh
    assert "superior committee" in one.question_en
    eleven = propose((), 11, Roll(())).by_election
    assert eleven is not None
    assert (eleven.seats, eleven.candidates) == (11, 13)
