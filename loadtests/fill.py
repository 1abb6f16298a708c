"""Filling the pool: every ballot really encrypted, proved and signed, before the load starts, on all cores.

Making a ballot takes the kiosk longer than the server takes to accept it; made during the load, ballots would slow down
what is measured. The choices are invented and repeatable, the encryption is not.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from ballots.card import CardSecret, credential_key
from ballots.contest import Contest, parse_contest
from ballots.encrypt import new_seed, seal_ballot
from ballots.marks import complete_marks
from ballots.sealed_ballot import ballot_id
from kiosk.demo.votes import choices
from loadtests.pool import CAST, CHALLENGED, PoolBallot, Resend
from loadtests.profiles import Profile
from tally.cli.system import SystemRng
from tally.entries.ballots import BallotCast, BallotChallenged
from tally.entries.build import build_entry
from voting_core.codec import canonical, parse_canonical
from voting_core.group import Point, decode_point
from voting_core.params import MAX_ENTRY_BYTES
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

FEW = 32
"""Delegates for whom starting processes would take longer than making their ballots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booth:
    """What every kiosk knows while the contests are open."""

    session: bytes
    key: Point
    contests: tuple[Contest, ...]
    box: SigningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """The ballots of some delegates, to be made by another process. Secrets cannot be passed to one; these are of
    invented delegates, and travel as bytes.
    """

    profile: Profile
    session: bytes
    key: bytes
    contests: tuple[bytes, ...]
    box_seed: bytes
    delegates: tuple[tuple[int, bytes], ...]


def fill_pool(
    profile: Profile, booth: Booth, cards: Sequence[CardSecret], advance: Callable[[int], None]
) -> tuple[PoolBallot, ...]:
    """The ballots of all delegates, one card each, in their order; tells `advance` for how many they are made."""
    numbered = tuple((number, card.reveal()) for number, card in enumerate(cards, 1))
    if len(numbered) <= FEW:
        return tuple(_collect(map(_make, _orders(profile, booth, numbered, 8)), advance))
    # A fresh interpreter: a forked one would inherit whatever threads and locks this process has.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=context) as workers:
        return tuple(_collect(workers.map(_make, _orders(profile, booth, numbered, 16)), advance))


def _collect(made: Iterator[tuple[int, list[PoolBallot]]], advance: Callable[[int], None]) -> Iterator[PoolBallot]:
    done = 0
    for delegates, ballots in made:
        done += delegates
        advance(done)
        yield from ballots


def _orders(profile: Profile, booth: Booth, cards: Sequence[tuple[int, bytes]], size: int) -> Iterator[_Order]:
    contests = tuple(canonical(contest.to_json()) for contest in booth.contests)
    for start in range(0, len(cards), size):
        yield _Order(
            profile=profile,
            session=booth.session,
            key=booth.key.encode(),
            contests=contests,
            box_seed=booth.box.seed().reveal(),
            delegates=tuple(cards[start : start + size]),
        )


def _make(order: _Order) -> tuple[int, list[PoolBallot]]:
    """Make the ballots of one order; gives the number of its delegates too."""
    booth = Booth(
        session=order.session,
        key=decode_point(order.key, "key"),
        contests=tuple(parse_contest(parse_canonical(raw, "contest", MAX_ENTRY_BYTES)) for raw in order.contests),
        box=SigningKey.from_seed(Secret(order.box_seed)),
    )
    made: list[PoolBallot] = []
    for number, card in order.delegates:
        for contest in booth.contests:
            made += _delegate_ballots(order.profile, booth, contest, number, Secret(card))
    return len(order.delegates), made


def _delegate_ballots(
    profile: Profile, booth: Booth, contest: Contest, number: int, card: CardSecret
) -> Iterator[PoolBallot]:
    """A delegate's ballots in one contest: perhaps one that is opened, and always one that counts."""
    marks = complete_marks(contest, choices(contest, profile.name, str(number)))
    credential = credential_key(card, booth.session, contest.slot)
    for type_ in (CHALLENGED, CAST) if number % profile.challenge_every == 0 else (CAST,):
        seed = new_seed(SystemRng())
        ballot = seal_ballot(contest, booth.session, booth.key, credential.public, marks, seed)
        body = BallotCast(ballot) if type_ == CAST else BallotChallenged(ballot, marks, seed.reveal())
        yield PoolBallot(
            id=ballot_id(ballot).hex(),
            type=type_,
            contest=contest.id,
            kiosk=(number - 1) % profile.kiosks + 1,
            resend=_resend(profile, number),
            marks=marks,
            entry=build_entry(type_, body, booth.session, [credential, booth.box], time=None, seen=None),
        )


def _resend(profile: Profile, number: int) -> Resend:
    turn, rest = divmod(number, profile.resend_every)
    if rest:
        return Resend.NEVER
    return Resend.AFTER if turn % 2 else Resend.TOGETHER
