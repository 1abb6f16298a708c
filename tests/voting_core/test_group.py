"""The vectors of RFC 9496, appendix A, the group laws, and the two implementations against each other."""

import copy
import hashlib
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import oracle
from tests.support.seeded_rng import SeededRng
from voting_core import group
from voting_core.errors import EncodingError, FatalError
from voting_core.group import (
    BASE,
    IDENTITY,
    P,
    Point,
    Q,
    base_mul,
    decode_point,
    decode_points,
    decode_scalar,
    encode_scalar,
    multi_mul,
    point_from_uniform,
    select,
    sum_points,
)
from voting_core.rng import random_scalar

# Appendix A.1: the multiples of the generator from 0 to 15.
MULTIPLES = """\
0000000000000000000000000000000000000000000000000000000000000000
e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76
6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919
94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259
da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57
e882b131016b52c1d3337080187cf768423efccbb517bb495ab812c4160ff44e
f64746d3c92b13050ed8d80236a7f0007c3b3f962f5ba793d19a601ebb1df403
44f53520926ec81fbd5a387845beb7df85a96a24ece18738bdcfa6a7822a176d
903293d8f2287ebe10e2374dc1a53e0bc887e592699f02d077d5263cdd55601c
02622ace8f7303a31cafc63f8fc48fdc16e1c8c8d234b2f0d6685282a9076031
20706fd788b2720a1ed2a5dad4952b01f413bcf0e7564de8cdc816689e2db95f
bce83f8ba5dd2fa572864c24ba1810f9522bc6004afe95877ac73241cafdab42
e4549ee16b9aa03099ca208c67adafcafa4c3f3e4e5303de6026e3ca8ff84460
aa52e000df2e16f55fb1032fc33bc42742dad6bd5a8fc0be0167436c5948501f
46376b80f409b29dc2b5f6f0c52591990896e5716f41477cd30085ab7f10301e
e0c418f7c8d9c4cdd7395b93ea124f3ad99021bb681dfc3302a9d99a2e53e64e
""".splitlines()

# Appendix A.2: what must not decode.
INVALID = """\
00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
0100000000000000000000000000000000000000000000000000000000000000
01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20
c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562
c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78
47cfc5497c53dc8e61c91d17fd626ffb1c49e2bca94eed052281b510b1117a24
f1c6165d33367351b0da8f6e4511010c68174a03b6581212c71c0e1d026c3c72
87260f7a2f12495118360f02c26a470f450dadf34a413d21042b43b9d93e1309
26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371
4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f
de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad7b
bcab477be20861e01e4a0e295284146a510150d9817763caf1a6f4b422d67042
2a292df7e32cababbd9de088d1d1abec9fc0440f637ed2fba145094dc14bea08
f4a9e534fc0d216c44b218fa0c42d99635a0127ee2e53c712f70609649fdff22
8268436f8c4126196cf64b3c7ddbda90746a378625f9813dd9b8457077256731
2810e5cbc2cc4d4eece54f61c6f69758e289aa7ab440b3cbeaa21995c2f4232b
3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e
a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220
d483fe813c6ba647ebbfd3ec41adca1c6130c2beeee9d9bf065c8d151c5f396e
8a2e1d30050198c65a54483123960ccc38aef6848e1ec8f5f780e8523769ba32
32888462f8b486c68ad7dd9610be5192bbeaf3b443951ac1a8118419d9fa097b
227142501b9d4355ccba290404bde41575b037693cef1f438c47f8fbf35d1165
5c37cc491da847cfeb9281d407efc41e15144c876e0170b499a96a22ed31e01e
445425117cb8c90edcbc7c1cc0e74f747f2c1efa5630a967c64f287792a48a4b
ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
""".splitlines()

# Appendix A.3: points derived from the SHA-512 of these texts.
DERIVED = [
    (
        "Ristretto is traditionally a short shot of espresso coffee",
        "3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46",
    ),
    (
        "made with the normal amount of ground coffee but extracted with",
        "f26e5b6f7d362d2d2a94c5d0e7602cb4773c95a2e5c31a64f133189fa76ed61b",
    ),
    (
        "about half the amount of water in the same amount of time",
        "006ccd2a9e6867e6a2c5cea83d3302cc9de128dd2a9a57dd8ee7b9d7ffe02826",
    ),
    ("by using a finer grind.", "f8f0c87cf237953c5890aec3998169005dae3eca1fbb04548c635953c817f92a"),
    (
        "This produces a concentrated shot of coffee per volume.",
        "ae81e7dedf20a497e10c304a765c1767a42d6e06029758d2d7e8ef7cc4c41179",
    ),
    (
        "Just pulling a normal shot short will produce a weaker shot",
        "e2705652ff9f5e44d3e841bf1c251cf7dddb77d140870d1ab2ed64f1a9ce8628",
    ),
    ("and is not a Ristretto as some believe.", "80bd07262511cdde4863f8a7434cef696750681cb9510eea557088f76d9e5065"),
]

scalars = st.integers(min_value=0, max_value=Q - 1)


def test_the_multiples_of_the_generator() -> None:
    point = IDENTITY
    for index, encoding in enumerate(MULTIPLES):
        assert point.encode().hex() == base_mul(index).encode().hex() == (BASE * index).encode().hex() == encoding
        if index:
            assert decode_point(bytes.fromhex(encoding), "point") == point
        point = point + BASE


@pytest.mark.parametrize("encoding", INVALID)
def test_invalid_encodings(encoding: str) -> None:
    assert oracle.decode(bytes.fromhex(encoding)) is None
    with pytest.raises(EncodingError) as caught:
        decode_point(bytes.fromhex(encoding), "share of trustee 2")
    assert caught.value.where == "share of trustee 2"


@pytest.mark.parametrize(("text", "encoding"), DERIVED)
def test_derived_points(text: str, encoding: str) -> None:
    assert point_from_uniform(hashlib.sha512(text.encode()).digest()).encode().hex() == encoding


def test_mapping_ignores_the_high_bits_as_the_rfc_asks() -> None:
    data = hashlib.sha512(b"bits").digest()
    changed = bytearray(data)
    changed[31] ^= 0x80
    changed[63] ^= 0x80
    assert point_from_uniform(data) == point_from_uniform(bytes(changed))
    with pytest.raises(ValueError, match="64 bytes"):
        point_from_uniform(data[:63])


@settings(max_examples=30, deadline=None)
@given(scalars, scalars)
def test_the_group_laws(a: int, b: int) -> None:
    left, right = base_mul(a), base_mul(b)
    assert left + right == base_mul(a + b) == right + left
    assert left - right == base_mul(a - b)
    assert left * b == right * a == base_mul(a * b)
    assert -left == base_mul(-a)
    assert left + IDENTITY == left == IDENTITY + left
    assert left - left == IDENTITY


@settings(max_examples=25, deadline=None)
@given(scalars, scalars)
def test_both_implementations_agree(a: int, b: int) -> None:
    left, right = base_mul(a), base_mul(b)
    ours = oracle.multiply(a, oracle.BASE)
    assert left.encode() == oracle.encode(ours)
    assert (left * b).encode() == oracle.encode(oracle.multiply(b, ours))
    other = oracle.multiply(b, oracle.BASE)
    assert (left + right).encode() == oracle.encode(oracle.add(ours, other))
    assert (left - right).encode() == oracle.encode(oracle.add(ours, oracle.negate(other)))


@pytest.mark.parametrize("zero", [0, Q, -Q, 5 * Q])
def test_products_that_are_the_identity(zero: int) -> None:
    assert BASE * zero == base_mul(zero) == multi_mul([zero, zero], [BASE, IDENTITY]) == IDENTITY
    assert IDENTITY * 7 == IDENTITY
    assert 3 * BASE == BASE * 3 == BASE * (Q + 3)


def test_multi_mul_is_the_sum_of_the_products() -> None:
    rng = SeededRng("multi")
    points = [base_mul(random_scalar(rng)) for _ in range(9)] + [IDENTITY]
    factors = [random_scalar(rng) for _ in range(8)] + [0, 5]
    assert multi_mul(factors, points) == sum_points(p * s for p, s in zip(points, factors, strict=True))
    assert multi_mul([], []) == sum_points([]) == IDENTITY
    with pytest.raises(ValueError, match="zip"):
        multi_mul([1, 2], [BASE])


@given(st.integers(min_value=1, max_value=Q - 1))
@settings(max_examples=20, deadline=None)
def test_select(scalar: int) -> None:
    point = base_mul(scalar)
    assert select(1, point) == point
    assert select(0, point) == IDENTITY
    assert point + select(0, BASE) == point


def test_a_run_of_points() -> None:
    run = BASE.encode() + (BASE * 2).encode()
    assert decode_points(run, 2, "shares") == (BASE, BASE * 2)
    assert decode_points(b"", 0, "shares") == ()
    for data, count in ((run, 1), (run, 3), (run[:-1], 2), (run + b"\x00", 2)):
        with pytest.raises(EncodingError, match="a run of"):
            decode_points(data, count, "shares")
    with pytest.raises(EncodingError, match="shares, point 2: is the identity"):
        decode_points(BASE.encode() + bytes(32), 2, "shares")


def test_scalars() -> None:
    assert encode_scalar(258) == b"\x02\x01" + bytes(30)
    assert decode_scalar(encode_scalar(Q - 1), "z") == Q - 1
    assert decode_scalar(bytes(32), "z") == 0
    for scalar in (-1, Q):
        with pytest.raises(ValueError, match="from 0 to q"):
            encode_scalar(scalar)


def test_points_are_values() -> None:
    point: Any = base_mul(7)
    assert {point, BASE * 7} == {point}
    assert point != BASE
    assert point != point.encode()
    assert copy.copy(point) is copy.deepcopy(point) is point
    assert repr(point) == f"Point({point.encode()[:4].hex()}…)"


def test_points_cannot_be_made_or_changed_from_outside() -> None:
    point: Any = base_mul(7)
    with pytest.raises(TypeError):
        Point()
    with pytest.raises(AttributeError):
        point._encoding = bytes(32)
    with pytest.raises(AttributeError):
        del point._encoding
    with pytest.raises(TypeError):
        pickle.dumps(point)


def test_decoding_takes_a_copy() -> None:
    data = bytearray(BASE.encode())
    point = decode_point(data, "point")
    data[0] ^= 2
    assert point == BASE
    assert hash(point) == hash(BASE)


def test_threads_do_not_share_buffers() -> None:
    points = [base_mul(index) for index in range(1, 40)]

    def work(start: int) -> list[bytes]:
        return [multi_mul(range(start, start + 39), points).encode() for _ in range(10)]

    expected = [work(start)[0] for start in range(4)]
    with ThreadPoolExecutor(4) as pool:
        for answer, results in zip(expected, pool.map(work, range(4)), strict=True):
            assert set(results) == {answer}


@pytest.mark.parametrize(
    ("function", "call"),
    [
        ("_sodium_add", lambda: BASE + BASE),
        ("_sodium_add", lambda: sum_points([BASE])),
        ("_sodium_add", lambda: multi_mul([2], [BASE])),
        ("_sodium_subtract", lambda: BASE - BASE),
        ("_sodium_multiply", lambda: BASE * 2),
        ("_sodium_multiply", lambda: multi_mul([2], [BASE])),
        ("_sodium_multiply_base", lambda: base_mul(2)),
        ("_sodium_from_hash", lambda: point_from_uniform(bytes(64))),
    ],
)
def test_a_return_code_that_cannot_happen_stops_the_program(
    function: str, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group, function, lambda *_: -1)
    with pytest.raises(FatalError, match="libsodium refused"):
        call()


def test_the_constants() -> None:
    assert (P, Q) == (oracle.P, oracle.ORDER)
