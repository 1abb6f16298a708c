"""Who decides a setting, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from api.configuration import FILE, configure
from voting_core.errors import InputError

KEYS = [f"{number:02x}" * 32 for number in (1, 2)]


def write(folder: Path, text: str, name: str = FILE) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_option_before_environment_before_file_before_default(tmp_path: Path) -> None:
    write(tmp_path, 'host = "file"\nport = 1\nqueue_limit = 111\nsimulated = true\n')
    environment = {"PLENUM_HOST": "environment", "PLENUM_PORT": "2", "UNRELATED": "x"}
    found = configure({"host": "option", "port": None}, environment, folder=tmp_path)
    assert found.problems == {}
    origins = {name: (value.value, value.origin) for name, value in found.values.items()}
    assert origins["host"] == ("option", "--host")
    assert origins["port"] == (2, "PLENUM_PORT")
    assert origins["queue_limit"] == (111, str(tmp_path / FILE))
    assert origins["simulated"][0] is True
    assert origins["verify_threads"] == (2, "default")


def test_the_file_is_the_named_one_or_that_of_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "port = 1\n")
    other = write(tmp_path, "port = 2\n", "other.toml")
    assert configure({}, {}, folder=tmp_path).value("port") == 1
    assert configure({}, {"PLENUM_CONFIG": str(other)}, folder=tmp_path).value("port") == 2
    assert configure({}, {"PLENUM_CONFIG": "nowhere"}, other, tmp_path).value("port") == 2


def test_a_relative_folder_starts_at_the_file_that_names_it(tmp_path: Path) -> None:
    path = write(tmp_path, 'data = "session"\n')
    assert configure({}, {}, path).settings().directory == tmp_path / "session"
    assert configure({}, {"PLENUM_DATA": "here"}, path).settings().directory == Path("here")


def test_all_kinds_are_read_from_the_environment(tmp_path: Path) -> None:
    environment = {
        "PLENUM_DATA": "d",
        "PLENUM_OFFICIALS": ", ".join(KEYS),
        "PLENUM_SIMULATED": "Yes",
        "PLENUM_BATCH_SIZE": "20",
        "PLENUM_DATABASE": "postgresql://u@h/d",
    }
    settings = configure({}, environment, folder=tmp_path).settings()
    assert settings.officials == tuple(map(bytes.fromhex, KEYS))
    assert (settings.simulated, settings.batch_size, settings.database_url) == (True, 20, "postgresql://u@h/d")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prot = 8300\n", "prot is no setting. Did you mean port?"),
        ("quorum_of_zebras = 1\n", "is no setting. docs/settings.md lists"),
        ("port = 70000\n", "port = 70000 is outside 0 to 65535"),
        ("batch_size = 7\n", "batch_size = 7 is outside 8 to"),
        ("port = true\n", "port is a whole number"),
        ('port = "-1"\n', "port is a whole number"),
        ("simulated = 1\n", "simulated is a true or false"),
        ("host = 1\n", "host is a text"),
        ('data = ""\n', "data is a folder"),
        ('officials = "xyz zyx"\n', "xyz is not a public key"),
        (f'officials = ["{KEYS[0]}"]\n', "1 keys of officials"),
        (f'officials = ["{KEYS[0]}", "{KEYS[0]}"]\n', "exactly two officials"),
        ("officials = 7\n", "list of public keys"),
        ("port == 1\n", "not a settings file in TOML"),
        ("#" * 100_001, "larger than"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_the_remedy(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, f'data = "d"\n{text}' if not text.startswith("data") else text)
    with pytest.raises(InputError) as caught:
        configure({}, {}, folder=tmp_path).settings()
    assert message in str(caught.value)
    assert str(tmp_path / FILE) in str(caught.value)


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"PLENUM_PROT": "1"}, "PLENUM_PROT: is no setting. Did you mean PLENUM_PORT?"),
        ({"PLENUM_PORT": "many"}, "PLENUM_PORT: port is a whole number"),
        ({"PLENUM_SIMULATED": "maybe"}, "simulated is a true or false"),
        ({"PLENUM_CONFIG": "/no/such/file"}, "/no/such/file: cannot be read"),
    ],
)
def test_what_is_wrong_in_the_environment_is_told(tmp_path: Path, environment: dict[str, str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        configure({"data": tmp_path}, environment, folder=tmp_path).settings()
    assert message in str(caught.value)


def test_a_wrong_value_that_is_overridden_is_no_problem(tmp_path: Path) -> None:
    write(tmp_path, "port = 70000\n")
    found = configure({"port": 8300}, {}, folder=tmp_path)
    assert (found.value("port"), found.problems) == (8300, {})


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    assert len(configure({}, {}, folder=tmp_path).problems) == 1


def test_a_server_needs_a_folder(tmp_path: Path) -> None:
    options: dict[str, Any] = {"data": None}
    with pytest.raises(InputError, match="Give --data DIR"):
        configure(options, {}, folder=tmp_path).settings()


def test_all_problems_are_kept(tmp_path: Path) -> None:
    write(tmp_path, "prot = 1\nhots = 2\nport = 99999\n")
    problems = configure({}, {"PLENUM_X": ""}, folder=tmp_path).problems
    assert len(problems) == 4
