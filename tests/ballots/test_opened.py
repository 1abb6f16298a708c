"""A ballot that is opened says what its bytes say, and under which contest and key."""

from dataclasses import replace

import pytest

from ballots.opened import open_ballot
from ballots.sealed_ballot import ballot_id
from tests.support.builders import ballot_world, small_contest
from voting_core.fast import fastest
from voting_core.group import BASE
from voting_core.public import SODIUM, PublicGroup

WORLD = ballot_world(small_contest(rows=2, at_most={"approve": 1}))
BALLOT = WORLD.seal((0, 1))


@pytest.mark.parametrize("group", [SODIUM, fastest()], ids=lambda group: group.name)
def test_a_good_ballot(group: PublicGroup) -> None:
    opened = open_ballot(BALLOT, WORLD.contest, WORLD.key, group)
    assert opened.id == ballot_id(BALLOT)
    assert opened.refusal is None
    assert opened.statement is not None
    assert opened.statement.subject == opened.id.hex()
    run = BALLOT.ciphertexts_bytes
    assert opened.points[:-2] == tuple(run[at : at + 32] for at in range(0, len(run), 64))
    assert opened.points[-2:] == (BALLOT.argument_bytes[:32], BALLOT.argument_bytes[32:64])
    assert opened.is_under(WORLD.contest, WORLD.key)
    assert not opened.is_under(WORLD.contest, WORLD.key + BASE)


@pytest.mark.parametrize("group", [SODIUM, fastest()], ids=lambda group: group.name)
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"contest_hash": bytes(32)}, "V8.A"),
        ({"ciphertexts_bytes": BALLOT.ciphertexts_bytes[:-1]}, "V8.C"),
        ({"ciphertexts_bytes": bytes(32) + BALLOT.ciphertexts_bytes[32:]}, "V2.D"),
        ({"argument_bytes": BALLOT.argument_bytes[:-32] + b"\xff" * 32}, "V2.D"),
        ({"argument_bytes": BALLOT.ciphertexts_bytes[:32] + BALLOT.argument_bytes[32:]}, "V8.D"),
    ],
)
def test_a_bad_ballot_keeps_its_refusal(changes: dict[str, bytes], code: str, group: PublicGroup) -> None:
    opened = open_ballot(replace(BALLOT, **changes), WORLD.contest, WORLD.key, group)  # type: ignore[arg-type]
    assert opened.refusal is not None
    assert opened.refusal.code == code
    assert (opened.statement, opened.points, len(opened.ciphertexts)) == (None, (), 0)
