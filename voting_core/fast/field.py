"""The field mod 2^255 - 19 and the curve below ristretto255, as functions that Numba inlines. Public data only.

* An element is five limbs of 51 bits in 64. Products are 128 bits wide, which Numba has no type for; so multiplication
  and squaring are written in LLVM's own instructions (:func:`_multiply_ir`). Everything else is Numba's Python.
* A *reduced* element (what multiplication gives) has limbs below 2^51 + 2^18. A sum or difference of two of them has
  limbs below 2^54, which is as large as a factor may be. Only :func:`canonical` gives the one smallest form.
* Nothing here takes the same time for all values.

Numba has no types for a checker to read, so these modules are left out of it; the typed door is
`voting_core.fast.group`.
"""

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

_WORD = ir.IntType(64)
_WIDE = ir.IntType(128)
_MASK = 2**51 - 1

ELEMENT = types.UniTuple(types.uint64, 5)

U1, U51 = np.uint64(1), np.uint64(51)
MASK = np.uint64(_MASK)
# 4p, limb by limb: added before a subtraction, so that no limb goes below 0.
_FOUR_P0, _FOUR_P = np.uint64(4 * (2**51 - 19)), np.uint64(4 * (2**51 - 1))
_NINETEEN = np.uint64(19)


def limbs(number):
    """Give the five limbs of a Python integer, for constants."""
    return tuple(np.uint64(number >> 51 * i & _MASK) for i in range(5))


_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
_I = pow(2, (_P - 1) // 4, _P)
# The non-negative root of 1/(a - d) with a = -1 (RFC 9496 §4.1); a test derives it again.
_INVSQRT_A_MINUS_D = 54469307008909316920995813868745141605393597292927456921205312896311721017578

ZERO, ONE = limbs(0), limbs(1)
D, TWO_D = limbs(_D), limbs(2 * _D % _P)
SQRT_M1 = limbs(_I)
MINUS_ONE, MINUS_SQRT_M1 = limbs(_P - 1), limbs(_P - _I)
INVSQRT_A_MINUS_D = limbs(_INVSQRT_A_MINUS_D)


def _multiply_ir(builder, left, right):
    """Emit the product of two elements; where both are the same, equal terms are computed once."""
    same = left is right
    wide_left = [builder.zext(limb, _WIDE) for limb in left]
    wide_right = wide_left if same else [builder.zext(limb, _WIDE) for limb in right]
    # 2^255 = 19: what would be limb i + j - 5 has 19 times the weight. The factor is taken in 64 bits, below 2^59.
    folded = [builder.zext(builder.mul(limb, _WORD(19)), _WIDE) for limb in right]
    sums = []
    for place in range(5):
        total = None
        for i in range(5):
            j = (place - i) % 5
            if same and i > j:
                continue
            term = builder.mul(wide_left[i], wide_right[j] if i + j < 5 else folded[j])
            if same and i < j:
                term = builder.shl(term, _WIDE(1))
            total = term if total is None else builder.add(total, term)
        sums.append(total)
    # Two rounds of carries, each for all limbs at the same time, which takes less long than one limb after the other.
    # Factors below 2^54 give sums below 2^114.6, the last one, in which nothing is folded, below 2^110.4: in 64 bits
    # there is room for the carries of the first round, also where the one of the last limb comes around 19 times.
    low = [builder.and_(builder.trunc(total, _WORD), _WORD(_MASK)) for total in sums]
    high = [builder.trunc(builder.lshr(total, _WIDE(51)), _WORD) for total in sums]
    once = _carried(builder, low, high)
    low = [builder.and_(limb, _WORD(_MASK)) for limb in once]
    high = [builder.lshr(limb, _WORD(51)) for limb in once]
    return _carried(builder, low, high)


def _carried(builder, low, high):
    around = builder.mul(high[4], _WORD(19))
    return [builder.add(limb, carry) for limb, carry in zip(low, [around, *high[:4]], strict=True)]


def _limbs_of(builder, value):
    return [builder.extract_value(value, i) for i in range(5)]


@intrinsic
def multiply(typing_context, left, right):
    """Multiply two elements; the result is reduced."""

    def codegen(context, builder, signature, arguments):
        out = _multiply_ir(builder, _limbs_of(builder, arguments[0]), _limbs_of(builder, arguments[1]))
        return cgutils.pack_array(builder, out)

    return ELEMENT(ELEMENT, ELEMENT), codegen


@intrinsic
def square(typing_context, element):
    """Square an element; the result is reduced."""

    def codegen(context, builder, signature, arguments):
        factor = _limbs_of(builder, arguments[0])
        return cgutils.pack_array(builder, _multiply_ir(builder, factor, factor))

    return ELEMENT(ELEMENT), codegen


@njit(forceinline=True)
def add(a, b):
    """Add without carrying."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4])


@njit(forceinline=True)
def subtract(a, b):
    """Subtract without carrying; the limbs of b are below 2^53 - 76."""
    return (
        a[0] + _FOUR_P0 - b[0],
        a[1] + _FOUR_P - b[1],
        a[2] + _FOUR_P - b[2],
        a[3] + _FOUR_P - b[3],
        a[4] + _FOUR_P - b[4],
    )


@njit(forceinline=True)
def negate(a):
    """Give -a, unreduced."""
    return subtract(ZERO, a)


@njit
def canonical(a):
    """Give the smallest form, from limbs below 2^62."""
    a0, a1, a2, a3, a4 = a
    for _ in range(2):
        a1 += a0 >> U51
        a0 &= MASK
        a2 += a1 >> U51
        a1 &= MASK
        a3 += a2 >> U51
        a2 &= MASK
        a4 += a3 >> U51
        a3 &= MASK
        a0 += _NINETEEN * (a4 >> U51)
        a4 &= MASK
    # Now the value is below 2^255 + 2^13: it is at least p exactly if adding 19 carries out of bit 255.
    over = (a0 + _NINETEEN) >> U51
    over = (a1 + over) >> U51
    over = (a2 + over) >> U51
    over = (a3 + over) >> U51
    over = (a4 + over) >> U51
    a0 += _NINETEEN * over
    a1 += a0 >> U51
    a0 &= MASK
    a2 += a1 >> U51
    a1 &= MASK
    a3 += a2 >> U51
    a2 &= MASK
    a4 += a3 >> U51
    a3 &= MASK
    a4 &= MASK
    return (a0, a1, a2, a3, a4)


@njit
def equal(a, b):
    """Compare two elements."""
    x, y = canonical(a), canonical(b)
    return x[0] == y[0] and x[1] == y[1] and x[2] == y[2] and x[3] == y[3] and x[4] == y[4]


@njit
def is_zero(a):
    """Say whether an element is 0."""
    x = canonical(a)
    return (x[0] | x[1] | x[2] | x[3] | x[4]) == np.uint64(0)


@njit
def is_negative(a):
    """Say whether the smallest form is odd (RFC 9496 §4.2)."""
    return canonical(a)[0] & U1 == U1


@njit
def absolute(a):
    """Give the non-negative one of a and -a."""
    if is_negative(a):
        return canonical(negate(canonical(a)))
    return a


@njit
def squarings(a, count):
    """Square `count` times."""
    for _ in range(count):
        a = square(a)
    return a


@njit
def power_252_3(a):
    """Give a^(2^252 - 3), which is a^((p - 5) / 8)."""
    a2 = square(a)
    a9 = multiply(a, squarings(a2, 2))
    a11 = multiply(a2, a9)
    b5 = multiply(a9, square(a11))  # 2^5 - 1
    b10 = multiply(squarings(b5, 5), b5)
    b20 = multiply(squarings(b10, 10), b10)
    b40 = multiply(squarings(b20, 20), b20)
    b50 = multiply(squarings(b40, 10), b10)
    b100 = multiply(squarings(b50, 50), b50)
    b200 = multiply(squarings(b100, 100), b100)
    b250 = multiply(squarings(b200, 50), b50)
    return multiply(squarings(b250, 2), a)


@njit
def is_square(a):
    """Say whether a number other than 0 has a root: a^((p - 1) / 2) = 1."""
    fourth = square(square(power_252_3(a)))
    return equal(multiply(fourth, square(a)), ONE)


@njit
def inverse_root(v):
    """Give whether 1/v is a square, and the non-negative root of 1/v or of sqrt(-1)/v (RFC 9496 §4.2)."""
    v3 = multiply(square(v), v)
    v7 = multiply(square(v3), v)
    root = multiply(v3, power_252_3(v7))
    check = canonical(multiply(v, square(root)))
    if equal(check, ONE):
        return True, absolute(root)
    if equal(check, MINUS_ONE):
        return True, absolute(multiply(root, SQRT_M1))
    if equal(check, MINUS_SQRT_M1):
        return False, absolute(multiply(root, SQRT_M1))
    # check is sqrt(-1), or 0 for v = 0
    return False, absolute(root)


@njit(forceinline=True)
def add_points(p, q):
    """Add two points in extended coordinates (X, Y, Z, T)."""
    a = multiply(subtract(p[1], p[0]), subtract(q[1], q[0]))
    b = multiply(add(p[1], p[0]), add(q[1], q[0]))
    c = multiply(multiply(p[3], q[3]), TWO_D)
    d = multiply(p[2], q[2])
    d = add(d, d)
    e, f, g, h = subtract(b, a), subtract(d, c), add(d, c), add(b, a)
    return (multiply(e, f), multiply(g, h), multiply(f, g), multiply(e, h))


@njit(forceinline=True)
def add_affine(p, plus, minus, t2d):
    """Add to a point in extended coordinates one given by y + x, y - x and 2dxy."""
    a = multiply(subtract(p[1], p[0]), minus)
    b = multiply(add(p[1], p[0]), plus)
    c = multiply(p[3], t2d)
    d = add(p[2], p[2])
    e, f, g, h = subtract(b, a), subtract(d, c), add(d, c), add(b, a)
    return (multiply(e, f), multiply(g, h), multiply(f, g), multiply(e, h))


@njit(forceinline=True)
def double_point(p):
    """Double a point in extended coordinates."""
    a, b = square(p[0]), square(p[1])
    c = square(p[2])
    c = add(c, c)
    h = add(a, b)
    e = subtract(h, square(add(p[0], p[1])))
    g = subtract(a, b)
    f = add(c, g)
    return (multiply(e, f), multiply(g, h), multiply(f, g), multiply(e, h))
