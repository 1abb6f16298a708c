from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from api.screens.result import Bars, NameList, Note, Part, pieces_at, result_parts
from ballots.contest import Contest, Kind, RulesRef
from tests.support.builders import small_contest
from tests.support.session import Cards, SessionBuilder

DAY = date(2026, 12, 8)
CARDS = Cards(drawn=9, left_over=0)


def parts(rule_set: str, make: Callable[[RulesRef], Contest], **options: Any) -> tuple[Part, ...]:
    builder = SessionBuilder(rule_set=rule_set, contests=(make,), cards=CARDS, **options).run(until="published")
    held = next(iter(builder.state.contests.values()))
    return result_parts(builder.state, held, DAY)


def election(rules: RulesRef) -> Contest:
    return small_contest(4, seats=2, at_most={"approve": 2}, rules=rules, blank="abstain")


def two_of_four(contest: Contest, number: int) -> tuple[int, ...]:
    return (0, 0, 1, 2) if number % 3 else (0, 1, 0, 2)


def test_an_election_shows_who_is_elected_in_lawful_order() -> None:
    found = parts("election_local_2020", election, votes=two_of_four)
    names = found[0]
    assert isinstance(names, NameList)
    assert len(names.people) == 2
    assert names.order is not None
    assert "笔画" in names.order.zh


def test_votes_are_shown_only_where_the_rules_announce_them() -> None:
    from tally.rules.election import AnnounceNumbers, ElectionRules
    from tally.rules.loader import load_rule_set

    family = load_rule_set("election_local_2020").family
    assert isinstance(family, ElectionRules)
    found = parts("election_local_2020", election, votes=two_of_four)
    assert any(isinstance(part, Bars) for part in found) is (family.announce_numbers is AnnounceNumbers.FULL)


def test_a_ticket_vote_says_of_each_name_whether_it_passed() -> None:
    (bars,) = parts(
        "ticket_2004",
        lambda rules: small_contest(
            2, ("agree", "disapprove", "abstain"), kind=Kind.TICKET_VOTE, rules=rules, blank="abstain"
        ),
        votes=lambda _contest, number: (0, 1 + number % 2),
    )
    assert isinstance(bars, Bars)
    assert [row.verdict.en for row in bars.rows if row.verdict] == ["passed", "not passed"]
    assert bars.rows[0].pieces[0] == ("approve", 1000, 9)
    assert [said.zh for _, said in bars.marks] == ["同意", "不同意", "弃权"]


def test_an_evaluation_without_a_rule_for_the_hall_shows_nothing_of_it() -> None:
    marks = ("信任", "基本信任", "不信任", "弃权")
    (part,) = parts(
        "trust_default",
        lambda rules: small_contest(2, marks, kind=Kind.EVALUATION, rules=rules, blank="弃权"),
        votes=lambda _contest, _number: (0, 1),
    )
    assert isinstance(part, Note)


def test_pieces_lie_one_after_the_other() -> None:
    pieces = (("approve", 500, 5), ("disapprove", 300, 3), ("abstain", 200, 2))
    assert list(pieces_at(pieces)) == [("approve", 0, 500), ("disapprove", 500, 300), ("abstain", 800, 200)]


@pytest.mark.parametrize("present", [2])
def test_a_vote_without_a_quorum_has_no_result(present: int) -> None:
    class Empty(SessionBuilder):
        def attendance(self, contest_id: str, **changes: Any) -> Any:
            from dataclasses import replace

            return replace(super().attendance(contest_id, **changes), should_attend=90)

    builder = Empty(cards=Cards(drawn=6)).run(until="published")
    (part,) = result_parts(builder.state, builder.contest(), DAY)
    assert isinstance(part, Note)
    assert "no result" in part.said.en
