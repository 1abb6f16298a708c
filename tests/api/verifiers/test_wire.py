"""What a verifier found arrives whole; a message that breaks off is none."""

import io

import pytest

from api.verifiers.wire import read_message, write_message
from tally.replay import look_ahead, prepare
from tests.api.sequencer.test_looking import ballots
from tests.api.world import voting_world
from voting_core.fast import fastest
from voting_core.public import SODIUM, PublicGroup


def sent(value: object) -> bytes:
    pipe = io.BytesIO()
    write_message(pipe, value)
    return pipe.getvalue()


@pytest.mark.parametrize("group", [SODIUM, fastest()], ids=lambda group: group.name)
def test_what_was_found_arrives_as_it_was(group: PublicGroup) -> None:
    world, contest = voting_world()
    run, known = ballots({2}, 3)
    run += [world.challenged(5, contest), world.assisted(contest), b"?", run[0][:-2] + b'"}', b"{}"]
    found = look_ahead(run, known, group)
    arrived = read_message(io.BytesIO(sent(found)))
    for one, other in zip(found, arrived, strict=True):
        assert str(one.entry) == str(other.entry)
        assert (one.signatures is None, str(one.argument)) == (other.signatures is None, str(other.argument))
        if one.ballot is not None:
            assert (one.ballot.id, one.ballot.points) == (other.ballot.id, other.ballot.points)
            assert tuple(one.ballot.ciphertexts) == tuple(other.ballot.ciphertexts)
    after, statements = prepare(world.state, run[0], arrived[0])
    assert statements == ()
    assert after.root == prepare(world.state, run[0])[0].root


@pytest.mark.parametrize("length", [0, 5, 8, 12])
def test_a_message_that_breaks_off_is_none(length: int) -> None:
    message = sent((None, (b"entry",)))
    with pytest.raises(EOFError):
        read_message(io.BytesIO(message[:length]))
    assert read_message(io.BytesIO(message)) == (None, (b"entry",))


@pytest.mark.parametrize("data", [b"", b"a line that a library printed", b"cnowhere\nnothing\n.", b"."])
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, EOFError)):
        read_message(io.BytesIO(len(data).to_bytes(8, "little") + data))


@pytest.mark.parametrize("data", [b"Warning: a library is old\n", b"\xff" * 16, bytes(7) + b"\x01"])
def test_what_is_no_message_is_not_taken_for_the_length_of_one(data: bytes) -> None:
    """Memory for such a length is not there, and whoever asks is told nothing else than that there is no answer."""
    with pytest.raises((ValueError, EOFError)):
        read_message(io.BufferedReader(io.BytesIO(data)))  # type: ignore[arg-type]
