import pytest

from api import remedies
from api.remedies import remedy_of
from tally.verify.checks import CHECKS


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("V8.B", "receipt"),
        ("V8.A", "/v1/status"),
        ("V8.C", "Seal the ballot again"),
        ("V2.A", "Make the entry again"),
        ("V3.A", "Fetch the log"),
    ],
)
def test_remedies(code: str, word: str) -> None:
    assert word in remedy_of(code)


def test_every_remedy_is_for_a_check_and_every_check_has_one() -> None:
    codes = {check.code for check in CHECKS}
    assert remedies._REMEDIES.keys() <= codes
    assert all(remedy_of(code) for code in codes)
