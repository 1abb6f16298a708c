"""Contests that are counted by hand, from the definition to the declared outcome, in a few lines of a test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ballots.contest import (
    NO_WRITE_INS,
    At,
    Capture,
    Contest,
    Kind,
    Limit,
    Row,
    RulesRef,
    Stage,
    Title,
    WriteIns,
    WriteInWay,
    make_contest,
)
from tally.entries.contests import AttendanceDeclared, Box, ClassCards, ContestDefined, ContestOpened, RulesAdopted
from tally.entries.sheets import CountEntered, WriteIn
from tally.replay import expected
from tally.rules.ruleset import RuleSet
from tests.independent.errors import Refused
from tests.independent.session import Session
from tests.support.refusals import refused
from tests.support.session import SessionBuilder
from tests.tally.decide.contests import changed_rules

MARKS = ("approve", "disapprove", "abstain")
NAMES = ("丁一", "王芳", "李红香", "欧阳华")
PEOPLE = 20
"""Who should attend, is present, and votes."""


def with_rules(session: SessionBuilder, rule_set: str = "election_local_2020", **changes: object) -> RulesRef:
    """Adopt a rule set, with some fields changed, and give the reference to it."""
    rules: RuleSet = changed_rules(rule_set, **changes)
    if rules.id not in session.state.rules:
        session.add(RulesAdopted(rules.id, rules.to_json()), *session.officials)
    return RulesRef(rules.id, session.state.rules[rules.id].hash)


def election(rules: RulesRef, id: str = "committee", slot: int = 1, **changes: Any) -> Contest:
    """A formal election of two out of four, on paper."""
    seats = changes.get("seats", 2)
    rows = changes.get("rows", tuple(Row(f"0{n}", name, ()) for n, name in enumerate(NAMES, 1)))
    runoff = changes.get("stage") is Stage.RUNOFF
    fields: dict[str, Any] = {
        "id": id,
        "kind": Kind.ELECTION,
        "stage": Stage.FORMAL,
        "title": Title(en="Committee", zh="选举委员"),
        "slot": slot,
        "body": "committee_member",
        "seats": seats,
        "rows": rows,
        "marks": MARKS,
        "limits": (Limit(At.MOST, seats, "approve"),),
        "blank": "abstain",
        "rules": rules,
        "classes": ("delegate",),
        "capture": Capture.HAND,
        "write_ins": NO_WRITE_INS if runoff else WriteIns(WriteInWay.PAPER),
    }
    return make_contest(**(fields | changes))


def motion(rules: RulesRef, id: str = "consent", slot: int = 8, **changes: Any) -> Contest:
    """A motion on paper."""
    fields: dict[str, Any] = {
        "id": id,
        "kind": Kind.MOTION,
        "title": Title(en="Motion", zh="决议"),
        "slot": slot,
        "rows": (Row("motion", "决议", ()),),
        "marks": MARKS,
        "blank": "abstain",
        "rules": rules,
        "classes": ("delegate",),
        "capture": Capture.HAND,
    }
    return make_contest(**(fields | changes))


def definition(session: SessionBuilder, contest: Contest) -> bytes:
    """contest.defined, made but not kept."""
    return session.entry(ContestDefined(contest.to_json()), *session.officials)


def held(
    session: SessionBuilder,
    contest: Contest,
    approvals: Sequence[int],
    written: Sequence[tuple[str, int]] = (),
    present: int = PEOPLE,
    returned: int = 0,
    declare: bool = True,
) -> None:
    """Define a contest, count it, and declare its outcome; the others disapprove."""
    session.append(definition(session, contest))
    returned = returned or present
    body = AttendanceDeclared(
        contest=contest.id,
        should_attend=PEOPLE,
        present=present,
        cards=(ClassCards("delegate", present, 0),),
        boxes=(Box("票箱", present),),
    )
    session.add(body, *session.two_trustees())
    session.add(ContestOpened(contest.id), *session.officials)
    sheet = CountEntered(
        contest=contest.id,
        box="票箱",
        sheet="一",
        replaces="",
        issued=present,
        returned=returned,
        invalid=0,
        void_reasons=(),
        item_invalid=(0,) * len(contest.rows),
        counts=tuple((votes, returned - votes, 0) for votes in approvals),
        write_ins=tuple(WriteIn(name, votes) for name, votes in written),
    )
    session.add(sheet, *session.two_trustees())
    if declare:
        session.add(expected.outcome_body(session.state, contest.id), *session.officials)


def both_refuse(session: SessionBuilder, raw: bytes, code: str, words: str = "") -> None:
    """Replay refuses an entry with this code, and so does the second implementation."""
    assert words in str(refused(session, raw, code))
    other = taken(session)
    with pytest.raises(Refused) as caught:
        other.take(raw)
    assert caught.value.code == code


def both_accept(session: SessionBuilder, raw: bytes) -> None:
    """Replay takes an entry, and so does the second implementation."""
    taken(session).take(raw)
    session.append(raw)


def taken(session: SessionBuilder) -> Session:
    """The log as the second implementation has it."""
    other = Session()
    for raw in session.entries:
        other.take(raw)
    return other
