"""The files of an authority and of a server."""

from pathlib import Path

import pytest

from api.pki.authority import Authority, make_authority
from api.pki.server import make_server_certificate
from api.pki_files import MAX_PEM_BYTES, AuthorityFolder, read_certificates, store_server
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError
from voting_core.secret import Secret

NOW = 1_796_000_000
PASSPHRASE = Secret("correct horse battery")


@pytest.fixture
def authority() -> Authority:
    return make_authority("清岚县", (), now=NOW, rng=SeededRng(1))


def test_an_authority_is_stored_under_its_passphrase(tmp_path: Path, authority: Authority) -> None:
    folder = AuthorityFolder(tmp_path / "ca")
    folder.create(authority, PASSPHRASE, SeededRng(2))
    opened = folder.open(PASSPHRASE)
    assert opened.certificate == authority.certificate
    assert opened.key.reveal().private_numbers() == authority.key.reveal().private_numbers()
    assert (tmp_path / "ca/ca.key.json").stat().st_mode & 0o777 == 0o600
    assert b"PRIVATE" not in (tmp_path / "ca/ca.key.json").read_bytes()
    with pytest.raises(InputError, match="passphrase is wrong"):
        folder.open(Secret("something else"))
    with pytest.raises(InputError, match="authority already"):
        folder.create(authority, PASSPHRASE, SeededRng(2))
    (tmp_path / "ca/ca.key.json").write_text("{}")
    with pytest.raises(InputError, match="not a key file"):
        folder.open(PASSPHRASE)


def test_a_key_of_another_authority_is_refused(tmp_path: Path, authority: Authority) -> None:
    AuthorityFolder(tmp_path / "one").create(authority, PASSPHRASE, SeededRng(2))
    other = make_authority("另一县", (), now=NOW, rng=SeededRng(3))
    AuthorityFolder(tmp_path / "two").create(other, PASSPHRASE, SeededRng(2))
    (tmp_path / "one/ca.crt").write_bytes((tmp_path / "two/ca.crt").read_bytes())
    with pytest.raises(InputError, match="this key is not that of"):
        AuthorityFolder(tmp_path / "one").open(PASSPHRASE)


def test_a_weak_passphrase_makes_nothing(tmp_path: Path, authority: Authority) -> None:
    with pytest.raises(InputError, match="fewer than"):
        AuthorityFolder(tmp_path / "ca").create(authority, Secret("short"), SeededRng(2))
    assert not (tmp_path / "ca").exists()


def test_what_was_signed_is_listed(tmp_path: Path, authority: Authority) -> None:
    folder = AuthorityFolder(tmp_path)
    assert folder.issued() == ()
    made = [make_server_certificate(authority, ("10.0.0.1",), now=NOW + n, rng=SeededRng(n)) for n in (5, 4)]
    for item in made:
        folder.note(item.certificate)
    assert folder.issued() == (made[1].certificate, made[0].certificate)


def test_a_server_keeps_its_files_unless_they_are_renewed(tmp_path: Path, authority: Authority) -> None:
    first = make_server_certificate(authority, ("10.0.0.1",), now=NOW, rng=SeededRng(4))
    second = make_server_certificate(authority, ("10.0.0.1",), now=NOW, rng=SeededRng(5))
    store_server(tmp_path, first, replace=False)
    assert (tmp_path / "tls.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(InputError, match="is there already"):
        store_server(tmp_path, second, replace=False)
    assert (tmp_path / "tls.key").read_bytes() == first.key.reveal()
    (tmp_path / "tls.key.new").write_text("left by a crash")
    store_server(tmp_path, second, replace=True)
    assert (tmp_path / "tls.key").read_bytes() == second.key.reveal()
    assert (tmp_path / "tls.crt").read_bytes() == second.chain
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tls.crt", "tls.key"]


def test_missing_and_huge_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_certificates(tmp_path / "ca.crt")
    (tmp_path / "ca.crt").write_bytes(bytes(MAX_PEM_BYTES + 1))
    with pytest.raises(InputError, match="more than"):
        read_certificates(tmp_path / "ca.crt")
    with pytest.raises(InputError, match="cannot be made"):
        store_server(tmp_path / "ca.crt", None, replace=False)  # type: ignore[arg-type]
