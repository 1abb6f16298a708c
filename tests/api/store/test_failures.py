from api.store.failures import StorageError, others_wrote, truth_unknown
from voting_core.errors import FatalError


def test_the_two_kinds_of_failure_say_what_to_do() -> None:
    assert StorageError("x", full=True).full
    assert isinstance(truth_unknown(), FatalError)
    assert isinstance(others_wrote(), FatalError)
    assert "started again" in str(truth_unknown())
    assert "no second server" in str(others_wrote())
