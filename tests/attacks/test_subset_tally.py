"""Decrypting less than the whole: one ballot, a few, or sums of the attacker's choice (SPEC §9.2 to §9.5).

An administrator who may say what is tallied opens one ballot by tallying it alone (reported against Helios). And single
ballots are signatures that a coercer can ask for: with many rows, the marks of the last ones tell whose ballot it is
("Italian attack"). Here nobody says what is decrypted: every station computes the aggregates from the log.
"""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from ballots.contest import Contest, Kind, RulesRef
from tally.entries.counting import CountedCell, TallyCounted, TallyShared
from tally.replay import expected
from tally.trustee.decrypt import commit_shares, sign_verified
from tally.trustee.memory import new_memory
from tests.architecture.tree import PACKAGES, ROOT, name_of, sources
from tests.attacks.support.sessions import at, decrypt, refused
from tests.attacks.support.two_logs import key_file
from tests.support.builders import TRUST, small_contest
from tests.support.seeded_rng import SeededRng
from tests.support.session import Cards, SessionBuilder
from voting_core.dleq import ShareProof, ShareStatement, verify_share
from voting_core.elgamal import Ciphertext, decode_ciphertexts
from voting_core.errors import VerificationError
from voting_core.group import decode_points
from voting_core.prove.encrypt import encrypt
from voting_core.prove.share import make_shares
from voting_core.rng import random_scalar
from voting_core.secret import Secret

VICTIM = 1


def victims_ciphertexts(session: SessionBuilder) -> tuple[Ciphertext, ...]:
    """What is in the log of one ballot: the card with this number marked `disapprove`."""
    ballot = session.ballot(session.votes(session.contest().contest, VICTIM), VICTIM)
    return decode_ciphertexts(ballot.ciphertexts_bytes, 2, "ballot")


def weak_shares(session: SessionBuilder, index: int, ciphertexts: tuple[Ciphertext, ...]) -> TallyShared:
    """A trustee of a system that decrypts what the administrator sends."""
    real = expected.share_statement(session.state, "motion", index)
    statement = replace(real, bases=tuple(ciphertext.pad for ciphertext in ciphertexts))
    points, proof = make_shares(statement, Secret(session.private_share(index)), SeededRng(f"weak {index}"))
    return TallyShared(contest="motion", shares=b"".join(point.encode() for point in points), proof=proof.encode())


def test_trustees_that_decrypt_what_they_are_sent_open_a_ballot() -> None:
    session = at("verified")
    ciphertexts = victims_ciphertexts(session)
    assert [decrypt(session, (1, 2), c.pad, c.data) for c in ciphertexts] == [0, 1]


def test_shares_of_a_single_ballot_are_bad_shares() -> None:
    """Even a trustee in the plot cannot get them counted, and it takes k to open anything."""
    session = at("verified")
    ciphertexts = victims_ciphertexts(session)
    for index in (1, 2):
        body = weak_shares(session, index, ciphertexts)
        session.add(session.trustees[index].share_committed(session.state, body), session.trustees[index].signing)
    for index in (1, 2):
        body = weak_shares(session, index, ciphertexts)
        session.add(body, session.trustees[index].signing)
    assert session.contest().bad_shares == (1, 2)
    with pytest.raises(VerificationError, match=r"V10\.C"):
        expected.counted_body(session.state, "motion")


def test_a_record_that_states_its_own_aggregates_proves_any_result() -> None:
    """k trustees are in the plot: a verifier that takes the sums from the record finds every proof right."""
    session = at("verified")
    key = session.state.joint_key
    assert key is not None
    rng = SeededRng("sums of one's own")
    stated = tuple(encrypt(key, count, random_scalar(rng)) for count in (6, 0))
    for index in (1, 2):
        body = weak_shares(session, index, stated)
        real = expected.share_statement(session.state, "motion", index)
        points = decode_points(body.shares, 2, "shares")
        verify_share(replace(real, bases=tuple(c.pad for c in stated)), points, ShareProof.decode(body.proof, "proof"))
        with pytest.raises(VerificationError, match=r"V10\.C"):
            verify_share(real, points, ShareProof.decode(body.proof, "proof"))
        session.add(session.trustees[index].share_committed(session.state, body), session.trustees[index].signing)
    assert [decrypt(session, (1, 2), c.pad, c.data) for c in stated] == [6, 0]
    for index in (1, 2):
        session.add(weak_shares(session, index, stated), session.trustees[index].signing)
    landslide = TallyCounted("motion", (CountedCell("all", 6, ((6, 0, 0),)),))
    refused(session, session.entry(landslide, session.officials[0]), "V10.C")


def evaluating(vectors: tuple[tuple[int, ...], ...]) -> SessionBuilder:
    """A session in which these are the grades of four people by eight voters."""

    def four_people(rules: RulesRef) -> Contest:
        return small_contest(4, TRUST, id="trust", kind=Kind.EVALUATION, rules=rules, blank="弃权")

    return SessionBuilder(
        contests=(four_people,),
        rule_set="trust_default",
        cards=Cards(drawn=len(vectors), test=0, left_over=0, reserve=0),
        votes=lambda _, number: vectors[number],
    ).run("counted")


PRESCRIBED = (0, 2, 3, 1)
"""Trust the first, and grade the others so that the coercer knows the ballot again."""
OTHERS = ((1, 1, 1, 0), (0, 0, 2, 2), (2, 2, 0, 0), (1, 0, 1, 2), (2, 1, 2, 0), (3, 3, 0, 1), (0, 1, 1, 1))


def test_a_prescribed_pattern_is_found_among_vectors_and_not_in_totals() -> None:
    """The victim disobeys. Where vectors are published the coercer sees that the pattern is missing."""
    obeying = (PRESCRIBED, *OTHERS)
    # The victim gives the first person another grade; somebody who knows of nothing happens to give the prescribed one.
    disobeying = ((1, *PRESCRIBED[1:]), (0, *OTHERS[0][1:]), *OTHERS[1:])
    assert PRESCRIBED in obeying
    assert PRESCRIBED not in disobeying
    one, two = evaluating(obeying).contest("trust"), evaluating(disobeying).contest("trust")
    assert one.totals == two.totals
    assert one.totals[0] == (3, 2, 2, 1)


@pytest.mark.parametrize("count", [1, 3, 4])
def test_shares_of_more_or_less_than_the_aggregates_are_refused(count: int) -> None:
    session = at("verified")
    body = weak_shares(session, 1, (victims_ciphertexts(session) * 2)[:count])
    for index, shared in ((1, body), (2, session.shared(2))):
        session.add(session.trustees[index].share_committed(session.state, shared), session.trustees[index].signing)
    refused(session, session.entry(body, session.trustees[1].signing), "V2.D")


def test_aggregates_that_are_not_those_of_replay_are_not_verified() -> None:
    """The service hands a station the sums of a few ballots, or another root, or other counts."""
    session = at("reported")
    honest = expected.record_verified_body(session.state, "motion")
    others = [
        replace(honest, aggregates=SeededRng("a few ballots").bytes(32)),
        replace(honest, root=session.state.root),
        replace(honest, size=honest.size - 1, root=session.state.root_at(honest.size - 1)),
        replace(honest, cast=honest.cast - 1),
        replace(honest, challenged=honest.challenged - 1),
    ]
    for body in others:
        error = refused(session, session.entry(body, session.trustees[1].signing), "V9.C")
        assert error.culprits == ("trustee 1 (监票人1)",)


def test_a_contest_is_not_closed_over_a_part_of_its_ballots() -> None:
    session = at("voted")
    whole = expected.close_body(session.state, "motion")
    for body in (replace(whole, cast=whole.cast - 1), replace(whole, challenged=0)):
        refused(session, session.entry(body, *session.officials), "V9.A")
    for size in range(at("open").state.size, session.state.size):
        over = session.entry(whole, *session.officials, seen=(size, session.state.root_at(size)))
        refused(session, over, "V9.A")


def test_nothing_is_added_to_or_taken_from_a_closed_contest() -> None:
    session = at("closed")
    refused(session, session.cast((0,), 0, attempt=5), "V8.A")
    refused(session, session.challenge((0,), 0, attempt=5), "V8.A")
    refused(session, session.entry(expected.close_body(session.state, "motion"), *session.officials), "V4.D")


def test_a_station_decrypts_the_aggregates_of_its_own_replay() -> None:
    """Its functions take a state and the name of a contest; there is no argument for ciphertexts."""
    session = at("verified")
    secrets = key_file(session, 1)
    reported = at("reported")
    _, memory = sign_verified(secrets, new_memory(secrets), reported.state, "motion", 1_790_000_900)
    _, memory = commit_shares(secrets, memory, session.state, "motion", SeededRng("shares"), 1_790_000_901)
    made, statement = memory.shares["motion"], expected.share_statement(session.state, "motion", 1)
    assert made.shares == b"".join((base * session.private_share(1)).encode() for base in statement.bases)
    sums = at("closed").contest().closing.cells[0].ciphertexts
    assert statement.bases == tuple(ciphertext.pad for ciphertext in sums)


def calls(path: Path, name: str) -> list[ast.Call]:
    """The calls of a function in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


def test_the_product_raises_nothing_but_aggregates_to_a_private_share() -> None:
    """Shares are made at one place, over what replay says. (The other is a measurement with a key of its own.)"""
    makers = {name_of(ROOT, path) for path in sources(ROOT, PACKAGES) if calls(path, "make_shares")}
    assert makers == {"tally/trustee/decrypt.py", "tally/cli/bench/decryption.py"}
    (call,) = calls(ROOT / "tally/trustee/decrypt.py", "make_shares")
    assert ast.unparse(call.args[0]) == "share_statement(state, contest, secrets.index)"
    builders = {name_of(ROOT, path) for path in sources(ROOT, PACKAGES) if calls(path, ShareStatement.__name__)}
    assert builders == {"tally/replay/expected.py", "tally/cli/bench/decryption.py"}
