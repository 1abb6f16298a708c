"""A station believes one authority and nobody else: over real sockets, and with a server in between."""

import datetime
import ssl
from pathlib import Path

import httpx2
import pytest

from api.pki.authority import fingerprint, make_authority
from api.pki.server import make_server_certificate, pem
from kiosk.trust import MAX_PEM_BYTES, context_of, digest_of, fetch_authority, read_authority
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError, InputError

NOW = int(datetime.datetime.now(datetime.UTC).timestamp())
OURS, THEIRS = (make_authority("甲", (), now=NOW, rng=SeededRng(seed)) for seed in (1, 2))
ROOT = pem(OURS.certificate)


def served(content: bytes, status: int = 200) -> httpx2.MockTransport:
    def answer(request: httpx2.Request) -> httpx2.Response:
        assert request.url.path == "/v1/authority"
        assert "authorization" not in request.headers
        return httpx2.Response(status, content=content)

    return httpx2.MockTransport(answer)


def fetch(content: bytes, status: int = 200) -> bytes:
    return fetch_authority("https://10.0.0.1:8300", fingerprint(OURS.certificate), transport=served(content, status))


def test_what_the_server_shows_is_compared() -> None:
    assert fetch(ROOT) == ROOT
    assert digest_of(ROOT, "x") == fingerprint(OURS.certificate)
    with pytest.raises(FatalError, match="somebody may stand between"):
        fetch(pem(THEIRS.certificate))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"junk",
        ROOT + pem(THEIRS.certificate),
        pem(THEIRS.certificate) + ROOT,
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "证书".encode(),
        b"x" * (MAX_PEM_BYTES + 1),
    ],
)
def test_what_is_not_one_certificate_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        fetch(content)
    (tmp_path / "ca.crt").write_bytes(content)
    with pytest.raises(InputError):
        read_authority(tmp_path / "ca.crt")


def test_a_server_without_one_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no certificate authority"):
        fetch(b"{}", 404)

    def dead(_: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("x")

    with pytest.raises(InputError, match="does not answer"):
        fetch_authority("https://10.0.0.1:1", bytes(32), transport=httpx2.MockTransport(dead))
    with pytest.raises(InputError, match="cannot be read"):
        read_authority(tmp_path / "ca.crt")
    (tmp_path / "ca.crt").write_bytes(ROOT)
    assert read_authority(tmp_path / "ca.crt") == ROOT


def talk(client: ssl.SSLContext, signer: object, host: str) -> str:
    """What comes of a handshake in memory with a server of `signer`."""
    made = make_server_certificate(signer, ("10.0.0.1", "vote.lan"), now=NOW, rng=SeededRng(3))  # type: ignore[arg-type]
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    pair = Path(talk.folder) / "pair.pem"  # type: ignore[attr-defined]
    pair.write_bytes(made.chain + made.key.reveal())
    server.load_cert_chain(pair)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    one = client.wrap_bio(to_client, to_server, server_hostname=host)
    other = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(5):
        for side in (one, other):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLCertVerificationError as error:
                return error.verify_message
    return str(one.version())


def test_only_servers_of_the_hall_are_talked_to(tmp_path: Path) -> None:
    talk.folder = tmp_path  # type: ignore[attr-defined]
    client = context_of(ROOT, "x")
    assert talk(client, OURS, "10.0.0.1") == "TLSv1.3"
    assert talk(client, OURS, "vote.lan") == "TLSv1.3"
    assert "mismatch" in talk(client, OURS, "10.0.0.2")
    assert "self-signed" in talk(client, THEIRS, "10.0.0.1") or "signature" in talk(client, THEIRS, "10.0.0.1")
    assert client.minimum_version == ssl.TLSVersion.TLSv1_2
    with pytest.raises(InputError):
        context_of(b"\xff", "x")
    with pytest.raises(InputError):
        digest_of(b"junk", "x")
