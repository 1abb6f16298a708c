"""When a kiosk learns whether a ballot is tested, and what happens to a ballot that was opened (SPEC §5.5, §5.6).

A kiosk that knows the choice before it shows the code cheats on the ballots that are cast alone, and no test ever finds
it. And a ballot that is opened and counted as well is a vote in public: by mistake, or for money.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

import pytest
from immutables import Map

from ballots.opening import check_opening
from ballots.sealed_ballot import SealedBallot, ballot_id
from kiosk import voting
from tally.entries.ballots import BallotCast, BallotChallenged
from tally.replay import replay
from tally.state.points import Points
from tests.attacks.support.sessions import at, refused
from tests.support.builders import ballot_world, small_contest
from tests.support.seeded_rng import SeededRng
from tests.support.session import SessionBuilder
from voting_core.errors import VerificationError
from voting_core.params import MAX_CHALLENGES
from voting_core.secret import Secret

WORLD = ballot_world(small_contest(rows=1))
SHOWN, FLIPPED = (0,), (1,)


@dataclass(frozen=True)
class Kiosk:
    """A kiosk that flips some ballots. `waits` says whether it may see the choice before it shows a code."""

    waits: bool
    flips: frozenset[int]

    def ballot(self, delegate: int, cast: bool) -> SealedBallot:
        """The ballot that this kiosk makes; `cast` is what the delegate is going to choose."""
        wants = delegate in self.flips
        knows_better = self.waits and not cast
        return WORLD.seal(FLIPPED if wants and not knows_better else SHOWN, voter=delegate)


def caught(kiosk: Kiosk, tested: Iterable[int]) -> list[int]:
    """The delegates who tested and found out."""
    found = []
    for delegate in tested:
        ballot = kiosk.ballot(delegate, cast=False)
        try:
            check_opening(ballot, WORLD.contest, WORLD.key, SHOWN, WORLD.seed(delegate).reveal())
        except VerificationError:
            found.append(delegate)
    return found


def stolen(kiosk: Kiosk, casting: Iterable[int]) -> int:
    """How many ballots of those who cast say something else than the screen did."""
    ballots = [kiosk.ballot(delegate, cast=True) for delegate in casting]
    return sum(WORLD.decrypt(WORLD.statement(ballot).ciphertexts[0]) == 0 for ballot in ballots)


def test_a_kiosk_that_knows_the_choice_first_is_never_found() -> None:
    delegates, testers = set(range(12)), {1, 4, 7, 10}
    weak = Kiosk(waits=True, flips=frozenset(delegates))
    assert caught(weak, testers) == []
    assert stolen(weak, delegates - testers) == 8


def test_a_kiosk_that_shows_the_code_first_is_found_by_the_first_test_it_cheats_on() -> None:
    delegates, testers = set(range(12)), {1, 4, 7, 10}
    for flips in (delegates, {4}, {4, 5}):
        kiosk = Kiosk(waits=False, flips=frozenset(flips))
        assert caught(kiosk, sorted(testers)) == sorted(testers & flips)
    # It goes unseen only where nobody tested, which it cannot know beforehand.
    lucky = Kiosk(waits=False, flips=frozenset({5}))
    assert caught(lucky, testers) == []
    assert stolen(lucky, delegates - testers) == 1


@pytest.mark.parametrize("marks", [{}, {"0001": "approve"}])
def test_our_kiosk_seals_the_same_ballot_whatever_is_chosen_afterwards(marks: dict[str, str]) -> None:
    """The code is that of the bytes, and the bytes are there before it is asked: cast or test?"""
    session = at("open")
    contest, key = session.contest().contest, session.credential(0)
    sealed = [
        voting.seal(
            session.state,
            contest,
            key,
            voting.Request(Secret("not looked at"), "motion", Secret(marks), challenge),
            SeededRng("kiosk"),
        )
        for challenge in (False, True)
    ]
    assert sealed[0].ballot == sealed[1].ballot
    assert sealed[0].id == ballot_id(sealed[0].ballot)
    for own in (sealed[0].cast(session.box), sealed[0].challenge(session.box)):
        assert own.id == sealed[0].id
        replay(session.state, own.raw)


def both(session: SessionBuilder, marks: tuple[int, ...] = (1,), card: int = 0) -> tuple[bytes, bytes]:
    """One ballot of a card, as a cast and as a challenged one."""
    ballot = session.ballot(marks, card, attempt=3)
    keys = (session.credential(card), session.box)
    opened = BallotChallenged(ballot, marks, session.ballot_seed(card, "motion", "delegate", 3))
    return session.entry(BallotCast(ballot), *keys), session.entry(opened, *keys)


@pytest.mark.parametrize("opened_first", [True, False])
def test_a_ballot_is_cast_or_opened_and_never_both(opened_first: bool) -> None:
    """Opened, then cast: everybody knows the vote. Cast, then opened: the delegate has a proof to sell."""
    session = at("open")
    cast, opened = both(session)
    first, second = (opened, cast) if opened_first else (cast, opened)
    session.append(first)
    weak = replace(session.state, ballots=Map(), points=Points())
    assert replay(weak, second).contest("motion").cast == 1
    refused(session, second, "V8.B")
    # Even a replay that forgot the ids would meet the points again.
    with pytest.raises(VerificationError, match=r"V8\.D"):
        replay(replace(session.state, ballots=Map()), second)


def test_a_cast_ballot_cannot_be_opened_under_another_id() -> None:
    """Its seed gives its own bytes and no others; another signature of the card makes no other ballot."""
    session = at("open")
    cast, _ = both(session)
    session.append(cast)
    seed = session.ballot_seed(0, "motion", "delegate", 3)
    for marks in product(range(3), repeat=1):
        ballot = session.ballot(marks, 0, attempt=3)
        body = BallotChallenged(ballot, marks, seed)
        raw = session.entry(body, session.credential(0), session.box)
        if marks == (1,):
            refused(session, raw, "V8.B")
        else:
            # Another ballot of the same seed, with other points: opening it says nothing about the one that was cast.
            assert replay(session.state, raw).contest("motion").challenged == 1


@pytest.mark.parametrize("marks", [(0,), (2,)])
def test_a_challenge_that_states_other_marks_is_refused(marks: tuple[int, ...]) -> None:
    """A kiosk that flipped the vote, and now publishes the marks that the screen showed."""
    session = at("open")
    ballot = session.ballot((1,), 0, attempt=3)
    body = BallotChallenged(ballot, marks, session.ballot_seed(0, "motion", "delegate", 3))
    refused(session, session.entry(body, session.credential(0), session.box), "V8.J")


def test_tests_are_limited_so_that_nobody_fills_the_log() -> None:
    session = at("open")
    for attempt in range(MAX_CHALLENGES):
        session.append(session.challenge((attempt % 3,), 0, attempt=10 + attempt))
    refused(session, session.challenge((0,), 0, attempt=20), "V8.B")
    session.append(session.cast((0,), 0))
    assert (session.contest().challenged, session.contest().cast) == (MAX_CHALLENGES, 1)


def test_an_opened_ballot_is_never_counted() -> None:
    session = at("open")
    _, opened = both(session)
    session.append(opened)
    assert session.contest().cast == 0
    assert not session.contest().sums
