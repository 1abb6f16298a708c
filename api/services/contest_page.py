"""What the page of one contest shows: its steps with the people behind them, what waits, the outcome with its reasons,
and what may follow.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from api.acts.contest_acts import following
from api.sequencer.queues import KioskQueue
from api.service import Service
from api.services.history import Signed, about, named, people_of
from api.services.queues import queues_of_contest
from api.services.waiting import Waiting, waiting_for
from api.store.accounts import Account
from ballots.contest import Contest, Kind
from ballots.screen.words import Said
from tally.course import Course, Step, StepKey, course_of, planned_course
from tally.decide.steps import Step as Reason
from tally.entries.entry_type import EntryType
from tally.entry_words import act_of
from tally.next_vote import Proposal as NextVote
from tally.replay.expected import outcome_of
from tally.report.build import contest_documents
from tally.report.facts import contest_facts, provenance, session_facts
from tally.report.model import Document
from tally.state import ContestState, State
from voting_core.errors import PlenumError


@dataclass(frozen=True, slots=True)
class DoneBy:
    """An entry of a step: what it was, who signed it, when by their own clock."""

    said: Said
    people: tuple[Said, ...]
    at: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with the entries that belong to it."""

    step: Step
    done: tuple[DoneBy, ...]


@dataclass(frozen=True, slots=True)
class ContestPage:
    """Everything that the page shows. `held` is None for a contest of the draft.

    `reasons` and `documents` are of a counted contest, `problem` is why it cannot be decided as it stands. `queues` are
    the kiosks and what waits there, while voting pauses.
    """

    contest: Contest
    held: ContestState | None
    course: Course
    steps: tuple[ShownStep, ...]
    waiting: tuple[Waiting, ...]
    reasons: tuple[Reason, ...] = ()
    documents: tuple[Document, ...] = ()
    problem: str = ""
    following: tuple[NextVote, ...] = ()
    motions: tuple[tuple[str, str], ...] = ()
    over: tuple[str, ...] = ()
    queues: tuple[KioskQueue, ...] = ()

    @property
    def waits_for_kiosks(self) -> bool:
        """Whether it cannot be closed yet, because ballots may wait at kiosks."""
        return any(not one.lets_close for one in self.queues)


def planned_page(service: Service, account: Account, contest: Contest) -> ContestPage:
    """The page of a contest that is not in the log yet. Reads the disk."""
    state = service.sequencer.view.log
    course = planned_course(state, contest)
    return ContestPage(
        contest, None, course, _steps(service, state, contest, course), _waiting(service, account, contest)
    )


def contest_page(service: Service, account: Account, contest_id: str) -> ContestPage:
    """The page of a contest of the log. Reads the disk.

    Raises:
        StateError: there is no such contest.
    """
    state = service.sequencer.view.log
    held = state.contest(contest_id)
    course = course_of(state, contest_id)
    reasons, documents, problem = _outcome(state, held)
    return ContestPage(
        contest=held.contest,
        held=held,
        course=course,
        steps=_steps(service, state, held.contest, course),
        waiting=_waiting(service, account, held.contest),
        reasons=reasons,
        documents=documents,
        problem=problem,
        following=following(state, contest_id) if held.outcome is not None else (),
        motions=tuple(
            (one.id, one.contest.title.zh)
            for one in state.contests.values()
            if one.contest.kind is Kind.MOTION and one.opened_at > held.declared_at >= 0
        ),
        over=held.sheets.over_issue(held.boxes) if held.is_voting else (),
        queues=queues_of_contest(service, state, contest_id),
    )


def _outcome(state: State, held: ContestState) -> tuple[tuple[Reason, ...], tuple[Document, ...], str]:
    if not held.is_decidable:
        return (), (), ""
    try:
        reasons = outcome_of(state, held.id).steps
    except PlenumError as error:
        return (), (), str(error)
    facts, session = contest_facts(state, held.id), session_facts(state)
    return reasons, contest_documents(facts, session, provenance(state, held.id)), ""


def _waiting(service: Service, account: Account, contest: Contest) -> tuple[Waiting, ...]:
    return tuple(
        one
        for one in waiting_for(service, account)
        if one.contest == contest.id or (one.type is EntryType.RULES_ADOPTED and _adopts(one, contest))
    )


def _adopts(waiting: Waiting, contest: Contest) -> bool:
    return getattr(waiting.body, "id", "") == contest.rules.id


def _steps(service: Service, state: State, contest: Contest, course: Course) -> tuple[ShownStep, ...]:
    entries = about(service.history.upto(state.size), contest.id, contest.rules.id, contest.slot)
    people = people_of(service.accounts)
    return tuple(
        ShownStep(step, tuple(_done_by(state, people, one) for one in entries if _belongs(step, one)))
        for step in course.steps
    )


def _belongs(step: Step, entry: Signed) -> bool:
    if entry.type is EntryType.CONTEST_ABANDONED:
        return step.key is StepKey.VOTE
    return entry.type in step.types


def _done_by(state: State, people: dict[bytes, str], entry: Signed) -> DoneBy:
    # The clock of this machine, as the wall of the hall shows it; the moment is the author's claim.
    moment = datetime.fromtimestamp(entry.time, UTC).astimezone().strftime("%H:%M") if entry.time else ""
    return DoneBy(
        act_of(entry.type).name,
        tuple(dict.fromkeys(named(state, people, key) for key in entry.keys)),
        moment,
    )
