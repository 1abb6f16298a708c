"""A small session that has everything a board shows: an election, a motion, an evaluation that tells some of it."""

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO

from ballots.contest import parse_contest
from tally.board.source import Source
from tally.cli.system import SystemRng
from tally.entries.envelope import decode_entry
from tally.plan.contests import rules_ref
from tally.record.write import write_record
from tally.rules.ruleset import RuleSet
from tally.simulate.inputs import Contested
from tally.simulate.run import simulate
from tally.state import State
from tests.support.simulation import election, small_simulation
from tests.tally.decide.contests import changed_rules

NAMES = ("王海", "李娟", "杨光")
TRUST_BALLOTS = ((0, 1, 2), (0, 0, 3), (0, 1, 0), (0, 1, 0), (1, 2, 0), (0, 3, 0), (0, 0, 0), (0, 0, 1), (0, 1, 2))
CARDS = 10


def _told() -> list[dict[str, object]]:
    return [
        {"item": "rate_trust", "scopes": ["self", "public"], "delay_days": 0},
        {"item": "rate_distrust", "scopes": ["self", "delegates"], "delay_days": 30},
    ]


@cache
def trust_rules() -> RuleSet:
    """Trust, of which one rate is public, and one is told to delegates after a month."""
    return changed_rules("trust_default", scopes=_told())


@cache
def source() -> Source:
    """The session, replayed, with its record."""
    plan = small_simulation()
    rules = trust_rules()
    base = election().to_json()
    trust = parse_contest(
        {
            **base,
            "blank": "弃权",
            "body": "",
            "id": "trust",
            "kind": "evaluation",
            "limits": [],
            "marks": ["信任", "基本信任", "不信任", "弃权"],
            "minimum": 8,
            "rules": {"hash": rules_ref(rules).hash.hex(), "id": rules.id},
            "seats": 0,
            "slot": 2,
            "stage": "",
            "title": {"en": "Trust", "zh": "信任度测评"},
            "write_ins": {"decision": "", "way": "none"},
        }
    )
    ballots = {**{one.contest: one.voters[0].ballots for one in plan.contests}, trust: TRUST_BALLOTS}
    contests = tuple(Contested.by_all(one, CARDS, CARDS, given) for one, given in ballots.items())
    whole = replace(plan, rules={**plan.rules, rules.id: rules}, contests=contests)
    done = simulate(whole, SystemRng(), lambda: 1_800_000_000, lambda _step, _done, _total: None)
    file = BytesIO()
    write_record(file, done.entries, done.checkpoints, done.service_key)
    return Source(
        state=done.state,
        entries=tuple(map(decode_entry, done.entries)),
        checkpoints=done.checkpoints,
        record=file.getvalue(),
        day=date(2026, 12, 8),
    )


def published_to(state: State, scope: str, *contests: str) -> State:
    """The same session, some of whose results went to another scope."""
    for contest in contests or tuple(state.contests):
        held = replace(state.contests[contest], scope=scope)
        state = replace(state, contests=state.contests.set(contest, held))
    return state


def with_rules(state: State, rules: str, **changes: object) -> State:
    """The same session under changed rules."""
    changed = changed_rules(rules, **changes)
    adopted = replace(state.rules[rules], rules=changed)
    return replace(state, rules=state.rules.set(rules, adopted))
