"""What a server speaks, over a real socket."""

import socket
import ssl
import threading
from pathlib import Path

import pytest

from api.pki.authority import make_authority
from api.pki.server import SERVER_DAYS, make_server_certificate, pem
from api.pki_files import store_server
from api.tls import Tls, check_reach, find_tls, public_address
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError

NOW = 1_796_000_000
AUTHORITY = make_authority("清岚县", (), now=NOW, rng=SeededRng(1))
ROOT = pem(AUTHORITY.certificate)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    made = make_server_certificate(AUTHORITY, ("127.0.0.1", "vote.lan"), now=NOW, rng=SeededRng(2))
    store_server(tmp_path, made, replace=False)
    return tmp_path


def found(data: Path) -> Tls:
    tls = find_tls(data, None, None, now=NOW)
    assert tls is not None
    return tls


def handshake(tls: Tls, client: ssl.SSLContext) -> str | None:
    """The version that server and client agree on."""
    one, other = socket.socketpair()

    def serve() -> None:
        try:
            tls.context().wrap_socket(one, server_side=True).close()
        except OSError:
            one.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with client.wrap_socket(other, server_hostname="127.0.0.1") as connection:
            return connection.version()
    finally:
        other.close()
        thread.join()


def test_files_of_the_data_directory_are_taken(data: Path) -> None:
    tls = found(data)
    assert (tls.hosts, tls.authority, tls.days_left) == (("127.0.0.1", "vote.lan"), ROOT, SERVER_DAYS)
    assert find_tls(data / "elsewhere", data / "tls.crt", data / "tls.key", now=NOW) == tls
    assert find_tls(data / "elsewhere", None, None, now=NOW) is None


def test_half_a_pair_is_refused(data: Path) -> None:
    with pytest.raises(InputError, match="only one of the two"):
        find_tls(data, data / "tls.crt", None, now=NOW)
    (data / "tls.key").chmod(0o644)
    with pytest.raises(InputError, match="other accounts"):
        found(data)
    (data / "tls.key").unlink()
    with pytest.raises(InputError, match="not a file"):
        found(data)


def test_only_new_versions_are_spoken(data: Path) -> None:
    tls = found(data)
    client = ssl.create_default_context(cadata=ROOT.decode())
    # The certificate is of a fixed day, which is not today.
    client.verify_flags |= ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    assert handshake(tls, client) == "TLSv1.3"
    client.maximum_version = ssl.TLSVersion.TLSv1_2
    assert handshake(tls, client) == "TLSv1.2"
    for cipher in ("AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA256"):
        client.set_ciphers(cipher)
        with pytest.raises(OSError, match=r"(?i)handshake|alert|eof"):
            handshake(tls, client)
    context = tls.context()
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "127.8.8.8", "localhost"])
def test_without_tls_only_this_machine_is_served(host: str, data: Path) -> None:
    check_reach(host, None)
    for other in ("0.0.0.0", "10.0.0.1", "::", "vote.lan", ""):  # noqa: S104
        with pytest.raises(InputError, match="passwords"):
            check_reach(other, None)
        check_reach(other, found(data))


def test_stations_are_told_an_address_that_the_certificate_has(data: Path) -> None:
    tls = found(data)
    assert public_address("127.0.0.1", 8300, None) == "127.0.0.1:8300"
    assert public_address("::1", 8300, None) == "[::1]:8300"
    assert public_address("0.0.0.0", 8300, tls) == "127.0.0.1:8300"  # noqa: S104
    assert public_address("vote.lan", 443, tls) == "vote.lan:443"
    assert public_address("10.0.0.9", 8300, tls) == "127.0.0.1:8300"
