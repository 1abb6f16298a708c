"""A delegate's turn: every problem is one sentence with a remedy."""

import json
from dataclasses import replace

import pytest
from immutables import Map

from ballots.card import typed_code
from ballots.opening import check_opening
from ballots.qr.credential import encode_credential
from kiosk import voting
from kiosk.outbox import Delivery, Kind
from tally.entries.contests import ContestAbandoned, ContestPaused
from tally.replay import replay
from tests.api.world import World, voting_world
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError
from voting_core.secret import Secret


@pytest.fixture(scope="module")
def world() -> World:
    return voting_world()[0]


def card(world: World, number: int = 0) -> Secret[str]:
    return typed_code(world.cards[number], world.state.session_id)


def test_a_line_is_read() -> None:
    request = voting.read_request(
        '{"card": "ABCD", "contest": "x", "marks": {"r0": "赞成"}, "challenge": true}', "line 1"
    )
    assert (request.card.reveal(), request.contest, request.marks.reveal()) == ("ABCD", "x", {"r0": "赞成"})
    assert request.challenge
    assert not voting.read_request('{"card":"A","contest":"x","marks":{}}', "line 1").challenge
    assert "赞成" not in repr(request)
    assert "ABCD" not in repr(request)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{}",
        '{"card":"A"}',
        '{"card":"A","contest":"x","marks":[]}',
        '{"card":"A","contest":"x","marks":{"r":1}}',
        '{"card":"A","contest":"x","marks":{},"more":1}',
        '{"card":"A","contest":"x","marks":{},"challenge":"yes"}',
    ],
)
def test_a_line_that_is_something_else_is_refused(line: str) -> None:
    with pytest.raises(InputError, match="line 7"):
        voting.read_request(line, "line 7")


def test_a_card_is_typed_or_scanned(world: World) -> None:
    contest = world.contest()
    key = world.credential(0, contest).public
    assert voting.read_card(world.state, contest, card(world)).public == key
    digits = encode_credential(world.cards[0], world.state.session_id)
    assert voting.read_card(world.state, contest, digits).public == key
    assert voting.read_card(world.state, contest, Secret(card(world).reveal().lower().replace("-", " "))).public == key


def wrong_cards(world: World) -> list[tuple[str, str]]:
    code = card(world).reveal()
    other = SeededRng("another session").bytes(32)
    mistyped = ("1" if code[0] != "1" else "2") + code[1:]
    digits = encode_credential(world.cards[0], world.state.session_id).reveal()
    foreign = SeededRng("foreign card").bytes(16)
    return [
        (mistyped, "mistyped"),
        (typed_code(world.cards[0], other).reveal(), "another session"),
        (code[:-1], "31"),
        ("", "card code"),
        (digits[:-1] + ("1" if digits[-1] != "1" else "2"), ""),
        (typed_code(Secret(foreign), world.state.session_id).reveal(), "does not vote in this contest"),
    ]


@pytest.mark.parametrize("number", range(6))
def test_a_wrong_card_is_explained(world: World, number: int) -> None:
    code, message = wrong_cards(world)[number]
    with pytest.raises(InputError) as caught:
        voting.read_card(world.state, world.contest(), Secret(code))
    assert message in str(caught.value)
    assert len(code) < 20 or code not in str(caught.value)


def test_a_voided_card_is_explained() -> None:
    world, contest = voting_world()
    world.add(world.void(3, contest, "returned"))
    with pytest.raises(InputError, match="declared void"):
        voting.read_card(world.state, contest, card(world, 3))


def test_a_used_card_and_a_fourth_test_are_explained() -> None:
    voting.check_unused(used=False, challenges=3, challenge=False)
    with pytest.raises(InputError, match="already voted"):
        voting.check_unused(used=True, challenges=0, challenge=False)
    with pytest.raises(InputError, match="3 ballots were tested"):
        voting.check_unused(used=False, challenges=3, challenge=True)


def test_only_an_open_contest_takes_ballots() -> None:
    world, contest = voting_world()
    later = world.contest("later", slot=1)
    world.define(later)
    assert voting.open_contest(world.state, "report").id == "report"
    with pytest.raises(InputError, match="no such contest"):
        voting.open_contest(world.state, "other")
    with pytest.raises(InputError, match="not open yet"):
        voting.open_contest(world.state, "later")
    pause = world.entry(ContestPaused("report"), "contest.paused", *world.officials)
    with pytest.raises(InputError, match="paused"):
        voting.open_contest(replay(world.state, pause), "report")
    end = world.entry(ContestAbandoned("report", "cards"), "contest.abandoned", *world.officials, *world.trustee_keys)
    with pytest.raises(InputError, match="broken off"):
        voting.open_contest(replay(world.state, end), "report")
    world.close(contest)
    with pytest.raises(InputError, match="closed"):
        voting.open_contest(world.state, "report")


@pytest.mark.parametrize(
    ("marks", "message"), [({"r9": "approve"}, 'no row "r9"'), ({"r0": "maybe"}, "maybe"), ({"r0": ""}, "")]
)
def test_marks_outside_the_contest_are_explained(world: World, marks: dict[str, str], message: str) -> None:
    request = voting.Request(card(world), "report", Secret(marks), challenge=False)
    with pytest.raises(InputError) as caught:
        voting.seal(world.state, world.contest(), world.credential(0, world.contest()), request, SeededRng(1))
    assert message in str(caught.value)


def test_a_sealed_ballot_is_cast_or_challenged_and_replay_takes_either(world: World) -> None:
    contest = world.contest()
    request = voting.Request(card(world), "report", Secret({"r0": "disapprove"}), challenge=False)
    sealed = voting.seal(world.state, contest, world.credential(0, contest), request, SeededRng(1))
    assert sealed.marks.reveal() == (1,)
    cast, challenged = sealed.cast(world.box), sealed.challenge(world.box)
    assert (cast.id, cast.kind, cast.delivery) == (sealed.id, Kind.CAST, Delivery.WAITING)
    assert challenged.kind is Kind.CHALLENGED
    assert replay(world.state, cast.raw).contest("report").cast == 1
    assert replay(world.state, challenged.raw).contest("report").challenged == 1
    check_opening(sealed.ballot, contest, world.joint_key, (1,), sealed.seed.reveal())
    assert set(json.loads(cast.raw)["body"]) == {"ballot"}
    assert sealed.seed.reveal().hex() not in cast.raw.decode()


def test_there_is_no_ballot_before_the_key() -> None:
    world = World(bytes(32), bytes(32))
    request = voting.Request(Secret("x"), "report", Secret({}), challenge=False)
    with pytest.raises(InputError, match="not made the key"):
        voting.seal(world.state, world.contest(), world.kiosk, request, SeededRng(1))


def test_open_contests_stand_in_the_order_of_the_session() -> None:
    world, first = voting_world()
    opened = voting.open_contests(world.state)
    assert [contest.id for contest in opened] == [first.id]
    held = world.state.contests[first.id]
    names = ("a", "b", "c", "d", "e", "f")
    contests = {
        name: replace(held, contest=replace(held.contest, id=name, slot=slot))
        for slot, name in enumerate(("d", "b", "f", "a", "c", "e"))
    }
    state = replace(world.state, contests=Map({name: contests[name] for name in names}))
    assert [contest.slot for contest in voting.open_contests(state)] == list(range(6))


def test_a_note_of_assistance_says_neither_who_nor_with_which_ballot(world: World) -> None:
    contest, rng = world.contest(), SeededRng("assisted")
    request = voting.Request(card(world), "report", Secret({"r0": "approve"}), challenge=False)
    sealed = voting.seal(world.state, contest, world.credential(0, contest), request, rng)
    note = voting.assisted(sealed, world.box, rng)
    assert (note.kind, note.contest, note.delivery, len(note.id)) == (Kind.ASSISTED, "report", Delivery.WAITING, 16)
    assert sealed.credential.public.hex().encode() not in note.raw
    assert sealed.id.hex().encode() not in note.raw
    assert replay(world.state, note.raw).contest("report").assisted == 1
