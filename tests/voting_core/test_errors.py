import pickle

import pytest

from voting_core import errors
from voting_core.errors import EncodingError, InputError, PlenumError, StateError, VerificationError

EXAMPLES = [
    (EncodingError("ballot, A_1", "is the identity"), "ballot, A_1: is the identity"),
    (VerificationError("V8.E", "ballot 7: no", ("ballot 7",)), "V8.E: ballot 7: no"),
    (
        InputError("session.toml, line 3", "there is no place", 'Write place = "…"'),
        'session.toml, line 3: there is no place. Write place = "…"',
    ),
    (StateError("the contest is closed"), "the contest is closed"),
]


@pytest.mark.parametrize(("error", "text"), EXAMPLES)
def test_an_error_reads_as_a_sentence(error: PlenumError, text: str) -> None:
    assert str(error) == text


@pytest.mark.parametrize("error", [error for error, _ in EXAMPLES])
def test_an_error_survives_a_process_boundary(error: PlenumError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))


def test_every_error_is_a_plenum_error_and_none_is_a_value_error() -> None:
    classes = [value for value in vars(errors).values() if isinstance(value, type)]
    assert len(classes) == 7
    assert all(issubclass(cls, PlenumError) and not issubclass(cls, ValueError) for cls in classes)


def test_a_verification_error_names_culprits() -> None:
    error = VerificationError("V10.C", "the proof does not hold", ("trustee 2",))
    assert (error.code, error.message, error.culprits) == ("V10.C", "the proof does not hold", ("trustee 2",))
    assert VerificationError("V1.A", "no").culprits == ()
