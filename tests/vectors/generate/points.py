"""Encodings of points and scalars, SPEC §2.1."""

from functools import partial

from tests.vectors.generate.common import Json, VectorFile, some_bytes
from voting_core.group import P, Q, base_mul, decode_point, decode_scalar, encode_scalar, point_from_uniform

# RFC 9496 Appendix A.2: encodings that are canonical numbers, but no points.
NO_POINTS = {
    "non-square": "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
    "negative-xy": "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
    "zero-y": "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
}


def build() -> Json:
    file = VectorFile("§2.1", "decoding and arithmetic of points and scalars")
    point = point_from_uniform(some_bytes("point", 64))
    scalar = int.from_bytes(some_bytes("scalar", 64), "little") % Q
    for name, one in (("generator", base_mul(1)), ("twice-the-generator", base_mul(2)), ("hashed", point)):
        again = decode_point(one.encode(), name)
        given = {"point": again.encode().hex(), "scalar": encode_scalar(scalar).hex()}
        file.valid(f"multiply-{name}", "point^scalar", "multiply", given, {"point": (again * scalar).encode().hex()})
    sum_given = {"left": point.encode().hex(), "right": base_mul(5).encode().hex()}
    file.valid("product", "the group operation", "combine", sum_given, {"point": (point + base_mul(5)).encode().hex()})
    for name, value in (("zero", 0), ("one", 1), ("largest", Q - 1)):
        file.valid(f"scalar-{name}", "a canonical scalar", "scalar", {"bytes": encode_scalar(value).hex()}, {})
    _bad_points(file, point.encode())
    for name, data in (
        ("q", Q.to_bytes(32, "little")),
        ("q-plus-1", (Q + 1).to_bytes(32, "little")),
        ("plus-q", (scalar + Q).to_bytes(32, "little")),
        ("all-ones", b"\xff" * 32),
        ("short", encode_scalar(1)[:31]),
        ("long", encode_scalar(1) + b"\0"),
        ("empty", b""),
    ):
        attempt = partial(decode_scalar, data, "scalar")
        file.invalid(f"scalar-{name}", "not a canonical scalar", "scalar", {"bytes": data.hex()}, "V2.D", attempt)
    return file.content()


def _bad_points(file: VectorFile, valid: bytes) -> None:
    number = int.from_bytes(valid, "little")
    cases = {
        "identity": ("the identity is never a value of the protocol", bytes(32)),
        "bit-255": ("bit 255 counts", (number | 1 << 255).to_bytes(32, "little")),
        "generator-bit-255": (
            "bit 255 counts",
            (int.from_bytes(base_mul(1).encode(), "little") | 1 << 255).to_bytes(32, "little"),
        ),
        "p": ("not below p", P.to_bytes(32, "little")),
        "p-plus-2": ("not below p", (P + 2).to_bytes(32, "little")),
        "plus-p": ("the number of a valid point plus p", (number % 19 + P).to_bytes(32, "little")),
        "all-ones": ("not below p", b"\xff" * 32),
        "odd": ("the negative of a valid number", (P - number).to_bytes(32, "little")),
        "one": ("odd", (1).to_bytes(32, "little")),
        "short": ("31 bytes", valid[:31]),
        "long": ("33 bytes", valid + b"\0"),
        "empty": ("no bytes", b""),
    }
    for name, text in NO_POINTS.items():
        cases[name] = ("RFC 9496 Appendix A.2: no element", bytes.fromhex(text))
    for name, (comment, data) in cases.items():
        attempt = partial(decode_point, data, "point")
        file.invalid(f"point-{name}", comment, "point", {"bytes": data.hex()}, "V2.D", attempt)
