"""Settings, databases, backups and exports that cannot be used."""

import pytest

from tests.bad_input.plenum import Plenum

SERVE = ("serve", "--data", "o", "--port", "0")


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("settings: a name that is no setting", "prot = 8300\n"),
        ("settings: a number out of bounds", "batch_size = 4\n"),
        ("settings: a value of another kind", "simulated = 1\n"),
        ("settings: no TOML", "port == 1\n"),
    ],
)
def test_a_settings_file(plenum: Plenum, item: str, text: str) -> None:
    (plenum.directory / "plenum.toml").write_text(text, encoding="utf-8")
    plenum(*SERVE).refused(item)
    assert not (plenum.directory / "o").exists()


def test_a_variable_that_is_no_setting(plenum: Plenum, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLENUM_PROT", "8300")
    plenum(*SERVE).refused("settings: a variable that is no setting")
    assert not (plenum.directory / "o").exists()


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("database: a password in the URL", "postgresql://plenum:secret-word@db/plenum"),
        ("database: a URL of another kind", "mysql://db/plenum"),
        ("database: nobody answers", "postgresql://plenum@/plenum?host=%2Fno%2Fsuch%2Ffolder"),
    ],
)
def test_a_database_server(plenum: Plenum, item: str, url: str) -> None:
    ended = plenum(*SERVE, "--database", url)
    ended.refused(item)
    assert "secret-word" not in ended.out + ended.err


@pytest.mark.parametrize(
    ("item", "arguments"),
    [
        ("backup: no session", ["backup", "--data", "session", "--out", "b", "--without-keys"]),
        ("export: no session", ["export", "--data", "session", "--out", "e"]),
        ("destroy: no session", ["destroy", "--data", "session", "--out", "d", "--title", "小会"]),
        ("restore: a folder that is not empty", ["restore", "votes.jsonl", "--data", "session", "--without-keys"]),
        ("restore: a file that is no backup", ["restore", "votes.jsonl", "--data", "new", "--without-keys"]),
    ],
)
def test_what_is_kept(plenum: Plenum, item: str, arguments: list[str]) -> None:
    before = {path: path.read_bytes() for path in plenum.directory.rglob("*") if path.is_file()}
    plenum(*arguments).refused(item)
    assert {path: path.read_bytes() for path in plenum.directory.rglob("*") if path.is_file()} == before
