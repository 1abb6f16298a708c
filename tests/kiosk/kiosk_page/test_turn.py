"""A turn can only be taken in its order, and forgets what it must."""

import pytest

from ballots.contest import At, Contest, Kind, Limit, Row, RulesRef, Stage, Title, make_contest
from kiosk.kiosk_page.turn import Phase, Turn
from voting_core.errors import StateError
from voting_core.secret import Secret


def contest(id: str = "committee", *, blank: str = "abstain", at: At = At.MOST, count: int = 1) -> Contest:
    return make_contest(
        id=id,
        kind=Kind.ELECTION if at is At.MOST else Kind.QUESTIONNAIRE,
        title=Title(zh="委员", en="Members"),
        slot=0,
        rows=[Row(f"r{number}", name) for number, name in enumerate(("王建国", "李秀英", "张伟"), 1)],
        marks=("approve", "disapprove", "abstain") if at is At.MOST else ("chosen", "not_chosen"),
        blank=blank,
        stage=Stage.FORMAL if at is At.MOST else Stage.NONE,
        seats=count if at is At.MOST else 0,
        limits=(Limit(at, count, "approve" if at is At.MOST else "chosen"),),
        rules=RulesRef("county_congress_2004", bytes(32)),
        classes=("delegate",),
    )


def turn(*contests: Contest) -> Turn:
    return Turn(Secret("card"), contests or (contest(),))


def test_the_way_through() -> None:
    taken = turn()
    taken.choose("committee")
    taken.mark({"r1": "approve"})
    taken.mark({"r2": "disapprove"})
    taken.review()
    assert [(said.zh, count, names) for said, count, names in taken.summary()] == [
        ("赞成", 1, ("王建国",)),
        ("不赞成", 1, ("李秀英",)),
        ("没有表态，视为弃权", 1, ("张伟",)),
    ]
    assert taken.hindrance() is None
    taken.back()
    taken.mark({"r2": "approve"})
    hindrance = taken.hindrance()
    assert hindrance is not None
    assert "最多 1 个，现在是 2 个" in hindrance.zh
    assert "_marks" not in repr(taken)


def test_a_row_that_must_be_marked_is_pointed_out() -> None:
    taken = turn(contest(blank=""))
    taken.choose("committee")
    taken.mark({"r1": "approve"})
    hindrance = taken.hindrance()
    assert hindrance is not None
    assert "还有 2 行" in hindrance.zh


def test_a_lower_limit_counts_blank_rows_as_what_they_are() -> None:
    taken = turn(contest("options", blank="not_chosen", at=At.LEAST, count=2))
    taken.choose("options")
    taken.mark({"r1": "chosen"})
    hindrance = taken.hindrance()
    assert hindrance is not None
    assert "至少 2 个" in hindrance.zh
    taken.mark({"r3": "chosen"})
    assert taken.hindrance() is None


def test_another_contest_begins_empty() -> None:
    taken = turn(contest(), contest("alternates"))
    taken.choose("committee")
    taken.mark({"r1": "approve"})
    taken.choose("alternates")
    assert taken.marks.reveal() == {}
    with pytest.raises(StateError, match="does not vote"):
        taken.choose("none")


@pytest.mark.parametrize("given", [{"r9": "approve"}, {"r1": "love"}])
def test_strange_marks_are_refused(given: dict[str, str]) -> None:
    taken = turn()
    taken.choose("committee")
    with pytest.raises(StateError, match="no such"):
        taken.mark(given)


def test_nothing_is_done_out_of_its_order() -> None:
    taken = turn()
    for act in (taken.review, taken.back, taken.go_on, lambda: taken.mark({})):
        with pytest.raises(StateError):
            act()
    with pytest.raises(StateError, match="no contest"):
        _ = taken.chosen
    taken.phase = Phase.SEALED
    for act in (taken.review, taken.back, lambda: taken.choose("committee")):
        with pytest.raises(StateError):
            act()
