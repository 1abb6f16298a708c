import pytest

from api.store import postgres


@pytest.fixture(autouse=True)
def _no_waiting_for_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that is held in these tests stays held."""
    monkeypatch.setattr(postgres, "LOCK_SECONDS", 1.0)
