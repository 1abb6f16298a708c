from collections import Counter
from dataclasses import replace

import pytest

from ballots.card import CardSecret, credential_key, new_card_secret
from ballots.contest import Contest
from ballots.marks import check_marks
from ballots.opening import check_opening
from ballots.sealed_ballot import ballot_id
from loadtests import fill
from loadtests.contests import contests_of
from loadtests.fill import Booth, fill_pool
from loadtests.pool import CAST, CHALLENGED, PoolBallot, Resend
from tally.entries.ballots import BallotCast, BallotChallenged
from tally.entries.envelope import decode_entry
from tests.loadtests.small_run import TINY
from tests.support.seeded_rng import SeededRng
from voting_core.group import base_mul
from voting_core.signing_key import SigningKey

SESSION = bytes(range(32))
BOOTH = Booth(
    session=SESSION,
    key=base_mul(7),
    contests=contests_of(TINY),
    box=SigningKey.generate(SeededRng("box")),
)
PROFILE = replace(TINY, challenge_every=5, resend_every=2)


def _cards(count: int) -> tuple[CardSecret, ...]:
    rng = SeededRng("cards")
    return tuple(new_card_secret(rng) for _ in range(count))


@pytest.fixture(scope="module")
def pool() -> tuple[PoolBallot, ...]:
    return fill_pool(PROFILE, BOOTH, _cards(10), lambda _: None)


def _contest(ballot: PoolBallot) -> Contest:
    return next(contest for contest in BOOTH.contests if contest.id == ballot.contest)


def test_every_delegate_casts_one_ballot_in_every_contest(pool: tuple[PoolBallot, ...]) -> None:
    cast = Counter(ballot.contest for ballot in pool if ballot.type == CAST)
    assert cast == {contest.id: 10 for contest in BOOTH.contests}
    credentials = [decode_entry(ballot.entry).author for ballot in pool if ballot.type == CAST]
    expected = [credential_key(card, SESSION, contest.slot).public for card in _cards(10) for contest in BOOTH.contests]
    assert credentials == expected


def test_ids_marks_and_entries_belong_together(pool: tuple[PoolBallot, ...]) -> None:
    for ballot in pool:
        entry = decode_entry(ballot.entry)
        assert entry.type == ballot.type
        assert entry.session == SESSION
        assert entry.signers[1:] == (BOOTH.box.public,)
        assert isinstance(entry.body, BallotCast | BallotChallenged)
        assert ballot_id(entry.body.ballot).hex() == ballot.id
        check_marks(_contest(ballot), ballot.marks)


def test_some_open_a_ballot_before_they_cast_one(pool: tuple[PoolBallot, ...]) -> None:
    challenged = [number for number, ballot in enumerate(pool) if ballot.type == CHALLENGED]
    assert len(challenged) == 2 * len(BOOTH.contests)
    for number in challenged:
        opened, cast = decode_entry(pool[number].entry), decode_entry(pool[number + 1].entry)
        assert opened.author == cast.author
        assert isinstance(opened.body, BallotChallenged)
        assert pool[number].id != pool[number + 1].id
        contest = _contest(pool[number])
        check_opening(opened.body.ballot, contest, BOOTH.key, pool[number].marks, opened.body.seed)


def test_some_are_sent_twice_in_both_ways(pool: tuple[PoolBallot, ...]) -> None:
    found = Counter(ballot.resend for ballot in pool if ballot.type == CAST)
    assert found == {Resend.NEVER: 10, Resend.AFTER: 6, Resend.TOGETHER: 4}


def test_kiosks_have_equal_lanes(pool: tuple[PoolBallot, ...]) -> None:
    assert Counter(ballot.kiosk for ballot in pool if ballot.type == CAST) == {1: 10, 2: 10}


def test_choices_are_repeatable_and_encryption_is_not(pool: tuple[PoolBallot, ...]) -> None:
    again = fill_pool(PROFILE, BOOTH, _cards(10), lambda _: None)
    assert [ballot.marks for ballot in again] == [ballot.marks for ballot in pool]
    assert {ballot.id for ballot in again}.isdisjoint(ballot.id for ballot in pool)


@pytest.mark.slow
def test_many_ballots_are_made_by_several_processes(
    monkeypatch: pytest.MonkeyPatch, pool: tuple[PoolBallot, ...]
) -> None:
    monkeypatch.setattr(fill, "FEW", 0)
    made: list[int] = []
    again = fill_pool(PROFILE, BOOTH, _cards(10), made.append)
    assert [(ballot.contest, ballot.marks) for ballot in again] == [(ballot.contest, ballot.marks) for ballot in pool]
    assert made[-1] == 10
