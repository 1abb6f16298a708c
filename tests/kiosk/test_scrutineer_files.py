"""Key file and memory: under a passphrase, durable, never begun anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.scrutineer_files import ScrutineerFiles
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError
from voting_core.secret import Secret

PASSPHRASE = Secret("korrekt pferd 监票")


def files(directory: Path, passphrase: Secret[str] = PASSPHRASE) -> ScrutineerFiles:
    return ScrutineerFiles(directory, passphrase, SeededRng("files"))


def test_a_key_file_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    """The only test here that pays for Argon2id."""
    made = files(tmp_path / "s").create(bytes(32), 1, "某")
    raw = (tmp_path / "s" / "trustee.key.json").read_bytes()
    assert made.secrets.signing.seed().reveal().hex().encode() not in raw
    read = files(tmp_path / "s").load()
    assert read is not None
    assert read.secrets.joined() == made.secrets.joined()
    with pytest.raises(InputError, match="passphrase is wrong"):
        files(tmp_path / "s", Secret("another passphrase")).load()


@pytest.mark.usefixtures("quick_key_files")
def test_nothing_is_there_at_first(tmp_path: Path) -> None:
    assert files(tmp_path / "s").load() is None


@pytest.mark.usefixtures("quick_key_files")
@pytest.mark.parametrize("name", ["trustee.key.json", "memory.json"])
def test_one_file_without_the_other_is_refused(tmp_path: Path, name: str) -> None:
    files(tmp_path).create(bytes(32), 1, "某")
    (tmp_path / name).unlink()
    with pytest.raises(InputError, match="never begin a new one"):
        files(tmp_path).load()


@pytest.mark.usefixtures("quick_key_files")
def test_a_damaged_memory_is_refused(tmp_path: Path) -> None:
    files(tmp_path).create(bytes(32), 1, "某")
    (tmp_path / "memory.json").write_bytes(b"{}")
    with pytest.raises(InputError, match="damaged"):
        files(tmp_path).load()


@pytest.mark.usefixtures("quick_key_files")
def test_old_secrets_are_overwritten(tmp_path: Path) -> None:
    made = files(tmp_path).create(bytes(32), 1, "某")
    (tmp_path / "copy").hardlink_to(tmp_path / "trustee.key.json")
    files(tmp_path).store_secrets(made.secrets)
    assert set((tmp_path / "copy").read_bytes()) == {0}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "memory.json", "trustee.key.json"]
    files(tmp_path).destroy()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "memory.json"]


@pytest.mark.usefixtures("quick_key_files")
def test_what_a_crash_leaves_of_old_secrets_is_overwritten(tmp_path: Path) -> None:
    """The station stopped after the new key file was there, and before the old one was overwritten."""
    keys, old = tmp_path / "trustee.key.json", tmp_path / "trustee.key.old"
    made = files(tmp_path).create(bytes(32), 1, "某")
    acts: tuple[Callable[[ScrutineerFiles], object], ...] = (
        ScrutineerFiles.load,
        lambda station: station.store_secrets(made.secrets),
        ScrutineerFiles.destroy,
    )
    for act in acts:
        for name in ("trustee.key.old", "trustee.key.json.new"):
            (tmp_path / name).write_bytes(b"an older key file")
            (tmp_path / f"copy of {name}").unlink(missing_ok=True)
            (tmp_path / f"copy of {name}").hardlink_to(tmp_path / name)
        act(files(tmp_path))
        assert not old.exists()
        for name in ("trustee.key.old", "trustee.key.json.new"):
            assert set((tmp_path / f"copy of {name}").read_bytes()) == {0}
    assert not keys.exists()


@pytest.mark.usefixtures("quick_key_files")
def test_a_second_name_of_the_key_file_is_taken_away_and_the_file_kept(tmp_path: Path) -> None:
    """The station stopped before the new key file was there: the old one is the one that is needed."""
    keys, old = tmp_path / "trustee.key.json", tmp_path / "trustee.key.old"
    made = files(tmp_path).create(bytes(32), 1, "某")
    old.hardlink_to(keys)
    read = files(tmp_path).load()
    assert read is not None
    assert read.secrets.joined() == made.secrets.joined()
    assert not old.exists()
