import getpass
import warnings
from pathlib import Path

import pytest

from tally.cli.passphrase import choose_passphrase, read_passphrase
from voting_core.errors import InputError


def test_a_passphrase_is_the_first_line_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("监票 battery staple\nsecond line\n", encoding="utf-8")
    assert read_passphrase(tmp_path / "p").reveal() == "监票 battery staple"


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_a_file_without_one_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p").write_bytes(content)
    with pytest.raises(InputError):
        read_passphrase(tmp_path / "p")
    with pytest.raises(InputError):
        read_passphrase(tmp_path / "missing")


def test_otherwise_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _: "typed")
    assert read_passphrase(None).reveal() == "typed"


def test_where_it_would_be_shown_it_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def seen(_: str) -> str:
        warnings.warn("cannot control echo", getpass.GetPassWarning, stacklevel=1)
        return "typed in the open"

    monkeypatch.setattr(getpass, "getpass", seen)
    with pytest.raises(InputError, match="--passphrase-file"):
        read_passphrase(None)


def test_a_new_one_is_typed_twice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    typed = iter(["correct", "correct", "correct", "corect"])
    monkeypatch.setattr(getpass, "getpass", lambda _: next(typed))
    assert choose_passphrase(None).reveal() == "correct"
    with pytest.raises(InputError, match="not alike"):
        choose_passphrase(None)
    (tmp_path / "p").write_text("from a file\n", encoding="utf-8")
    assert choose_passphrase(tmp_path / "p").reveal() == "from a file"
