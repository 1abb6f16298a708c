"""The county's own rule sets of a session: `rules = ["…toml"]` under `[session]`, files beside it."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Final

from tally.plan.contest_plan import ContestPlan
from tally.plan.fields import TomlFields
from tally.plan.problems import Problems, shown
from tally.plan.source import SESSION_FILE
from tally.rules.county import read_county_rules
from tally.rules.county_file import SUFFIX
from tally.rules.ruleset import RuleSet
from voting_core.errors import InputError

KEY: Final = "rules"
_MAX_FILES: Final = 32


def read_session_rules(fields: TomlFields, files: Mapping[str, bytes], problems: Problems) -> tuple[RuleSet, ...]:
    """Read the rule sets that a session names; every problem of every file is noted."""
    if not fields.has(KEY):
        return ()
    names, place = fields.names(KEY), fields.place(KEY)
    if len(names) > _MAX_FILES:
        problems.add(place, f"names {len(names)} files", f"Name at most {_MAX_FILES}")
        return ()
    beside = {name: data for name, data in files.items() if name.endswith(SUFFIX) and name != SESSION_FILE}
    found: dict[str, str] = {}
    read = []
    for name in names:
        rules = _read(place, name, beside, problems)
        if rules is None:
            continue
        if rules.id in found:
            problems.add(
                f"{name}, field id",
                f"{shown(rules.id)} is also the id of {found[rules.id]}",
                "Give it an id of its own",
            )
        found[rules.id] = name
        read.append(rules)
    return tuple(read)


def _read(place: str, name: str, beside: Mapping[str, bytes], problems: Problems) -> RuleSet | None:
    if name not in beside:
        near = difflib.get_close_matches(name, beside, 1)
        remedy = f"Did you mean {shown(near[0])}" if near else f"Put the {SUFFIX} file beside {SESSION_FILE}"
        problems.add(place, f"there is no file of rules {shown(name)}", remedy)
        return None
    try:
        return read_county_rules(beside, name).rules
    except InputError as error:
        problems.add(error.place, error.problem, error.remedy)
        return None


def superseded(contests: Sequence[ContestPlan], rule_sets: Mapping[str, RuleSet], day: str) -> tuple[str, ...]:
    """A sentence for each packaged rule set that is used and not in force on the day of the session.

    Local methods still copy superseded rules, so that the county may mean it; its own rule sets say from when to when
    they hold, and are refused outside.
    """
    used = dict.fromkeys(contest.rule_set for contest in contests)
    old = [rule_sets[name] for name in used if name in rule_sets and not rule_sets[name].in_force(day)]
    return tuple(
        f"{rules.name_zh}（{rules.id}）施行期为 {rules.effective_from or '…'} 至 {rules.effective_until or '…'}，"
        f"会议日期 {day}，请确认县里仍用此规则  in force from {rules.effective_from or '…'} to "
        f"{rules.effective_until or '…'}: make sure that the county still uses it"
        for rules in old
        if not rules.adopted_by
    )
