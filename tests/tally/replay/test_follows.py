"""What a contest may follow (SPEC §8.5 rule 14), judged alike by replay and by the second implementation."""

from dataclasses import replace
from typing import Any

import pytest

from ballots.contest import At, Cell, Contest, Limit, Row, Stage, WriteIns, WriteInWay
from tally.entries.contests import ContestAbandoned
from tests.support.session import SessionBuilder
from tests.tally.replay.by_hand import (
    NAMES,
    both_accept,
    both_refuse,
    definition,
    election,
    held,
    motion,
    with_rules,
)
from tests.tally.replay.conftest import At as Snapshot

ROWS = tuple(Row(f"0{n}", name, ()) for n, name in enumerate(NAMES, 1))
TIE = (15, 11, 11, 3)
SHORT = (15, 10, 9, 6)


def rows(*numbers: int) -> tuple[Row, ...]:
    return tuple(ROWS[number - 1] for number in numbers)


def after(session: SessionBuilder, approvals: tuple[int, ...], **fields: Any) -> SessionBuilder:
    """The session after an election with these approvals."""
    changes = fields.pop("rules", {})
    held(session, election(with_rules(session, **changes), **fields), approvals)
    return session


def runoff(session: SessionBuilder, *numbers: int, **changes: Any) -> bytes:
    fields: dict[str, Any] = {"id": "runoff", "slot": 2, "stage": Stage.RUNOFF, "seats": 1, "follows": "committee"}
    fields |= {"rows": rows(*numbers)} if numbers else {}
    return definition(session, election(with_rules(session), **(fields | changes)))


def further(session: SessionBuilder, *numbers: int, **changes: Any) -> bytes:
    fields: dict[str, Any] = {"id": "further", "slot": 2, "stage": Stage.SUPPLEMENTARY, "seats": 1}
    fields |= {"follows": "committee", "rows": rows(*numbers)}
    return definition(session, election(with_rules(session), **(fields | changes)))


@pytest.fixture
def equipped(at: Snapshot) -> SessionBuilder:
    return at("equipped")


def test_the_tied_stand_again(equipped: SessionBuilder) -> None:
    both_accept(after(equipped, TIE), runoff(equipped, 2, 3))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rows": rows(1, 2, 3)}, "not exactly the tied"),
        ({"rows": rows(2, 4)}, "not exactly the tied"),
        ({"rows": rows(3, 2)}, "not exactly the tied"),
        ({"order": ("03", "02")}, "not exactly the tied"),
        ({"rows": (ROWS[1], replace(ROWS[2], name="李红"))}, "under this id and name"),
        ({"seats": 2}, "2 seats where 1 are open"),
        ({"limits": ()}, "as many approvals as seats"),
        ({"limits": (Limit(At.MOST, 2, "approve"),)}, "as many approvals as seats"),
        ({"classes": ("delegate", "guest"), "cells": (Cell("all", ("delegate", "guest"), ""),)}, "other classes vote"),
        ({"body": "discipline_member"}, "another kind, body or rule set"),
        ({"follows": "other"}, "not in this session"),
    ],
)
def test_a_run_off_is_exactly_what_the_tie_leaves(
    equipped: SessionBuilder, changes: dict[str, Any], words: str
) -> None:
    session = after(equipped, TIE)
    both_refuse(session, runoff(session, **({"rows": rows(2, 3)} | changes)), "V6.E", words)


def test_there_is_no_run_off_without_a_tie(equipped: SessionBuilder) -> None:
    session = after(equipped, (15, 12, 11, 2))
    both_refuse(session, runoff(session, 2, 3), "V6.E", "nobody tied")


def test_there_is_no_run_off_where_the_presidium_decides(equipped: SessionBuilder) -> None:
    session = after(equipped, TIE, rules={"tie_at_last_seat": "presidium_decides"})
    both_refuse(session, runoff(session, 2, 3), "V6.E", "the presidium decides")


def test_a_person_written_in_stands_as_a_row(equipped: SessionBuilder) -> None:
    session = equipped
    held(session, election(with_rules(session)), (15, 11, 1, 1), [("赵敏", 11)])
    outcome = session.contest("committee").outcome
    assert outcome is not None
    ids = outcome["runoff_candidates"]
    assert isinstance(ids, list)
    assert set(ids) == {"02", "write_in/赵敏"}
    people = {"02": ROWS[1], "write_in/赵敏": Row("write_in/赵敏", "赵敏", ())}
    tied = tuple(people[str(identity)] for identity in ids)
    both_accept(session, runoff(session, rows=tied))


def test_a_run_off_tied_again_has_another_round(equipped: SessionBuilder) -> None:
    session = after(equipped, TIE)
    first = election(
        with_rules(session), "runoff", 2, stage=Stage.RUNOFF, seats=1, rows=rows(2, 3), follows="committee"
    )
    held(session, first, (10, 10))
    both_refuse(session, runoff(session, 2, 3, id="again", slot=3), "V6.E", "follows already")
    both_accept(session, runoff(session, 2, 3, id="again", slot=3, follows="runoff"))


def test_nothing_follows_before_the_outcome_is_declared(equipped: SessionBuilder) -> None:
    held(equipped, election(with_rules(equipped)), TIE, declare=False)
    both_refuse(equipped, runoff(equipped, 2, 3), "V6.E", "not declared")


def test_one_run_off_follows_until_it_is_abandoned(equipped: SessionBuilder) -> None:
    session = after(equipped, TIE)
    both_accept(session, runoff(session, 2, 3))
    both_refuse(session, runoff(session, 2, 3, id="other", slot=3), "V6.E", "runoff follows already")
    trustees = [party.signing for party in session.trustees.values()]
    session.add(ContestAbandoned("runoff", "defect"), *session.officials, *trustees)
    both_accept(session, runoff(session, 2, 3, id="other", slot=3))


@pytest.mark.parametrize("numbers", [(2,), (3, 4), (2, 3, 4)])
def test_the_unelected_stand_for_the_missing_seats(equipped: SessionBuilder, numbers: tuple[int, ...]) -> None:
    both_accept(after(equipped, SHORT), further(equipped, *numbers))


@pytest.mark.parametrize(
    ("numbers", "changes", "words"),
    [
        ((1, 2), {}, "somebody who is elected"),
        ((2, 3), {"seats": 2}, "2 seats where 1 are empty"),
        ((2,), {"rows": (Row("09", "赵敏", ()),)}, "under this id and name"),
        ((2,), {"limits": ()}, "as many approvals as seats"),
        ((2,), {"stage": Stage.FORMAL}, "as formal it cannot follow"),
        ((2,), {"stage": Stage.PRESELECTION}, "as preselection it cannot follow"),
    ],
)
def test_a_supplementary_vote_is_among_the_unelected(
    equipped: SessionBuilder, numbers: tuple[int, ...], changes: dict[str, Any], words: str
) -> None:
    session = after(equipped, SHORT)
    both_refuse(session, further(session, *numbers, **changes), "V6.E", words)


@pytest.mark.parametrize("seats", [1, 2, 3, 4])
def test_a_supplementary_vote_fills_at_most_the_empty_seats(equipped: SessionBuilder, seats: int) -> None:
    session = after(equipped, SHORT, seats=4)
    entry = further(session, 2, 3, 4, seats=seats, limits=(Limit(At.MOST, min(seats, 3), "approve"),))
    if seats <= 3:
        both_accept(session, entry)
    else:
        both_refuse(session, entry, "V6.E", "where 3 are empty")


@pytest.mark.parametrize("approvals", [(15, 12, 1, 1), TIE])
def test_without_a_shortfall_there_is_no_further_vote(equipped: SessionBuilder, approvals: tuple[int, ...]) -> None:
    session = after(equipped, approvals)
    both_refuse(session, further(session, 4), "V6.E", "no further vote")


def test_a_rule_set_may_have_no_further_vote(equipped: SessionBuilder) -> None:
    shortfall = {"options": ["leave_vacant"], "reduce_seats_needs": "presidium"}
    session = after(equipped, SHORT, rules={"shortfall": shortfall})
    both_refuse(session, further(session, 2), "V6.E", "no further vote")


def test_a_formal_election_follows_a_pre_selection(equipped: SessionBuilder) -> None:
    session = after(equipped, (15, 12, 1, 1), stage=Stage.PRESELECTION)
    formal = {"id": "formal", "stage": Stage.FORMAL, "seats": 2, "rows": rows(1, 2)}
    both_accept(session, further(session, **formal))
    both_refuse(session, further(session, **{**formal, "id": "more", "slot": 3}), "V6.E", "formal follows already")


@pytest.mark.parametrize(("present", "returned"), [(10, 10), (20, 21)])
def test_a_vote_without_a_result_is_held_again(equipped: SessionBuilder, present: int, returned: int) -> None:
    session = equipped
    contest = election(with_rules(session))
    held(session, contest, (9, 4, 0, 0), present=present, returned=returned)
    again = replace(contest, id="again", slot=2, follows="committee")
    changes: list[dict[str, Any]] = [
        {"seats": 1, "limits": (Limit(At.MOST, 1, "approve"),)},
        {"rows": rows(1, 2, 3), "order": ("01", "02", "03")},
        {"order": ("02", "01", "03", "04")},
        {"stage": Stage.SUPPLEMENTARY},
        {"limits": ()},
        {"classes": ("guest",), "cells": (Cell("all", ("guest",), ""),)},
    ]
    for change in changes:
        both_refuse(session, definition(session, replace(again, **change)), "V6.E", "held again with the same")
    both_accept(session, definition(session, again))


@pytest.mark.parametrize("again_first", [True, False])
def test_a_void_vote_is_held_again_in_one_line_alone(equipped: SessionBuilder, again_first: bool) -> None:
    session = equipped
    contest = election(with_rules(session))
    second = replace(contest, id="second", slot=2, follows="committee")
    for vote in (contest, second):
        held(session, vote, (9, 4, 0, 0), present=10)
    again = definition(session, replace(contest, id="third", slot=3, follows="second"))
    beside = definition(session, replace(contest, id="beside", slot=4, follows="committee"))
    first, other, words = (
        (again, beside, "second follows already") if again_first else (beside, again, "beside stands in its place")
    )
    both_accept(session, first)
    both_refuse(session, other, "V6.E", words)
    trustees = [party.signing for party in session.trustees.values()]
    session.add(ContestAbandoned("third" if again_first else "beside", "defect"), *session.officials, *trustees)
    both_accept(session, other)


def test_a_motion_without_a_quorum_is_held_again_and_a_decided_one_is_not(equipped: SessionBuilder) -> None:
    session = equipped
    contest = motion(with_rules(session, "resolution_default"))
    held(session, contest, (10,), present=10)
    again = replace(contest, id="again", slot=2, follows="consent")
    held(session, again, (15,))
    both_refuse(
        session, definition(session, replace(again, id="third", slot=3, follows="again")), "V6.E", "nothing follows it"
    )
    both_refuse(
        session, definition(session, replace(again, id="third", slot=3, follows="consent")), "V6.E", "follows already"
    )


def test_the_rule_set_stays_the_same(equipped: SessionBuilder) -> None:
    session = after(equipped, TIE)
    other = with_rules(session, "election_grassroots_2020")
    both_refuse(
        session,
        definition(
            session,
            election(other, "runoff", 2, stage=Stage.RUNOFF, seats=1, rows=rows(2, 3), follows="committee"),
        ),
        "V6.E",
        "another kind, body or rule set",
    )


def test_a_contest_that_follows_none_is_free(equipped: SessionBuilder) -> None:
    session = after(equipped, TIE)
    waived: Contest = election(
        with_rules(session), "own", 2, seats=1, write_ins=WriteIns(WriteInWay.WAIVED, "测试〔2026〕1号")
    )
    both_accept(session, definition(session, waived))
