from api.sequencer.code_index import CodeIndex
from ballots.sealed_ballot import confirmation_code

FIRST = bytes(32)
TWIN = bytes(12) + b"\x0f" + bytes(19)
OTHER = bytes(12) + b"\x10" + bytes(19)


def test_a_code_has_its_ballot() -> None:
    index = CodeIndex([FIRST])
    index.add([OTHER, FIRST])
    assert index.find(confirmation_code(FIRST)) == (FIRST,)
    assert index.find(confirmation_code(OTHER)) == (OTHER,)
    assert index.find(confirmation_code(b"\xff" * 32)) == ()


def test_two_ballots_with_the_same_hundred_bits_are_both_kept() -> None:
    index = CodeIndex([TWIN])
    index.add([FIRST])
    assert confirmation_code(FIRST) == confirmation_code(TWIN)
    assert index.find(confirmation_code(FIRST)) == (FIRST, TWIN)


def test_an_assisted_ballot_has_no_code() -> None:
    index = CodeIndex([bytes(16)])
    index.add([bytes(16), FIRST])
    assert index.find(confirmation_code(FIRST)) == (FIRST,)
