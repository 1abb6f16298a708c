"""A session as its organisers write it down: `session.toml` and the tables beside it.

:func:`read_plan` reads all of it or nothing: every problem of every file is in one error.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ballots.paper_setting import PaperSetting
from tally.plan.contest_plan import ContestPlan, read_contest
from tally.plan.earlier import read_earlier
from tally.plan.fields import TomlFields
from tally.plan.paper import read_paper
from tally.plan.people import read_roll, refuse_empty_roll, with_history
from tally.plan.problems import Problems, shown
from tally.plan.renomination import second_tries
from tally.plan.roll_changes import read_roll_changes
from tally.plan.scrutineer_check import namesakes, refuse_standing
from tally.plan.scrutineers import Counters, Scrutineers, read_counters, read_scrutineers
from tally.plan.session_rules import read_session_rules, superseded
from tally.plan.source import SESSION_FILE, PlanFiles
from tally.plan.text import decode_text
from tally.roll.earlier import Earlier
from tally.roll.person import Roll
from tally.roll.succession import SuccessionProposal, propose
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.ruleset import RuleSet
from voting_core.errors import FatalError
from voting_core.params import MAX_SLOTS

MAX_SESSION_FILE_BYTES: Final = 256 * 1024
"""32 contests take 10 kB."""

_ID_FORM: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_KINDS: Final = ("congress", "plenum")


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """What the session is. `id` names its folder, `date` is YYYY-MM-DD, `place` may be empty. `paper` is whether its
    kiosks print ballots.
    """

    id: str
    title: str
    kind: str
    date: str
    place: str
    paper: PaperSetting = field(default_factory=PaperSetting)


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A whole session that was read without a problem."""

    info: SessionInfo
    roll: Roll
    scrutineers: Scrutineers
    contests: tuple[ContestPlan, ...]
    earlier: Earlier | None = None
    county_rules: tuple[RuleSet, ...] = ()
    counters: Counters = field(default_factory=Counters)

    @property
    def rule_sets(self) -> dict[str, RuleSet]:
        """The rule sets that contests may name, by id: the packaged ones and the county's own."""
        packaged = {name: load_rule_set(name) for name in available_rule_sets()}
        return {**packaged, **{rules.id: rules for rules in self.county_rules}}

    @property
    def notes(self) -> tuple[str, ...]:
        """What officials should know: lines of the roll left out, nominees who failed before, namesakes, old rules."""
        return (
            *self.roll.notes,
            *second_tries(self.contests, self.earlier),
            *namesakes(self.scrutineers.counters, self.contests, self.roll),
            *namesakes(self.counters, self.contests, self.roll),
            *superseded(self.contests, self.rule_sets, self.info.date),
        )

    @property
    def succession(self) -> SuccessionProposal | None:
        """Who moves up to the vacant seats, for the plenum to decide; None where no seat is vacant."""
        if self.earlier is None or not self.earlier.vacancies:
            return None
        return propose(self.earlier.alternates, self.earlier.vacancies, self.roll)


def read_plan(files: Mapping[str, bytes]) -> SessionPlan:
    """Read the plan from the files of one folder, by name.

    Raises:
        InputErrors: with every problem found, each naming file, line or key, value and remedy.
    """
    problems = Problems()
    plan = gather_plan(files, problems)
    problems.refuse()
    if plan is None:
        raise FatalError("a session that cannot be read has no problem")
    return plan


def gather_plan(files: Mapping[str, bytes], problems: Problems) -> SessionPlan | None:
    """Read what can be read, with every problem noted: for drafts that are not finished, and never for a session.

    Where a problem was noted the plan holds harmless values instead; None where nothing can be read.
    """
    document = _parse(files, problems)
    if problems.count:
        return None
    tables = PlanFiles(files, problems)
    top = TomlFields(document, SESSION_FILE, problems)
    session = _table(top, "session", problems)
    county_rules = read_session_rules(session, files, problems)
    info, roll = _read_session(session, tables, problems)
    scrutineers = read_scrutineers(_table(top, "scrutineers", problems), roll, problems)
    counters = read_counters(_table(top, "counters", problems), roll, problems) if top.has("counters") else Counters()
    contests = _read_contests(top, tables, problems)
    refuse_standing(scrutineers.counters, f"{SESSION_FILE}, [scrutineers]", contests, roll, problems)
    refuse_standing(counters, f"{SESSION_FILE}, [counters]", contests, roll, problems)
    earlier = read_earlier(_table(top, "earlier", problems), tables, problems) if top.has("earlier") else None
    top.done()
    return SessionPlan(info, roll, scrutineers, contests, earlier, county_rules, counters)


def _parse(files: Mapping[str, bytes], problems: Problems) -> Mapping[str, Any]:
    data = files.get(SESSION_FILE)
    if data is None:
        problems.add(SESSION_FILE, "is missing", "Write one as in examples/, beside the tables")
        return {}
    if len(data) > MAX_SESSION_FILE_BYTES:
        problems.add(
            SESSION_FILE, f"has {len(data)} bytes", f"At most {MAX_SESSION_FILE_BYTES} are read; names belong in tables"
        )
        return {}
    text = decode_text(SESSION_FILE, data, problems)
    if text is None:
        return {}
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.add(SESSION_FILE, f"is not TOML: {error}", "Correct this place; examples/ shows the form")
    except RecursionError:
        problems.add(SESSION_FILE, "is nested too deep", "Write it as in examples/")
    return {}


def _table(top: TomlFields, key: str, problems: Problems) -> TomlFields:
    where = f"{SESSION_FILE}, [{key}]"
    value = top.raw(key)
    if value is not None and not isinstance(value, dict):
        problems.add(SESSION_FILE, f"{key} is not a table", f"Write [{key}] on a line of its own")
    return TomlFields(value, where, problems) if isinstance(value, dict) else TomlFields({}, where, Problems())


def _read_session(fields: TomlFields, tables: PlanFiles, problems: Problems) -> tuple[SessionInfo, Roll]:
    info = SessionInfo(
        id=fields.text("id", form=_ID_FORM, hint="small letters, digits and hyphens, at most 64"),
        title=fields.text("title"),
        kind=fields.choice("kind", _KINDS),
        date=fields.day("date"),
        place=fields.optional_text("place"),
        paper=read_paper(fields),
    )
    name = fields.text("roll")
    changes = fields.optional_text("roll_changes")
    fields.done()
    return info, _read_roll(fields, tables, info, name, changes, problems) if name else Roll(())


def _read_roll(
    fields: TomlFields, tables: PlanFiles, info: SessionInfo, name: str, changes: str, problems: Problems
) -> Roll:
    before, plenum = problems.count, info.kind == "plenum"
    roll = read_roll(tables, fields.place("roll"), name, plenum=plenum, problems=problems, day=info.date)
    if changes:
        history = read_roll_changes(tables, fields.place("roll_changes"), changes, roll, problems)
        # Of a roll or a session that is refused nothing follows that could contradict the history.
        if history is not None and problems.count == before and info.date:
            roll = with_history(roll, history, problems)
    refuse_empty_roll(roll, name, plenum=plenum, problems=problems)
    return roll


def _read_contests(top: TomlFields, tables: PlanFiles, problems: Problems) -> tuple[ContestPlan, ...]:
    value = top.raw("contest")
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        problems.add(SESSION_FILE, "contest is not a list of tables", "Write [[contest]] above each contest")
        return ()
    if len(value) > MAX_SLOTS:
        problems.add(
            SESSION_FILE,
            f"has {len(value)} contests",
            f"A card has keys for {MAX_SLOTS}; hold the others in another session",
        )
        return ()
    found = [
        read_contest(TomlFields(item, contest_place(number, item), problems), tables, problems)
        for number, item in enumerate(value, 1)
    ]
    contests = tuple(contest for contest in found if contest is not None)
    seen: dict[str, str] = {}
    for contest in contests:
        if contest.id and contest.id in seen:
            problems.add(
                contest.place, f"the id {shown(contest.id)} is that of an earlier contest", "Give it an id of its own"
            )
        seen[contest.id] = contest.place
    return contests


def contest_place(number: int, item: Mapping[str, Any]) -> str:
    """Name a contest as messages name it."""
    name = item.get("id")
    return f"{SESSION_FILE}, [[contest]] {number}" + (f" ({shown(name)})" if isinstance(name, str) else "")
