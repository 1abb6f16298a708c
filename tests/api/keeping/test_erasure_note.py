from pathlib import Path

import pytest

from api.keeping.erasure_note import FILE, forget, note_before
from voting_core.errors import InputError


def test_what_was_noted_first_stays_noted(tmp_path: Path) -> None:
    assert note_before(tmp_path, {"people": 3, "accounts": 1}, ("b", "a")) == ({"accounts": 1, "people": 3}, ("a", "b"))
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    # The second run finds what is left, and a table that came with a newer program.
    found = note_before(tmp_path, {"people": 0, "accounts": 2, "places": 1}, ("c",))
    assert found == ({"accounts": 2, "people": 3, "places": 1}, ("a", "b", "c"))
    forget(tmp_path)
    forget(tmp_path)
    assert note_before(tmp_path, {"people": 0}, ()) == ({"people": 0}, ())


@pytest.mark.parametrize("content", [b"", b"{}", b'{"files":[],"format":"another","tables":[]}'])
def test_a_damaged_note_is_not_guessed_at(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    (tmp_path / FILE).chmod(0o600)
    with pytest.raises(InputError, match="is not the note"):
        note_before(tmp_path, {}, ())
