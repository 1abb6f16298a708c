"""A folder moves as a zip, whole or not at all; what is made to harm is refused."""

import io
import warnings
import zipfile

import pytest

from tally.drafting import folder
from tally.drafting.folder import folder_of, folder_of_zip, folder_zip
from tally.plan.problems import InputErrors
from tests.tally.drafting.folders import draft, example_files
from voting_core.errors import InputError


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def whole(top: str = "") -> list[tuple[str | zipfile.ZipInfo, bytes]]:
    return [(top + name, data) for name, data in draft().items()]


def test_a_folder_comes_back_as_it_was() -> None:
    assert folder_of_zip(folder_zip(example_files())) == example_files()
    assert folder_zip(example_files()) == folder_zip(dict(reversed(example_files().items())))


def test_a_folder_around_the_files_is_taken_off() -> None:
    extra = ("__MACOSX/会议/._roll.csv", b"x"), ("会议/.DS_Store", b"x")
    assert folder_of_zip(packed(*whole("会议/"), *extra)) == draft()


def test_names_packed_by_windows_are_read() -> None:
    # Windows writes Chinese names in GBK and does not say so; the stand-in has as many bytes.
    name, stand_in = "名册01.csv", b"AAAAAA.csv"
    session = draft()["session.toml"].replace(b"roll.csv", name.encode())
    data = packed(
        ("session.toml", session), ("committee.csv", draft()["committee.csv"]), ("AAAAAA.csv", draft()["roll.csv"])
    )
    assert name in folder_of_zip(data.replace(stand_in, name.encode("gb18030")))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no zip", "cannot be unpacked"),
        (packed(*whole())[:-30], "cannot be unpacked"),
        (packed(*whole(), ("../evil.csv", b"x")), "is no file of a session"),
        (packed(*whole(), ("a/b.csv", b"x")), "is no file of a session"),
        (packed(*whole(), ("/etc/passwd.csv", b"x")), "is no file of a session"),
        (packed(*whole(), ("run.sh", b"x")), "is no file of a session"),
        (packed(*whole(), ("roll.csv", b"x")), "comes twice"),
        (packed(*whole(), *((f"{n}.csv", b"x") for n in range(80))), "files"),
    ],
)
def test_what_is_no_folder_of_a_session_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        folder_of_zip(data)


def damaged(method: int) -> bytes:
    """An archive whose first member is no stream of its method any more."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("roll.csv", b"1,2\n" * 500)
    data = bytearray(out.getvalue())
    start = 30 + len("roll.csv")
    data[start : start + 12] = b"\xff" * 12
    return bytes(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_archive_is_told_in_a_sentence(method: int) -> None:
    with pytest.raises(InputError, match="cannot be unpacked"):
        folder_of_zip(damaged(method))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed(*whole(), ("zeros.csv", b"\0" * 100_000))
    monkeypatch.setattr(folder, "MAX_UNPACKED_BYTES", 50_000)
    with pytest.raises(InputError, match="unpacks to more than 50000 bytes"):
        folder_of_zip(bomb)


def test_sizes_that_an_archive_claims_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = bytearray(packed(*whole(), ("zeros.csv", b"\0" * 100_000)))
    size = (100_000).to_bytes(4, "little")
    lie = bytes(bomb).replace(size, (10).to_bytes(4, "little"))
    monkeypatch.setattr(folder, "MAX_UNPACKED_BYTES", 50_000)
    with pytest.raises(InputError):
        folder_of_zip(lie)


def test_a_large_archive_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_ZIP_BYTES", 10)
    with pytest.raises(InputError, match="At most 10 are read"):
        folder_of_zip(packed(*whole()))


def test_a_password_is_refused() -> None:
    data = bytearray(packed(*whole()))
    # The flag "encrypted" of the first member, in its own header and in the directory.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="password"):
        folder_of_zip(bytes(data))


def test_a_session_with_a_problem_is_not_taken() -> None:
    with pytest.raises(InputErrors, match="is not a status"):
        folder_of(draft(roll_csv="编号,姓名,状态\n1,甲,休假\n").items())


def test_a_file_that_is_too_large_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_FILE_BYTES", 3)
    with pytest.raises(InputError, match="at most 3 are read"):
        folder_of(draft().items())
