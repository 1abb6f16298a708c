"""Plain arithmetic on the Edwards curve of RFC 8032 for tests: slow, obvious, and independent of the product."""

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

Affine = tuple[int, int]
ZERO: Affine = (0, 1)


def add(left: Affine, right: Affine) -> Affine:
    (x1, y1), (x2, y2) = left, right
    product = D * x1 * x2 * y1 * y2 % P
    x3 = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P
    y3 = (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P
    return x3, y3


def multiply(scalar: int, point: Affine) -> Affine:
    result = ZERO
    for bit in bin(scalar)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def square_root(value: int) -> int | None:
    root = pow(value, (P + 3) // 8, P)
    for candidate in (root, root * ROOT_OF_MINUS_ONE % P):
        if candidate * candidate % P == value % P:
            return candidate
    return None


def decode(encoding: bytes) -> Affine | None:
    """Decode leniently: y is reduced and -0 is 0."""
    number = int.from_bytes(encoding, "little")
    y = (number & (2**255 - 1)) % P
    x = square_root((y * y - 1) * pow(D * y * y + 1, -1, P))
    if x is None:
        return None
    return (P - x if x % 2 != number >> 255 else x) % P, y


def encode(point: Affine) -> bytes:
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little")) or ZERO


def torsion() -> tuple[Affine, ...]:
    """The eight points whose order divides 8."""
    candidate = 2
    while True:
        point = decode(candidate.to_bytes(32, "little"))
        generator = multiply(ORDER, point) if point else ZERO
        if multiply(4, generator) != ZERO:
            return tuple(multiply(number, generator) for number in range(8))
        candidate += 1


def torsion_encodings() -> tuple[bytes, ...]:
    """All 32-byte strings that a lenient decoder takes for one of the eight points."""
    encodings = set()
    for x, y in torsion():
        for value in {y, y + P}:
            if value < 2**255:
                signs = {0, 1} if x == 0 else {x & 1}
                encodings.update((value | sign << 255).to_bytes(32, "little") for sign in signs)
    return tuple(sorted(encodings))
