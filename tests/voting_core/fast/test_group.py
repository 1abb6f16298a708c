"""The compiled backend gives what libsodium gives and refuses what libsodium refuses, with the same words."""

import pickle
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support import oracle
from tests.support.seeded_rng import SeededRng
from tests.voting_core.test_group import INVALID, MULTIPLES
from voting_core.elgamal import Ciphertext, encode_ciphertexts
from voting_core.errors import EncodingError, VerificationError
from voting_core.fast import kernels
from voting_core.fast.group import DecodedCiphertexts, FastGroup, window_bits
from voting_core.group import BASE, IDENTITY, Point, Q, base_mul, multi_mul, point_from_uniform
from voting_core.public import SODIUM, PublicGroup
from voting_core.rng import random_scalar
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

FAST = FastGroup()
POINTS = [point_from_uniform(SeededRng(f"point {number}").bytes(64)) for number in range(40)]
scalars = st.sampled_from([0, 1, 2, Q - 1, Q, -1, 2**128 - 1, 2**252]) | st.integers(0, Q - 1)
valid = st.sampled_from([bytes.fromhex(each) for each in MULTIPLES[1:]] + [point.encode() for point in POINTS[:8]])
invalid = st.sampled_from([bytes.fromhex(each) for each in INVALID] + [bytes(32)])
anything = st.binary(min_size=32, max_size=32)


def decoded(group: PublicGroup, data: bytes) -> object:
    """The points, or the words of the refusal."""
    try:
        return group.decode_points(data, [str(number) for number in range(len(data) // 32)], "here")
    except EncodingError as error:
        return str(error)


@settings(max_examples=200, deadline=None)
@given(st.lists(valid | invalid | anything, min_size=1, max_size=5))
@example([bytes.fromhex(MULTIPLES[1]), bytes(32)])
def test_points_are_decoded_or_refused_alike(encodings: list[bytes]) -> None:
    data = b"".join(encodings)
    assert decoded(FAST, data) == decoded(SODIUM, data)


@settings(max_examples=100, deadline=None)
@given(st.lists(valid | invalid | anything, min_size=2, max_size=8).filter(lambda each: len(each) % 2 == 0))
def test_ciphertexts_are_decoded_or_refused_alike(encodings: list[bytes]) -> None:
    data, found = b"".join(encodings), []
    for group in (FAST, SODIUM):
        try:
            run = group.decode_ciphertexts(data, len(encodings) // 2, "ballot")
        except EncodingError as error:
            found.append((str(error), None))
        else:
            assert encode_ciphertexts(run) == data
            found.append(("", tuple(run)))
    assert found[0] == found[1]


@pytest.mark.parametrize("group", [FAST, SODIUM], ids=lambda group: group.name)
def test_wrong_lengths(group: PublicGroup) -> None:
    with pytest.raises(VerificationError, match=r"V8\.C: x: 2 ciphertexts have 128 bytes, not 127"):
        group.decode_ciphertexts(bytes(127), 2, "x")
    with pytest.raises(ValueError, match="32 bytes"):
        group.decode_points(bytes(33), ["P"], "x")
    with pytest.raises(ValueError, match=r"one scalar|zip"):
        group.product([group.weigh([1, 2], POINTS[:1], ())], (), ())
    with pytest.raises(ValueError, match=r"one scalar|zip"):
        group.product((), [1, 2], POINTS[:1])
    with pytest.raises(ValueError, match=r"do not add|zip"):
        group.add(ciphertexts(POINTS[:2]), ciphertexts(POINTS[:4]))
    with pytest.raises(TypeError, match="weigh gave"):
        group.product([3], (), ())


def ciphertexts(points: Sequence[Point]) -> tuple[Ciphertext, ...]:
    return tuple(Ciphertext(a, b) for a, b in zip(points[::2], points[1::2], strict=True))


def both(points: Sequence[Point]) -> list[tuple[PublicGroup, Sequence[Ciphertext]]]:
    """The same ciphertexts as each backend decodes them."""
    data = b"".join(point.encode() for point in points)
    return [(group, group.decode_ciphertexts(data, len(points) // 2, "x")) for group in (FAST, SODIUM)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(scalars, st.integers(0, 39)), max_size=12))
def test_products_are_alike(terms: list[tuple[int, int]]) -> None:
    """Repeated points, zeroes, negatives and no terms at all among them."""
    factors, points = [factor for factor, _ in terms], [POINTS[number] for _, number in terms]
    expected = multi_mul(factors, points)
    assert FAST.product((), factors, points) == expected
    assert FAST.product([FAST.weigh(factors, points, ())], (), ()) == expected
    data = b"".join(point.encode() for point in points)
    own = FAST.weigh(factors, FAST.decode_points(data, "x" * len(points), ""), ())
    assert FAST.product([own], [5], [BASE]) == expected + BASE * 5


@settings(max_examples=30, deadline=None)
@given(st.lists(scalars, min_size=6, max_size=6), st.integers(0, 3))
def test_parts_of_products_are_alike(factors: list[int], split: int) -> None:
    found = []
    for group, run in both(POINTS[:4]):
        parts = [group.weigh(factors, POINTS[4:6], run), group.weigh(factors[:4], (), run)]
        found.append(group.product(parts[:split], factors[:3], (BASE, IDENTITY, POINTS[9])))
    assert found[0] == found[1]


@pytest.mark.parametrize("number", [1, 2, 3, 31, 200, 1500])
def test_products_of_many_points(number: int) -> None:
    rng = SeededRng(f"many {number}")
    factors = [random_scalar(rng) for _ in range(number)]
    logs = [random_scalar(rng) for _ in range(20)]
    bases = [base_mul(log) for log in logs]
    points = [bases[index % 20] for index in range(number)]
    expected = base_mul(sum(factor * logs[index % 20] for index, factor in enumerate(factors)))
    assert FAST.product((), factors, points) == expected


def test_the_oracle_agrees() -> None:
    rng = SeededRng("oracle")
    factors = [random_scalar(rng) for _ in range(5)]
    total = oracle.IDENTITY
    for factor, point in zip(factors, POINTS, strict=False):
        at = oracle.decode(point.encode())
        assert at is not None
        total = oracle.add(total, oracle.multiply(factor, at))
    assert FAST.product((), factors, POINTS[:5]).encode() == oracle.encode(total)


def test_products_that_are_the_identity() -> None:
    assert FAST.product((), (), ()) == IDENTITY
    assert FAST.product((), (3, -3), (BASE, BASE)) == IDENTITY
    assert FAST.product((), (0, Q), (BASE, POINTS[0])) == IDENTITY
    assert FAST.product((), (7,), (IDENTITY,)) == IDENTITY


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=6))
def test_sums_are_alike_and_leave_what_they_came_from(numbers: list[int]) -> None:
    runs = [POINTS[4 * number : 4 * number + 4] for number in numbers]
    found = []
    for group in (FAST, SODIUM):
        decoded_runs = [group.decode_ciphertexts(b"".join(p.encode() for p in run), 2, "x") for run in runs]
        total = decoded_runs[0]
        for run in decoded_runs[1:]:
            before, again = total, tuple(total)
            total = group.add(total, run)
            assert tuple(before) == again
        found.append((tuple(total), encode_ciphertexts(total), total[0], total[-1], total[1:], len(total)))
    assert found[0] == found[1]
    plain = FAST.add(ciphertexts(POINTS[:2]), ciphertexts(POINTS[2:4]))
    assert tuple(plain) == tuple(SODIUM.add(ciphertexts(POINTS[:2]), ciphertexts(POINTS[2:4])))


keys = st.integers(0, 2**64).map(lambda n: SigningKey.from_seed(Secret(n.to_bytes(32, "big"))).public)


@settings(max_examples=200, deadline=None)
@given(st.binary(min_size=32, max_size=32) | keys, st.booleans())
def test_keys_are_on_the_curve_alike(key: bytes, sign: bool) -> None:
    key = key[:31] + bytes([key[31] & 0x7F | sign << 7])
    assert FAST.on_curve(key) == SODIUM.on_curve(key)


def test_a_sum_may_be_the_identity() -> None:
    opposite = [-point for point in POINTS[:2]]
    (one, run), _ = both(POINTS[:2])[0], None
    minus = one.decode_ciphertexts(b"".join(point.encode() for point in opposite), 1, "x")
    assert tuple(one.add(run, minus)) == (Ciphertext(IDENTITY, IDENTITY),)
    assert tuple(one.add(one.add(run, minus), run)) == tuple(run)


def test_ciphertexts_go_to_another_process_without_being_decoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = [pickle.dumps(run) for _, run in both(POINTS[:6])]
    expected = tuple(SODIUM.add(ciphertexts(POINTS[:6]), ciphertexts(POINTS[:6])))
    for group in (FAST, SODIUM):
        for one in sent:
            run = pickle.loads(one)  # noqa: S301  # our own bytes
            assert tuple(group.add(run, run)) == expected
    monkeypatch.setattr(kernels, "decode", None)
    run = pickle.loads(sent[0])  # noqa: S301  # our own bytes
    assert tuple(FAST.add(run, run)) == expected


def test_what_came_read_only_is_copied() -> None:
    run = both(POINTS[:2])[0][1]
    assert isinstance(run, DecodedCiphertexts)
    run.table.flags.writeable = False
    assert tuple(FAST.add(run, run)) == tuple(SODIUM.add(run, run))


def test_decoded_points_are_points() -> None:
    (point,) = FAST.decode_points(POINTS[0].encode(), ["P"], "x")
    assert point == POINTS[0]
    assert hash(point) == hash(POINTS[0])
    assert point + BASE == POINTS[0] + BASE
    assert FAST.product((), (2,), (point,)) == point * 2


def test_threads_do_not_disturb_each_other() -> None:
    factors = [[random_scalar(SeededRng(f"{n} {k}")) for k in range(40)] for n in range(6)]
    expected = [multi_mul(each, POINTS) for each in factors]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(lambda each: FAST.product((), each, POINTS), factors * 2)) == expected * 2


def test_windows_grow_with_the_number_of_points() -> None:
    widths = [window_bits(number) for number in (0, 1, 10, 100, 1000, 10_000, 100_000, 10_000_000)]
    assert widths == sorted(widths)
    assert (widths[0], widths[-1]) == (2, 15)


def test_a_kernel_that_is_wrong_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from voting_core import fast
    from voting_core.errors import FatalError

    fast._compare(FAST)
    for name in ("multiply_rows", "add_rows"):
        with monkeypatch.context() as patch:
            patch.setattr(kernels, name, lambda *_: None)
            with pytest.raises(FatalError, match="disagree"):
                fast._compare(FAST)
