"""Whether cards add up, and what is said when they do not."""

from typing import Any

import pytest

from api.services.reconciliation import quorums, reconcile
from api.store.desk_queries import AttendanceCounts
from tally.entries.contests import AttendanceDeclared, ClassCards, ContestOpened
from tests.api.world import CARDS, World
from tests.support.seeded_rng import SeededRng
from voting_core.signing_key import SigningKey

PEOPLE = AttendanceCounts(on_roll=41, should_attend=CARDS, present=37, on_leave=1, cards_drawn=36)


@pytest.fixture
def world() -> World:
    log, service = (SigningKey.generate(SeededRng(seed)).public for seed in ("log", "service"))
    made = World(log, service)
    made.create()
    made.ceremony()
    made.prepare_voting()
    made.define(made.contest())
    return made


def declare(world: World, drawn: int, test: int, present: int = 37) -> None:
    body = AttendanceDeclared(
        contest="report", should_attend=CARDS, present=present, cards=(ClassCards("delegate", drawn, test),)
    )
    world.write(body, "attendance.declared", *world.trustee_keys)


def void(world: World, *cards: int) -> None:
    for card in cards:
        world.add(world.void(card, world.contest(), "left_over"))


def said(world: World, people: AttendanceCounts = PEOPLE) -> Any:
    return reconcile(world.state, "report", people, {})


def test_nothing_is_declared_yet(world: World) -> None:
    found = said(world)
    assert [one.zh for one in found.missing] == ["两名监票人还没有申报到会情况"]
    assert not found.adds_up
    assert (found.classes[0].held, found.classes[0].said.zh) == (36, "代表")


def test_cards_that_nobody_drew_are_named_until_they_are_voided(world: World) -> None:
    declare(world, drawn=36, test=2)
    (missing,) = said(world).missing
    assert "还有 2 张卡可以投票" in missing.zh
    assert "2 card(s) could vote" in missing.en
    void(world, 38, 39)
    found = said(world)
    assert found.missing == ()
    assert found.adds_up
    assert found.differs == ()


def test_more_declared_than_there_are(world: World) -> None:
    declare(world, drawn=37, test=5)
    (missing,) = said(world).missing
    assert "多 2 张" in missing.zh


def test_the_desk_has_other_numbers(world: World) -> None:
    declare(world, drawn=36, test=4, present=38)
    found = said(world)
    assert [one.zh for one in found.differs] == ["实到会：监票人申报 38，签到处记录 37"]
    assert found.missing == ()


def test_tests_are_voided_before_closing(world: World) -> None:
    declare(world, drawn=36, test=4)
    world.decree(ContestOpened("report"), "contest.opened")
    (missing,) = said(world).missing
    assert "还要作废 4 张查验卡" in missing.zh
    for card in range(36, 40):
        world.add(world.void(card, world.contest(), "test"))
    assert said(world).missing == ()


def test_a_quorum_is_counted_on_those_who_should_attend(world: World) -> None:
    (quorum,) = quorums(world.state, PEOPLE)
    assert (quorum.needed, quorum.met, quorum.lacking) == (21, True, 0)
    (quorum,) = quorums(world.state, AttendanceCounts(should_attend=CARDS, present=20))
    assert (quorum.met, quorum.lacking) == (False, 1)
