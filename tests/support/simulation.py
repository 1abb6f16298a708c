"""A small plan for `tally.simulate`: an election of three for one seat, and a motion."""

from ballots.contest import Contest, parse_contest
from tally.plan.contests import rules_ref
from tally.rules.loader import load_rule_set
from tally.simulate.inputs import Contested, Simulation

ELECTION_BALLOTS = ((0, 1, 2), (0, 1, 1), (1, 0, 2), (0, 2, 2), (0, 1, 2), (2, 2, 2))
MOTION_BALLOTS = ((0,), (0,), (0,), (1,), (2,))
PRESENT = 7
SHOULD_ATTEND = 8


def _contest(contest_id: str, slot: int, kind: str, rules: str, **changes: object) -> Contest:
    rows = [{"details": [], "id": row, "name": name} for row, name in (("1", "王海"), ("2", "李娟"), ("3", "杨光"))]
    value: dict[str, object] = {
        "blank": "abstain",
        "body": "",
        "capture": "kiosk",
        "cells": [{"classes": ["delegate"], "id": "all", "merge_into": ""}],
        "classes": ["delegate"],
        "id": contest_id,
        "kind": kind,
        "limits": [],
        "marks": ["approve", "disapprove", "abstain"],
        "minimum": 5,
        "purpose": "",
        "rows": rows,
        "rules": {"hash": rules_ref(load_rule_set(rules)).hash.hex(), "id": rules},
        "seats": 0,
        "slot": slot,
        "stage": "",
        "title": {"en": contest_id, "zh": f"表决{slot}"},
        "waiver": False,
        "follows": "",
        "write_ins": {"decision": "", "way": "none"},
        **changes,
    }
    ids = [row["id"] for row in value["rows"]]  # type: ignore[attr-defined]  # rows are objects
    return parse_contest({"order": ids, **value})  # type: ignore[dict-item]  # built from JSON values only


def election(**changes: object) -> Contest:
    """One seat, three candidates, at most one approval."""
    limits = [{"at": "most", "count": 1, "mark": "approve"}]
    settings = {"limits": limits, "seats": 1, "stage": "formal", "body": "committee_member"}
    settings |= {"write_ins": {"decision": "测试〔2026〕1号", "way": "waived"}, **changes}
    return _contest("election", 0, "election", "election_local_2020", **settings)


def motion(**changes: object) -> Contest:
    """A motion."""
    rows = [{"details": [], "id": "motion", "name": "决议"}]
    return _contest("motion", 1, "motion", "resolution_default", rows=rows, **changes)


def small_simulation(
    election_ballots: tuple[tuple[int, ...], ...] = ELECTION_BALLOTS,
    motion_ballots: tuple[tuple[int, ...], ...] = MOTION_BALLOTS,
    *,
    waiver: bool = False,
) -> Simulation:
    """Both contests, seven present of eight, three scrutineers of whom two decrypt."""
    changes: dict[str, object] = {"minimum": 1, "waiver": True} if waiver else {}
    rules = ("election_local_2020", "resolution_default")
    return Simulation(
        kind="congress",
        title="测试大会",
        date="2026-12-08",
        place="礼堂",
        scrutineers=("甲", "乙", "丙"),
        threshold=2,
        rules={rule: load_rule_set(rule) for rule in rules},
        contests=(
            Contested.by_all(election(**changes), SHOULD_ATTEND, PRESENT, election_ballots),
            Contested.by_all(motion(**changes), SHOULD_ATTEND, PRESENT, motion_ballots),
        ),
    )


def counted(ballots: tuple[tuple[int, ...], ...], rows: int, marks: int) -> tuple[tuple[int, ...], ...]:
    """The counts of given ballots, by plain counting."""
    return tuple(tuple(sum(ballot[a] == b for ballot in ballots) for b in range(marks)) for a in range(rows))
