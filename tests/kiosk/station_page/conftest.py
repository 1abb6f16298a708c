import pytest

from kiosk import scrutineer_files
from kiosk.station_page import key_backup


@pytest.fixture
def quick_keys(quick_key_files: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Key files without the cost of Argon2id, also for the copy that is tested."""
    monkeypatch.setattr(key_backup, "decrypt_keyfile", scrutineer_files.decrypt_keyfile)
