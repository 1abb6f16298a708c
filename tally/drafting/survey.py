"""What a draft holds and everything that is still wrong with it, by the readers that `demo` and `simulate` use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ballots.contest import Contest
from tally.drafting.session_text import Files
from tally.drafting.tables import contest_places, table_refs
from tally.plan.contests import gather_contests
from tally.plan.problems import Problems
from tally.plan.session_plan import SessionPlan, gather_plan
from voting_core.errors import InputError

_LINE: Final = re.compile(r", line ([0-9]+)(?:,|$)")
_CELL: Final = re.compile(r", cell [A-Z]+([0-9]+)$")
_REMEMBERED: Final = 8
"""Judgements that are remembered: before and after the last few edits, a megabyte or two each for a large session."""


@dataclass(frozen=True, slots=True)
class Survey:
    """A draft as far as it can be read. `plan` is None where `session.toml` is not TOML.

    `contests` are those that could be held; while `problems` is not empty, nothing is used but to be shown.
    """

    files: Files
    plan: SessionPlan | None
    contests: tuple[Contest, ...]
    problems: tuple[InputError, ...]

    @property
    def ready(self) -> bool:
        """Whether the draft is a whole session."""
        return self.plan is not None and not self.problems

    def contest(self, contest_id: str) -> Contest | None:
        """A contest that could be held."""
        return next((contest for contest in self.contests if contest.id == contest_id), None)

    def of_file(self, name: str) -> tuple[InputError, ...]:
        """The problems of one file."""
        return tuple(problem for problem in self.problems if _in_file(problem.place, name))


def survey(files: Files) -> Survey:
    """Read a draft. Never raises for what people wrote.

    The same bytes are judged once: an edit asks for the draft before and after it, and so does the page that follows.
    """
    return _surveyed(tuple(sorted(files.items())))


@lru_cache(maxsize=_REMEMBERED)
def _surveyed(items: tuple[tuple[str, bytes], ...]) -> Survey:
    files = dict(items)
    problems = Problems(most=None)
    plan = gather_plan(files, problems)
    if plan is None:
        return Survey(files, None, (), problems.found)
    broken = _broken_contests(files, problems.found)
    later = Problems(most=None)
    contests = gather_contests(plan, plan.rule_sets, later)
    # A contest whose table is refused would be refused once more for the consequences.
    further = tuple(problem for problem in later.found if not problem.place.startswith(broken))
    usable = tuple(contest for contest in contests if plan.contests[contest.slot].place not in broken)
    return Survey(files, plan, usable, (*problems.found, *further))


def line_of(place: str, name: str) -> int | None:
    """The line of a file that the place of a problem names, None where it names the file alone or another one."""
    if not _in_file(place, name):
        return None
    found = _LINE.match(place, len(name)) or _CELL.match(place, len(name))
    return int(found[1]) if found else None


def _in_file(place: str, name: str) -> bool:
    return place == name or place.startswith(f"{name}, ")


def _broken_contests(files: Files, problems: Sequence[InputError]) -> tuple[str, ...]:
    """The places of the contests of which something was refused already, in the file or in the table."""
    places = [problem.place for problem in problems]
    tables = {ref.contest: ref.file for ref in table_refs(files)}
    broken = []
    for place, contest_id in contest_places(files):
        file = tables.get(contest_id)
        if any(other.startswith(place) or (file is not None and _in_file(other, file)) for other in places):
            broken.append(place)
    return tuple(broken)
