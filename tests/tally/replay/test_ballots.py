"""Casting and challenging (SPEC §5, §8.5 rule 7)."""

from dataclasses import replace
from typing import Any

import pytest

from ballots.contest import Kind
from ballots.sealed_ballot import SealedBallot, ballot_id, statement
from tally.entries.ballots import BallotAssisted, BallotCast, BallotChallenged
from tally.entries.contests import ContestPaused
from tally.entries.entry_type import EntryType
from tally.replay import prepare, replay
from tally.replay.checks import confirmed_key
from tests.support.arguments import make
from tests.support.builders import small_contest
from tests.support.refusals import refused
from tests.support.session import SessionBuilder, motion_contest
from tests.tally.replay.conftest import At
from voting_core.argument.distinct import repeated_points
from voting_core.argument.statement import Context
from voting_core.elgamal import decode_ciphertexts, encode_ciphertexts
from voting_core.group import Q


def as_cast(session: SessionBuilder, ballot: SealedBallot, number: int = 0) -> bytes:
    return session.entry(BallotCast(ballot), session.credential(number), session.box)


def scalar(ballot: SealedBallot, place: int, change: int = 1) -> SealedBallot:
    """Change one scalar of the argument, counted from its end."""
    data = ballot.argument_bytes
    start = len(data) - 32 * place
    value = (int.from_bytes(data[start : start + 32], "little") + change) % Q
    return replace(ballot, argument_bytes=data[:start] + value.to_bytes(32, "little") + data[start + 32 :])


def test_a_cast_ballot_counts_and_is_known(at: At) -> None:
    session = at("open")
    ballot = session.ballot((0,), 0)
    session.append(as_cast(session, ballot))
    state, index = session.state, session.state.size - 1
    assert (session.contest().cast, session.contest().challenged) == (1, 0)
    assert session.contest().cast_by_class == {"delegate": 1}
    assert state.ballots[ballot_id(ballot)] == index
    assert state.cast_credentials[ballot.credential] == index
    argument = statement(ballot, session.contest().contest, confirmed_key(state, EntryType.BALLOT_CAST).point)
    points = repeated_points(argument.ciphertexts, argument.argument)
    assert len(points) == 2 + 2
    assert [state.points.first_known((point,)) for point in points] == list(points)


def test_the_aggregates_are_the_products_of_the_cast_ballots_alone(at: At) -> None:
    session = at("open")
    sealed = [session.ballot((n % 3,), n) for n in range(3)]
    for number, ballot in enumerate(sealed):
        session.append(as_cast(session, ballot, number))
        session.append(session.challenge((0,), number))
    first, second, third = (decode_ciphertexts(ballot.ciphertexts_bytes, 2, "") for ballot in sealed)
    box = session.contest().sums["delegate"]
    assert box.ballots == 3
    assert box.ciphertexts == tuple(a + b + c for a, b, c in zip(first, second, third, strict=True))


def test_prepare_gives_the_argument_back_and_decides_the_rest(at: At) -> None:
    session = at("open")
    ballot = session.ballot((0,), 0)
    state, statements = prepare(session.state, as_cast(session, ballot))
    (statement,) = statements
    assert statement.subject == ballot_id(ballot).hex()
    assert statement.context.credential == ballot.credential
    assert state == replay(session.state, as_cast(session, ballot))


# V8.A


@pytest.mark.parametrize("stage", ["ready", "closed", "counted"])
def test_ballots_need_an_open_contest(at: At, stage: str) -> None:
    """A ballot too early, and a late ballot."""
    session = at(stage)
    refused(session, session.cast((0,), 7), "V8.A")
    refused(session, session.challenge((0,), 7), "V8.A")
    refused(session, session.entry(BallotAssisted("motion", bytes(16)), session.box), "V8.A")


def test_ballots_wait_while_a_contest_is_paused(at: At) -> None:
    session = at("open")
    session.add(ContestPaused("motion"), *session.officials)
    refused(session, session.cast((0,), 0), "V8.A")


def test_a_ballot_of_an_unknown_contest_is_refused(at: At) -> None:
    session = at("open")
    refused(session, as_cast(session, replace(session.ballot((0,), 0), contest_hash=bytes(32))), "V8.A")
    refused(session, session.entry(BallotAssisted("other", bytes(16)), session.box), "V8.A")


def test_a_credential_votes_in_its_own_contest() -> None:
    contests = (motion_contest, lambda rules: motion_contest(rules, id="second", slot=1))
    session = SessionBuilder(contests=contests).run("open")
    foreign = session.credential(0, "second")
    ballot = replace(session.ballot((0,), 0), credential=foreign.public)
    refused(session, session.entry(BallotCast(ballot), foreign, session.box), "V8.A")


def test_a_key_that_was_not_issued_does_not_vote(at: At) -> None:
    session = at("open")
    refused(session, session.cast((0,), 99), "V8.A")


def test_a_voided_credential_does_not_vote(at: At) -> None:
    """Cast after void."""
    session = at("open")
    refused(session, session.cast((0,), 7), "V8.A")
    session.void(0, "returned")
    refused(session, session.cast((0,), 0), "V8.A")
    refused(session, session.challenge((0,), 0), "V8.A")


# V8.B


def test_a_credential_casts_once(at: At) -> None:
    session = at("open")
    session.append(session.cast((0,), 0))
    refused(session, session.cast((1,), 0, attempt=5), "V8.B")


def test_a_ballot_enters_the_log_once(at: At) -> None:
    session = at("open")
    ballot = session.ballot((0,), 0, attempt=1)
    session.append(session.challenge((0,), 0, attempt=1))
    refused(session, as_cast(session, ballot), "V8.B")  # challenge, then cast
    refused(session, session.challenge((0,), 0, attempt=1), "V8.B")
    session.append(session.cast((0,), 0, attempt=2))
    refused(session, session.challenge((0,), 0, attempt=2), "V8.B")  # cast, then challenge


def test_a_credential_challenges_three_times(at: At) -> None:
    session = at("open")
    for attempt in (1, 2, 3):
        session.append(session.challenge((0,), 0, attempt=attempt))
    refused(session, session.challenge((0,), 0, attempt=4), "V8.B")
    session.append(session.cast((0,), 0, attempt=5))
    assert session.contest().challenged == 3


def test_an_assistance_is_recorded_once(at: At) -> None:
    session = at("open")
    session.add(BallotAssisted("motion", bytes(16)), session.box)
    refused(session, session.entry(BallotAssisted("motion", bytes(16)), session.box), "V8.B")
    assert session.contest().assisted == 1


# V2.C, V2.D, V8.C, V8.D


def test_a_ballot_of_another_session_is_refused(at: At) -> None:
    session = at("open")
    refused(session, as_cast(session, replace(session.ballot((0,), 0), session=bytes(32))), "V2.C")


def test_ciphertexts_and_argument_have_the_length_of_the_contest(at: At) -> None:
    session = at("open")
    ballot = session.ballot((0,), 0)
    ciphertexts, argument = ballot.ciphertexts_bytes, ballot.argument_bytes
    changes: list[dict[str, Any]] = [
        {"ciphertexts_bytes": ciphertexts[:-64]},
        {"ciphertexts_bytes": ciphertexts + ciphertexts[:64]},
        {"ciphertexts_bytes": ciphertexts + b"\0"},
        {"argument_bytes": argument[:-32]},
        {"argument_bytes": argument + bytes(32)},
    ]
    for change in changes:
        refused(session, as_cast(session, replace(ballot, **change)), "V8.C")


@pytest.mark.parametrize("bad", [bytes(32), b"\xff" * 32, bytes([1]) + bytes(31)])
def test_points_and_scalars_are_canonical(at: At, bad: bytes) -> None:
    session = at("open")
    ballot = session.ballot((0,), 0)
    refused(session, as_cast(session, replace(ballot, ciphertexts_bytes=bad + ballot.ciphertexts_bytes[32:])), "V2.D")
    refused(session, as_cast(session, replace(ballot, argument_bytes=bad + ballot.argument_bytes[32:])), "V2.D")


def test_a_scalar_above_the_group_order_is_refused(at: At) -> None:
    session = at("open")
    ballot = session.ballot((0,), 0)
    value = int.from_bytes(ballot.argument_bytes[-32:], "little") + Q
    changed = replace(ballot, argument_bytes=ballot.argument_bytes[:-32] + value.to_bytes(32, "little"))
    refused(session, as_cast(session, changed), "V2.D")


def test_points_are_not_repeated_inside_a_ballot(at: At) -> None:
    session = at("open")
    ballot = session.ballot((0,), 0)
    twice = ballot.ciphertexts_bytes[:64] * 2
    refused(session, as_cast(session, replace(ballot, ciphertexts_bytes=twice)), "V8.D")


def test_points_of_an_earlier_ballot_are_not_repeated(at: At) -> None:
    session = at("open")
    earlier = session.ballot((0,), 0)
    session.append(as_cast(session, earlier))
    copied = replace(session.ballot((1,), 1), ciphertexts_bytes=earlier.ciphertexts_bytes)
    refused(session, as_cast(session, copied, 1), "V8.D")
    own = session.ballot((1,), 1)
    one_p = replace(own, argument_bytes=earlier.argument_bytes[:32] + own.argument_bytes[32:])
    refused(session, as_cast(session, one_p, 1), "V8.D")
    # A challenged ballot is not copied either.
    session.append(session.challenge((0,), 2))
    opened = session.ballot((0,), 2, attempt=1)
    refused(session, as_cast(session, replace(opened, credential=session.credential(3).public), 3), "V8.D")


# V8.E to V8.I


@pytest.mark.parametrize(("place", "code"), [(3, "V8.E"), (2, "V8.F"), (1, "V8.H")])
def test_a_changed_response_is_refused_by_its_equation(at: At, place: int, code: str) -> None:
    """tau', z and rho enter one equation each; z is that of eq. 2 and 3."""
    session = at("open")
    ballot = scalar(session.ballot((0,), 0), place)
    refusal = refused(session, as_cast(session, ballot), code)
    assert refusal.culprits == (ballot_id(ballot).hex(),)


def proved(session: SessionBuilder, values: tuple[int, ...], plaintexts: tuple[int, ...] | None = None) -> SealedBallot:
    """A ballot by a prover who proves what is false, as well as that can be done."""
    ballot = session.ballot((0,), 0)
    contest = session.contest()
    assert session.state.joint_key is not None
    context = Context(session.state.id, contest.contest.hash, session.state.joint_key, ballot.credential)
    statement = make(contest.relation, values, plaintexts=plaintexts, at=context)
    return replace(
        ballot,
        ciphertexts_bytes=encode_ciphertexts(statement.ciphertexts),
        argument_bytes=statement.argument.encode(),
    )


@pytest.mark.parametrize(
    ("values", "plaintexts", "code"),
    [
        ((1, 0, 0), (2, 0), "V8.G"),  # counters that are not those of the marks
        ((1, 0, 0), (0, 1), "V8.G"),  # counters swapped
        ((2, 0, -1), None, "V8.H"),  # not bits, though they add to 1
        ((1, 1, 0), None, "V8.I"),  # two marks for one row
        ((0, 0, 0), None, "V8.I"),  # no mark
    ],
)
def test_a_ballot_that_breaks_the_rules_is_refused(
    at: At, values: tuple[int, ...], plaintexts: tuple[int, ...] | None, code: str
) -> None:
    session = at("open")
    session.state = replay(session.state, as_cast(session, proved(session, (0, 1, 0))))
    session = at("open")
    refused(session, as_cast(session, proved(session, values, plaintexts)), code)


def test_a_ballot_belongs_to_its_credential(at: At) -> None:
    """A ballot copied to another card has the points of the first, or a foreign argument."""
    session = at("open")
    copied = replace(session.ballot((0,), 0), credential=session.credential(1).public)
    refused(session, as_cast(session, copied, 1), "V8.E")


def test_a_ballot_of_a_contest_of_the_same_shape_is_refused() -> None:
    contests = (motion_contest, lambda rules: motion_contest(rules, id="second", slot=1))
    session = SessionBuilder(contests=contests).run("open")
    key = session.credential(0, "second")
    other = replace(session.ballot((0,), 0), credential=key.public, contest_hash=session.contest("second").contest.hash)
    refused(session, session.entry(BallotCast(other), key, session.box), "V8.E")


# V8.J


def test_a_challenged_ballot_is_made_again_from_seed_and_marks(at: At) -> None:
    session = at("open")
    session.append(session.challenge((2,), 0))
    assert session.contest().challenged == 1
    assert session.contest().sums.get("delegate") is None
    assert session.state.challenges[session.credential(0).public] == 1


def test_wrong_marks_or_another_seed_are_refused(at: At) -> None:
    session = at("open")
    ballot = session.ballot((2,), 0, attempt=1)
    seed = session.ballot_seed(0, "motion", "delegate", 1)
    for marks, other_seed in (((1,), seed), ((), seed), ((2, 2), seed), ((7,), seed), ((2,), bytes(32))):
        body = BallotChallenged(ballot, marks, other_seed)
        refused(session, session.entry(body, session.credential(0), session.box), "V8.J")


def test_a_challenged_ballot_is_changed_nowhere(at: At) -> None:
    session = at("open")
    ballot = session.ballot((2,), 0, attempt=1)
    seed = session.ballot_seed(0, "motion", "delegate", 1)
    body = BallotChallenged(scalar(ballot, 1), (2,), seed)
    refused(session, session.entry(body, session.credential(0), session.box), "V8.J")


# V8.K


def test_a_card_alone_casts_nothing(at: At) -> None:
    session = at("open")
    body = BallotCast(session.ballot((0,), 0))
    refused(session, session.entry(body, session.credential(0)), "V8.K")
    refused(session, session.entry(body, session.credential(0), session.key("other box")), "V8.K")
    refused(session, session.entry(body, session.credential(0), session.kiosks[0]), "V8.K")
    refused(session, session.entry(BallotAssisted("motion", bytes(16)), session.kiosks[0]), "V8.K")
    refused(session, session.entry(BallotAssisted("motion", bytes(16)), session.box, session.kiosks[0]), "V8.K")


def test_a_ballot_is_signed_by_its_credential_and_the_box_alone(at: At) -> None:
    session = at("open")
    body = BallotCast(session.ballot((0,), 0))
    key = session.credential(0)
    for signers in ((session.box,), (session.box, key), (session.credential(1), session.box)):
        refused(session, session.entry(body, *signers), "V4.B")
    refused(session, session.entry(body, key, session.box, session.kiosks[0]), "V4.B")


def test_limits_hold_for_ballots_of_many_rows() -> None:
    def election(rules: Any) -> Any:
        return small_contest(3, kind=Kind.ELECTION, rules=rules, at_most={"approve": 2}, seats=2, blank="abstain")

    session = SessionBuilder(
        contests=(election,), rule_set="election_local_2020", votes=lambda _, number: (0, 0, 1 + number % 2)
    ).run("counted")
    assert session.contest("committee").totals == ((6, 0, 0), (6, 0, 0), (0, 3, 3))
