"""Loops over arrays of points, compiled once and kept on disk: decode, encode, add, multiply. Public data only.

* Points that were decoded are rows of 15 words: y + x, y - x, 2dxy, five limbs each. Running sums are rows of 20 words:
  X, Y, Z, T.
* All of them let go of the interpreter, so that threads use all cores.
* They trust what they are given: `voting_core.fast.group` makes the arrays.
"""

import numpy as np
from numba import njit

from voting_core.fast.field import (
    INVSQRT_A_MINUS_D,
    MASK,
    ONE,
    SQRT_M1,
    TWO_D,
    U1,
    U51,
    ZERO,
    D,
    absolute,
    add,
    add_affine,
    add_points,
    canonical,
    double_point,
    inverse_root,
    is_negative,
    is_square,
    is_zero,
    multiply,
    negate,
    square,
    subtract,
)

FIELD_DIGEST = "d948ef04764db5672d50d7f5785162eddecfaeb98d8448eb0daea378e85dc04c"
"""SHA-256 of field.py. What is compiled here holds the code of that file, but is made anew only when this file changes;
a test asks for the digest."""

VALID, NOT_CANONICAL, IDENTITY, NO_POINT = range(4)
"""What :func:`decode` says of an encoding."""

_U0, _U12, _U13, _U25, _U26, _U38, _U39, _U64 = (np.uint64(n) for n in (0, 12, 13, 25, 26, 38, 39, 64))
_ALL, _P_LOW, _P_HIGH = np.uint64(2**64 - 1), np.uint64(2**64 - 19), np.uint64(2**63 - 1)
_NEUTRAL = (ZERO, ONE, ONE, ZERO)


@njit(forceinline=True)
def _element(row, start):
    return (row[start], row[start + 1], row[start + 2], row[start + 3], row[start + 4])


@njit(forceinline=True)
def _put(row, start, element):
    row[start], row[start + 1], row[start + 2] = element[0], element[1], element[2]
    row[start + 3], row[start + 4] = element[3], element[4]


@njit(forceinline=True)
def _point(row):
    return (_element(row, 0), _element(row, 5), _element(row, 10), _element(row, 15))


@njit(forceinline=True)
def _put_point(row, point):
    _put(row, 0, point[0])
    _put(row, 5, point[1])
    _put(row, 10, point[2])
    _put(row, 15, point[3])


@njit
def _decode_one(w0, w1, w2, w3, row):
    """RFC 9496 §4.3.1 on four words; the row is written where the encoding is that of a point or of the identity."""
    if w3 > _P_HIGH or (w3 == _P_HIGH and w2 == _ALL and w1 == _ALL and w0 >= _P_LOW) or w0 & U1 == U1:
        return NOT_CANONICAL
    if w0 | w1 | w2 | w3 == _U0:
        _put(row, 0, ONE)
        _put(row, 5, ONE)
        _put(row, 10, ZERO)
        return IDENTITY
    s = _unpack(w0, w1, w2, w3)
    ss = square(s)
    u1, u2 = subtract(ONE, ss), add(ONE, ss)
    u2_square = square(u2)
    # v = -(d u1^2) - u2^2
    v = negate(add(multiply(D, square(u1)), u2_square))
    was_square, root = inverse_root(multiply(v, u2_square))
    den_x = multiply(root, u2)
    den_y = multiply(multiply(root, den_x), v)
    x = absolute(multiply(add(s, s), den_x))
    y = multiply(u1, den_y)
    t = multiply(x, y)
    if not was_square or is_negative(t) or is_zero(y):
        return NO_POINT
    _put(row, 0, add(y, x))
    _put(row, 5, subtract(y, x))
    _put(row, 10, multiply(t, TWO_D))
    return VALID


@njit(forceinline=True)
def _unpack(w0, w1, w2, w3):
    return (
        w0 & MASK,
        (w0 >> U51 | w1 << _U13) & MASK,
        (w1 >> _U38 | w2 << _U26) & MASK,
        (w2 >> _U25 | w3 << _U39) & MASK,
        (w3 >> _U12) & MASK,
    )


@njit(cache=True, nogil=True)
def on_curve(words):
    """Say whether there is a point of edwards25519 with this y; bit 255 does not count, and y^2 is not 1."""
    yy = square(_unpack(words[0], words[1], words[2], words[3]))
    return is_square(multiply(subtract(yy, ONE), add(multiply(D, yy), ONE)))


@njit(cache=True, nogil=True)
def decode(words, table, verdicts):
    """Decode encodings, four words each, into rows of 15; gives the number of the first that is not valid, or -1."""
    first = -1
    for i in range(table.shape[0]):
        verdicts[i] = _decode_one(words[4 * i], words[4 * i + 1], words[4 * i + 2], words[4 * i + 3], table[i])
        if first < 0 and verdicts[i] != VALID:
            first = i
    return first


@njit(cache=True, nogil=True)
def encode(sums, words):
    """Encode running sums as four words each (RFC 9496 §4.3.2)."""
    for i in range(sums.shape[0]):
        x0, y0, z0, t0 = _point(sums[i])
        u1 = multiply(add(z0, y0), subtract(z0, y0))
        u2 = multiply(x0, y0)
        _, root = inverse_root(multiply(u1, square(u2)))
        den1, den2 = multiply(root, u1), multiply(root, u2)
        z_inverse = multiply(multiply(den1, den2), t0)
        if is_negative(multiply(t0, z_inverse)):
            x, y = multiply(y0, SQRT_M1), multiply(x0, SQRT_M1)
            denominator = multiply(den1, INVSQRT_A_MINUS_D)
        else:
            x, y, denominator = x0, y0, den2
        if is_negative(multiply(x, z_inverse)):
            y = negate(canonical(y))
        s = canonical(absolute(multiply(denominator, subtract(z0, canonical(y)))))
        words[i, 0] = s[0] | s[1] << U51
        words[i, 1] = s[1] >> _U13 | s[2] << _U38
        words[i, 2] = s[2] >> _U26 | s[3] << _U25
        words[i, 3] = s[3] >> _U39 | s[4] << _U12


@njit(cache=True, nogil=True)
def begin(sums):
    """Make every running sum that of no points."""
    for i in range(sums.shape[0]):
        _put_point(sums[i], _NEUTRAL)


@njit(cache=True, nogil=True)
def add_rows(sums, table, out):
    """Add to each running sum the decoded point of its row."""
    for i in range(sums.shape[0]):
        row = table[i]
        _put_point(out[i], add_affine(_point(sums[i]), _element(row, 0), _element(row, 5), _element(row, 10)))


@njit(cache=True, nogil=True)
def shift_scalars(words, shift, shifted):
    """Add a number of five words to scalars of four."""
    for i in range(words.shape[0]):
        carry = _U0
        for k in range(5):
            word = words[i, k] if k < 4 else _U0
            total = word + shift[k]
            out = total + carry
            carry = np.uint64(total < word) + np.uint64(out < total)
            shifted[i, k] = out


@njit(cache=True, nogil=True)
def multiply_rows(shifted, table, bits, windows, buckets, total):
    """Pippenger's product: add the decoded points, each as often as its scalar says, to `total`.

    `shifted` are the scalars plus half a bucket in each window of so many `bits`, so that a digit less 2^(bits - 1) is
    a signed one: half as many `buckets` do, because -P costs no more than P.
    """
    half = 1 << (bits - 1)
    for window in range(windows - 1, -1, -1):
        point = _point(total)
        for _ in range(bits):
            point = double_point(point)
        begin(buckets)
        start = window * bits
        word, low = start >> 6, np.uint64(start & 63)
        mask = np.uint64((1 << bits) - 1)
        for i in range(table.shape[0]):
            digit = shifted[i, word] >> low
            if (start & 63) + bits > 64 and word < 4:
                digit |= shifted[i, word + 1] << (_U64 - low)
            signed = np.int64(digit & mask) - half
            row = table[i]
            if signed > 0:
                bucket = buckets[signed - 1]
                summed = add_affine(_point(bucket), _element(row, 0), _element(row, 5), _element(row, 10))
                _put_point(bucket, summed)
            elif signed < 0:
                bucket = buckets[-signed - 1]
                minus_t = negate(_element(row, 10))
                _put_point(bucket, add_affine(_point(bucket), _element(row, 5), _element(row, 0), minus_t))
        # Bucket k counts k + 1 times: the sums from the top down, added up.
        running = _point(buckets[half - 1])
        point = add_points(point, running)
        for k in range(half - 2, -1, -1):
            running = add_points(running, _point(buckets[k]))
            point = add_points(point, running)
        _put_point(total, point)
