"""The draft of the session: loading it, saving it, and what the log has fixed of it already."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from api.errors import SaidError
from api.service import Service
from api.store.database import Connection
from api.store.desk_operations import Person, replace_roll
from api.store.setup import read_setup, replace_setup, revision_of
from ballots.screen.words import Said
from tally.drafting.session_edit import SessionFacts
from tally.drafting.session_text import Files
from tally.drafting.survey import Survey, survey
from tally.drafting.tables import ROLL, table_refs
from tally.plan.evaluators import category_of
from tally.plan.session_plan import SessionPlan
from tally.state import State
from voting_core.errors import InputError

NO_DRAFT: Final = Said("还没有会议草稿，请先选择模板或上传", "There is no draft yet; choose a template or upload one")
FIXED_SESSION: Final = Said(
    "会议已经创建，基本情况和监票人数已写入日志，不能再改",
    "The session is created; its facts and the number of scrutineers are in the log",
)
FIXED_CONTEST: Final = Said(
    "这项表决已经写入日志，名单和规则不能再改", "This contest is in the log; its names and rules are fixed"
)
FIXED_WHOLE: Final = Said("会议已经创建，不能换成另一份草稿", "The session is created; its draft cannot be replaced")


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft as it is stored, with what it holds and what is wrong with it."""

    revision: str
    found: Survey

    @property
    def files(self) -> Files:
        """The files by name."""
        return self.found.files

    @property
    def plan(self) -> SessionPlan:
        """The session as far as it can be read.

        Raises:
            SaidError: `session.toml` cannot be read at all.
        """
        if self.found.plan is None:
            raise SaidError(NO_DRAFT, status=409)
        return self.found.plan


async def load_draft(service: Service) -> Draft | None:
    """The draft, or None before there is one."""
    return await asyncio.to_thread(load, service)


def load(service: Service) -> Draft | None:
    """As :func:`load_draft`, for who is in a thread of its own."""
    files = service.reader.read(read_setup)
    if not files:
        return None
    return Draft(revision_of(files), survey(files))


async def save_draft(service: Service, before: str, files: Files) -> str:
    """Put an edited draft in the place of the one with the revision `before`.

    After the session was created the roll of the check-in follows the draft, in the same write.

    Raises:
        SaidError: somebody else has changed the draft, or the log has fixed what the edit changes.
        StateError: people have checked in under the present roll.
    """
    log = service.sequencer.view.log
    old = await load_draft(service)
    if old is not None:
        await asyncio.to_thread(check_fixed, log, old.found, files)
    elif log.session is not None:
        raise SaidError(FIXED_WHOLE, status=409)
    put = replace_setup(files, before)
    roll = None
    if log.session is not None and old is not None and _roll(old.files) != _roll(files):
        roll = replace_roll(people_of(await asyncio.to_thread(survey, files)))

    def work(connection: Connection) -> str:
        revision = put(connection)
        if roll is not None:
            roll(connection)
        return revision

    return await asyncio.wrap_future(service.writer.submit(work))


def check_fixed(log: State, old: Survey, files: Files) -> None:
    """Refuse an edit of what the log has fixed.

    Raises:
        SaidError: it changes the facts of a session that is created, or a contest that is defined.
    """
    if log.session is None or old.plan is None:
        return
    new = survey(files)
    if new.plan is None or _facts(old.plan) != _facts(new.plan):
        raise SaidError(FIXED_SESSION, status=409)
    for contest_id in log.contests:
        if _contest(old.plan, contest_id) != _contest(new.plan, contest_id):
            raise SaidError(FIXED_CONTEST, status=409)


def people_of(found: Survey) -> tuple[Person, ...]:
    """The lines of the roll for the check-in.

    Raises:
        InputError: the roll has problems; nothing of it is used.
    """
    if found.plan is None or found.problems:
        problem = found.problems[0] if found.problems else None
        raise problem or InputError("roll", "cannot be read", "Mend the draft first")
    return tuple(
        Person(
            person.number,
            person.name,
            person.delegation,
            person.should_attend,
            person.should_attend and person.standing.on_leave,
            category_of(person),
        )
        for person in found.plan.roll.people
    )


async def feed_desk(service: Service) -> int:
    """Give the roll of the draft to the check-in; tells how many lines it has.

    Raises:
        SaidError: there is no draft.
        InputError: the roll has problems.
        StateError: people have checked in already.
    """
    draft = await load_draft(service)
    if draft is None:
        raise SaidError(NO_DRAFT, status=409)
    people = people_of(draft.found)
    await asyncio.wrap_future(service.writer.submit(replace_roll(people)))
    return len(people)


def facts_of(plan: SessionPlan) -> SessionFacts:
    """The facts of a session as a form shows them."""
    info = plan.info
    paper = info.paper
    return SessionFacts(
        info.id, info.title, info.kind, info.date, info.place, paper.use.value, paper_evaluations=paper.evaluations
    )


def _facts(plan: SessionPlan) -> tuple[object, ...]:
    info = plan.info
    counters = plan.scrutineers.threshold, len(plan.scrutineers.names)
    # Not in the log, but fixed all the same: all kiosks of a session print alike.
    return info.title, info.kind, info.date, info.place, info.paper, *counters


def _contest(plan: SessionPlan, contest_id: str) -> tuple[object, ...]:
    """Everything of which a contest is made, with its slot; nothing where the draft has no such contest."""
    for slot, contest in enumerate(plan.contests):
        if contest.id == contest_id:
            return slot, replace(contest, place=""), plan.rule_sets.get(contest.rule_set)
    return ()


def _roll(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that say who is on the roll, with the days on which changes hold."""
    try:
        return {ref.target: files.get(ref.file, b"") for ref in table_refs(files) if ref.target.startswith(ROLL)}
    except InputError:
        return {}
