import pytest

from tests.support import oracle
from voting_core.generators import H, generator, generators
from voting_core.group import BASE, IDENTITY

TAG = b"plenum-v1/generator"


def test_the_generators_are_those_of_the_specification() -> None:
    assert H.encode() == oracle.encode(oracle.hash_to_group(b"h", TAG))
    for index in (1, 2, 186, 1700):
        label = b"G" + index.to_bytes(8, "little")
        assert generator(index).encode() == oracle.encode(oracle.hash_to_group(label, TAG))


def test_generators_are_counted_from_one() -> None:
    assert generators(3) == (generator(1), generator(2), generator(3))
    assert generators(0) == ()
    with pytest.raises(ValueError, match="from 1"):
        generator(0)


def test_no_two_generators_are_equal() -> None:
    assert len({IDENTITY, BASE, H, *generators(300)}) == 303
