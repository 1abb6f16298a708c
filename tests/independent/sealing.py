"""Opening of HPKE boxes (RFC 9180, base mode; X25519, HKDF-SHA256, ChaCha20-Poly1305), SPEC §6.4."""

import hashlib
import hmac
import struct

from .errors import require

P = 2**255 - 19
KEM = b"KEM\x00\x20"
SUITE = b"HPKE\x00\x20\x00\x01\x00\x03"


def x25519(scalar: bytes, u_bytes: bytes) -> bytes:
    """RFC 7748 §5."""
    k = bytearray(scalar)
    k[0] &= 248
    k[31] = k[31] & 127 | 64
    bits, u = int.from_bytes(k, "little"), int.from_bytes(u_bytes, "little") & (1 << 255) - 1
    x2, z2, x3, z3, swap = 1, 0, u, 1, 0
    for t in reversed(range(255)):
        bit = bits >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        da, cb, aa, bb = d * a, c * b, a * a, b * b
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % P, u * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, -1, P) % P if z2 else 0).to_bytes(32, "little")


def public_of(secret: bytes) -> bytes:
    return x25519(secret, (9).to_bytes(32, "little"))


def check_key(key: bytes) -> None:
    """SPEC §6.4: canonical and not of small order. A key of small order gives 0 for every private key."""
    require(len(key) == 32 and int.from_bytes(key, "little") < P, "V4.C", "a sealing key is not canonical")
    require(any(x25519(b"\x08" + bytes(31), key)), "V4.C", "a sealing key of small order")


def hkdf_extract(salt: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), ikm, "sha256")


def hkdf_expand(prk: bytes, info: bytes, length: int) -> bytes:
    out, block, i = b"", b"", 1
    while len(out) < length:
        block = hmac.digest(prk, block + info + bytes([i]), "sha256")
        out, i = out + block, i + 1
    return out[:length]


def _extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return hkdf_extract(salt, b"HPKE-v1" + suite + label + ikm)


def _expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return hkdf_expand(prk, struct.pack(">H", length) + b"HPKE-v1" + suite + label + info, length)


def _chacha_block(key: bytes, counter: int, nonce: bytes) -> bytes:
    start = list(struct.unpack("<16I", b"expand 32-byte k" + key + struct.pack("<I", counter) + nonce))
    state = start[:]

    def quarter(a: int, b: int, c: int, d: int) -> None:
        for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            state[x] = (state[x] + state[y]) & 0xFFFFFFFF
            mixed = state[z] ^ state[x]
            state[z] = (mixed << turn | mixed >> 32 - turn) & 0xFFFFFFFF

    for _ in range(10):
        for i in range(4):
            quarter(i, 4 + i, 8 + i, 12 + i)
        for i in range(4):
            quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return struct.pack("<16I", *((x + y) & 0xFFFFFFFF for x, y in zip(state, start, strict=True)))


def chacha_open(key: bytes, nonce: bytes, data: bytes) -> bytes | None:
    """RFC 8439 §2.8 without associated data; None if the tag is wrong."""
    text, tag = data[:-16], data[-16:]
    one_time = _chacha_block(key, 0, nonce)[:32]
    clamp, s = (
        int.from_bytes(one_time[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF,
        int.from_bytes(one_time[16:], "little"),
    )
    padded = text + bytes(-len(text) % 16) + struct.pack("<QQ", 0, len(text))
    total = 0
    for i in range(0, len(padded), 16):
        total = (total + int.from_bytes(padded[i : i + 16] + b"\1", "little")) * clamp % (2**130 - 5)
    if ((total + s) & (1 << 128) - 1).to_bytes(16, "little") != tag:
        return None
    stream = b"".join(_chacha_block(key, 1 + i, nonce) for i in range(-(-len(text) // 64)))
    return bytes(x ^ y for x, y in zip(text, stream, strict=False))


def open_box(secret: bytes, info: bytes, box: bytes) -> bytes | None:
    """The plaintext of enc ‖ ciphertext, or None if the box does not open."""
    require(len(box) == 80, "V5.E", "a box has 80 bytes")
    enc, data = box[:32], box[32:]
    dh = x25519(secret, enc)
    if int.from_bytes(enc, "little") >= P or dh == bytes(32):
        return None
    context = enc + public_of(secret)
    shared = _expand(KEM, _extract(KEM, b"", b"eae_prk", dh), b"shared_secret", context, 32)
    schedule = b"\0" + _extract(SUITE, b"", b"psk_id_hash", b"") + _extract(SUITE, b"", b"info_hash", info)
    prk = _extract(SUITE, shared, b"secret", b"")
    return chacha_open(
        _expand(SUITE, prk, b"key", schedule, 32), _expand(SUITE, prk, b"base_nonce", schedule, 12), data
    )


def credential_seed(secret: bytes, session: bytes, info: bytes) -> bytes:
    """SPEC §7.1."""
    return hkdf_expand(hkdf_extract(session, secret), info, 32)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
