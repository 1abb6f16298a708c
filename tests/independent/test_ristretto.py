"""The arithmetic of the independent program against the test vectors of the RFCs it cites."""

import hashlib

import pytest

from tests.independent import ed25519, framing, sealing
from tests.independent import ristretto as r
from tests.independent.errors import Refused

# RFC 9496 Appendix A.1: the first multiples of the generator.
MULTIPLES = (
    "0000000000000000000000000000000000000000000000000000000000000000",
    "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
    "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
    "94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259",
)


def test_constants_of_rfc_9496() -> None:
    assert r.SQRT_AD_MINUS_ONE**2 % r.P == (-r.D - 1) % r.P
    assert r.INVSQRT_A_MINUS_D**2 * (-1 - r.D) % r.P == 1
    assert r.SQRT_M1**2 % r.P == r.P - 1


@pytest.mark.parametrize(("number", "encoding"), list(enumerate(MULTIPLES)))
def test_multiples_of_the_generator(number: int, encoding: str) -> None:
    assert r.encode(r.multiply(number, r.G)).hex() == encoding
    assert r.encode(r.multiply_fixed(number, r.G)).hex() == encoding
    point = r.decode_element(bytes.fromhex(encoding))
    assert point is not None
    assert r.equal(point, r.multiply(number, r.G))


def test_element_derivation() -> None:
    # RFC 9496 Appendix A.3, the first vector.
    uniform = hashlib.sha512(b"Ristretto is traditionally a short shot of espresso coffee").digest()
    encoding = "3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46"
    assert r.encode(r.from_uniform_bytes(uniform)).hex() == encoding


def test_many_points_at_once() -> None:
    points = [r.multiply_fixed(n * n + 1, r.G) for n in range(30)]
    scalars = [7**n for n in range(30)]
    total = r.IDENTITY
    for scalar, point in zip(scalars, points, strict=True):
        total = r.add(total, r.multiply(scalar, point))
    assert r.equal(r.multi_multiply(scalars, points), total)
    assert r.equal(r.multi_multiply(scalars[:3], points[:3]), r.multiply_fixed(1 + 7 * 2 + 49 * 5, r.G))


def test_rfc_8032_vector_1() -> None:
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
        "655141438e7a100b"
    )
    assert ed25519.public_key(seed) == key
    ed25519.verify_raw(key, b"", signature)
    with pytest.raises(Refused) as refusal:
        ed25519.verify_raw(key, b"x", signature)
    assert refusal.value.code == "V4.A"


def test_rfc_9380_expand_message() -> None:
    # RFC 9380 Appendix K.3, expander expand_message_xmd with SHA-512, message "abc", 32 bytes.
    dst = b"QUUX-V01-CS02-with-expander-SHA512-256"
    wanted = "0da749f12fbe5483eb066a5f595055679b976e93abe9be6f0f6318bce7aca8dc"
    assert framing.expand(b"abc", dst, 32).hex() == wanted


def test_rfc_7748_and_8439() -> None:
    # RFC 7748 §5.2, the first vector.
    scalar = bytes.fromhex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4")
    u = bytes.fromhex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
    assert sealing.x25519(scalar, u).hex() == "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"
    # RFC 8439 Appendix A.1, test vector 1: the block of a zero key and nonce.
    assert sealing._chacha_block(bytes(32), 0, bytes(12)).hex().startswith("76b8e0ada0f13d90405d6ae55386bd28")
