"""Alternates who move up when member seats fall vacant (递补), in the order of votes (Party constitution, art. 27).

The order is a proposal: the plenum decides it. When alternates run out, the seats left are for a by-election, and
whether one seat needs a surplus of candidates is a question that the committee must answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tally.decide.attendance import contradiction
from tally.decide.surplus import min_candidates
from tally.roll.person import MEMBER, Roll, RollPerson
from voting_core.codec import JsonObject, JsonValue

PLENUM: Final = "plenum"
SURPLUS_PERCENT: Final = 10
"""The surplus that elections of committee members ask for (rule on surplus elections)."""


@dataclass(frozen=True, slots=True)
class Succession:
    """Those who move up, those who stay, and the seats for which nobody is left."""

    promoted: tuple[str, ...]
    remaining: tuple[str, ...]
    unfilled: int


@dataclass(frozen=True, slots=True)
class Alternate:
    """An elected alternate in the order of succession; `place` names the line in messages."""

    number: str
    name: str
    votes: int
    session: str
    place: str

    def to_json(self) -> JsonObject:
        """The alternate for programs."""
        return {"name": self.name, "number": self.number, "session": self.session, "votes": self.votes}


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An alternate who cannot move up, and why."""

    alternate: Alternate
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ByElection:
    """Seats that no alternate fills. With a surplus they need `candidates` or more; without one, as many as seats."""

    seats: int
    candidates: int

    @property
    def question_zh(self) -> str:
        """What has to be decided before it is held."""
        return (
            f"补选 {self.seats} 名：差额选举至少 {self.candidates} 名候选人；是否可以等额，规定不明确，须先请示上级党委"
        )

    @property
    def question_en(self) -> str:
        """The same in English."""
        return (
            f"By-election for {self.seats}: with a surplus at least {self.candidates} candidates; whether equal "
            "numbers may do is not clear, so ask the superior committee first"
        )

    def to_json(self) -> JsonObject:
        """The by-election for programs, with its open question."""
        question: JsonObject = {"en": self.question_en, "zh": self.question_zh}
        return {"candidates_with_surplus": self.candidates, "question": question, "seats": self.seats}


@dataclass(frozen=True, slots=True)
class SuccessionProposal:
    """What is put before the plenum; `needs_decision_of` says who decides it."""

    vacancies: int
    promoted: tuple[Alternate, ...]
    remaining: tuple[Alternate, ...]
    passed_over: tuple[PassedOver, ...]
    by_election: ByElection | None
    needs_decision_of: str = PLENUM

    def to_json(self) -> JsonObject:
        """The proposal for programs; `by_election` is left out where alternates fill all seats."""
        passed_over: list[JsonValue] = [
            {**one.alternate.to_json(), "reason": {"en": one.en, "zh": one.zh}} for one in self.passed_over
        ]
        election = self.by_election
        return {
            "needs_decision_of": self.needs_decision_of,
            "passed_over": passed_over,
            "promoted": [one.to_json() for one in self.promoted],
            "remaining": [one.to_json() for one in self.remaining],
            "vacancies": self.vacancies,
            **({} if election is None else {"by_election": election.to_json()}),
        }


def succeed(alternates_by_votes: Sequence[str], vacancies: int) -> Succession:
    """Fill vacant member seats by alternates in the order of their votes.

    Raises:
        VerificationError: V11.D, vacancies below zero or an alternate listed twice.
    """
    if vacancies < 0 or len(set(alternates_by_votes)) != len(alternates_by_votes):
        contradiction(f"{vacancies} vacancies, {len(alternates_by_votes)} alternates")
    alternates = tuple(alternates_by_votes)
    return Succession(alternates[:vacancies], alternates[vacancies:], max(0, vacancies - len(alternates)))


def propose(alternates: Sequence[Alternate], vacancies: int, roll: Roll) -> SuccessionProposal:
    """Propose who moves up: alternates in their order, without those who are members already or whose right is gone.

    Alternates who are not on the roll are taken as they stand: a congress keeps no list of alternates.

    Raises:
        VerificationError: V11.D, vacancies below zero or an alternate listed twice.
    """
    on_roll = {person.number: person for person in roll.people}
    judged = [(one, _reason(on_roll.get(one.number))) for one in alternates]
    free = {one.number: one for one, reason in judged if reason is None}
    result = succeed([one.number for one, reason in judged if reason is None], vacancies)
    return SuccessionProposal(
        vacancies=vacancies,
        promoted=tuple(free[number] for number in result.promoted),
        remaining=tuple(free[number] for number in result.remaining),
        passed_over=tuple(PassedOver(one, *reason) for one, reason in judged if reason is not None),
        by_election=_by_election(result.unfilled) if result.unfilled else None,
    )


def _by_election(seats: int) -> ByElection:
    return ByElection(seats, min_candidates(seats, SURPLUS_PERCENT))


def _reason(person: RollPerson | None) -> tuple[str, str] | None:
    if person is None:
        return None
    if not person.standing.should_attend:
        return f"资格{person.standing.word.value}", person.standing.word.english
    return (f"已是{MEMBER}", "is a member already") if person.capacity == MEMBER else None
