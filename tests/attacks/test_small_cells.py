"""Totals that tell a vote: cells that are too small, and sums that can be subtracted (SPEC §4.1, §9.2).

A total over one ballot is that ballot. Two totals that differ by one ballot are that ballot as well, so a contest is
decrypted as one partition, once, and small cells are merged before anything is decrypted.
"""

from dataclasses import replace
from typing import Any

import pytest

from ballots.contest import Cell, Contest, RulesRef
from tally import aggregate
from tally.entries.contests import ContestDefined
from tally.entries.counting import CountedCell, TallyCounted
from tally.entries.entry_type import EntryType
from tally.replay import counting, decryption, expected
from tests.attacks.support.sessions import at, refused, without
from tests.support.session import Cards, SessionBuilder, motion_contest
from voting_core.errors import VerificationError


def two_classes(rules: RulesRef, **changes: Any) -> Contest:
    """A motion on which leaders and others are counted apart."""
    cells = (Cell("leaders", ("leader",), "others"), Cell("others", ("other",), ""))
    return motion_contest(rules, classes=("leader", "other"), cells=cells, **changes)


def voted(leaders: int, others: int) -> SessionBuilder:
    """So many of each class cast `disapprove`; all else is in order."""
    session = SessionBuilder(contests=(two_classes,), cards=Cards(drawn=6, test=0, left_over=0, reserve=0)).run("open")
    for class_id, number in (("leader", leaders), ("other", others)):
        for card in range(number):
            session.append(session.cast((1,), card, class_id=class_id))
    session.stage_closed()
    session.stage_reported()
    session.stage_verified()
    return session


def share_all(session: SessionBuilder) -> SessionBuilder:
    for index in session.sharing:
        party = session.trustees[index]
        session.add(party.share_committed(session.state, session.shared(index)), party.signing)
    for index in session.sharing:
        session.add(session.shared(index), session.trustees[index].signing)
    return session


def weak(patch: pytest.MonkeyPatch) -> None:
    """A replay that merges nothing and decrypts whatever is there."""
    original = aggregate.merge_cells

    def merge_nothing(contest: Contest, sums: Any) -> Any:
        return original(replace(contest, minimum=1), sums)

    patch.setattr("tally.replay.closing.merge_cells", merge_nothing)
    for module in (decryption, counting):
        without(patch, module, "check_minimum", lambda *_: None)


def test_a_cell_of_one_is_a_ballot_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        weak(patch)
        session = share_all(voted(leaders=1, others=6))
        leaders, _ = expected.counted_body(session.state, "motion").cells
        assert (leaders.ballots, leaders.counts) == (1, ((0, 1, 0),))

    session = share_all(voted(leaders=1, others=6))
    (cell,) = expected.counted_body(session.state, "motion").cells
    assert (cell.cell, cell.ballots, cell.counts) == ("others", 7, ((0, 7, 0),))
    # What was not decrypted cannot be stated either.
    apart = (CountedCell("leaders", 1, ((0, 1, 0),)), CountedCell("others", 6, ((0, 6, 0),)))
    refused(session, session.entry(TallyCounted("motion", apart), session.officials[0]), "V10.D")


def test_a_contest_that_stays_below_the_minimum_is_never_decrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    session = voted(leaders=2, others=2)
    party = session.trustees[1]
    commitment = session.entry(party.share_committed(session.state, session.shared(1)), party.signing)
    refused(session, commitment, "V10.A")
    counted = TallyCounted("motion", (CountedCell("others", 4, ((0, 4, 0),)),))
    refused(session, session.entry(counted, session.officials[0]), "V10.A")
    with monkeypatch.context() as patch:
        weak(patch)
        (cell,) = expected.counted_body(share_all(session.fork()).state, "motion").cells
        assert cell.ballots == 4


def test_an_empty_cell_is_not_decrypted_and_says_nothing() -> None:
    """Its counts are zero because nobody voted; a share for it would be a share of what the service likes."""
    session = share_all(voted(leaders=0, others=6))
    bases = expected.share_statement(session.state, "motion", 1).bases
    assert len(bases) == 2
    leaders, others = expected.counted_body(session.state, "motion").cells
    assert (leaders.ballots, leaders.counts) == (0, ((0, 0, 0),))
    assert others.ballots == 6


def test_a_contest_without_ballots_is_not_decrypted() -> None:
    """The counts are zero without a single share, and no trustee is brought to use its key on nothing."""
    session = voted(leaders=0, others=0)
    party = session.trustees[1]
    assert expected.share_statement(session.state, "motion", 1).bases == ()
    body = party.share_committed(session.state, session.shared(1))
    refused(session, session.entry(body, party.signing), "V4.D")
    counted = expected.counted_body(session.state, "motion")
    assert {(cell.ballots, cell.counts) for cell in counted.cells} == {(0, ((0, 0, 0),))}
    for count in (1, -1):
        wrong = replace(counted, cells=(replace(counted.cells[0], counts=((count, 0, -count),)), *counted.cells[1:]))
        with pytest.raises(VerificationError):
            session.append(session.entry(wrong, session.officials[0]))
    session.add(counted, session.officials[0])


def test_the_total_is_a_sum_of_cells_and_is_never_decrypted_by_itself() -> None:
    """Totals beside cells would let a merged cell be subtracted again."""
    session = share_all(voted(leaders=5, others=6))
    statement = expected.share_statement(session.state, "motion", 1)
    assert len(statement.bases) == 2 * 2
    counted = expected.counted_body(session.state, "motion")
    assert [cell.cell for cell in counted.cells] == ["leaders", "others"]
    total = CountedCell("others", 11, ((0, 11, 0),))
    for cells in ((total,), (*counted.cells, total), counted.cells[1:], counted.cells[::-1]):
        refused(session, session.entry(TallyCounted("motion", cells), session.officials[0]), "V10.D")
    session.add(counted, session.officials[0])
    assert session.contest().totals == ((0, 11, 0),)


def test_a_contest_is_tallied_once() -> None:
    """A second tally after one more ballot would be the difference of two totals; a new vote is a new contest."""
    session = at("counted")
    again = session.entry(expected.counted_body(session.state, "motion"), session.officials[0])
    refused(session, again, "V10.E")
    late = session.entry(
        session.trustees[3].share_committed(session.state, session.shared(3)), session.trustees[3].signing
    )
    refused(session, late, "V4.D")
    refused(session, session.entry(expected.close_body(session.state, "motion"), *session.officials), "V4.D")
    same = motion_contest(session.rules_ref(), slot=1)
    refused(session, session.entry(ContestDefined(same.to_json()), *session.officials), "V6.C")
    slot = motion_contest(session.rules_ref(), id="again")
    refused(session, session.entry(ContestDefined(slot.to_json()), *session.officials), "V6.C")


def contest_json(session: SessionBuilder, **changes: Any) -> dict[str, Any]:
    return {**two_classes(session.rules_ref(), slot=1, id="other").to_json(), **changes}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        # Overlapping cells: their difference is one class.
        ({"cells": [{"id": "a", "classes": ["leader", "other"], "merge_into": "b"},
                    {"id": "b", "classes": ["other"], "merge_into": ""}]}, "V6.D"),
        # A class that is counted nowhere could be added where it helps.
        ({"cells": [{"id": "a", "classes": ["leader"], "merge_into": ""}]}, "V6.D"),
        # Cells that merge into each other, or back.
        ({"cells": [{"id": "a", "classes": ["leader"], "merge_into": "b"},
                    {"id": "b", "classes": ["other"], "merge_into": "a"}]}, "V6.D"),
        # A small cell with nowhere to go.
        ({"cells": [{"id": "a", "classes": ["leader"], "merge_into": ""},
                    {"id": "b", "classes": ["other"], "merge_into": ""}]}, "V6.D"),
        ({"minimum": 4}, "V6.D"),
        ({"minimum": 0}, "V6.A"),
        # A waiver takes the signatures of Q trustees, not of two officials.
        ({"minimum": 1, "waiver": True}, "V4.B"),
    ],
    ids=["overlap", "gap", "back", "dead end", "below", "zero", "waiver"],
)  # fmt: skip
def test_officials_cannot_define_a_contest_that_gives_ballots_away(changes: dict[str, Any], code: str) -> None:
    session = at("defined")
    raw = session.entry(
        {"contest": contest_json(session, **changes)}, *session.officials, type=EntryType.CONTEST_DEFINED
    )
    refused(session, raw, code)
