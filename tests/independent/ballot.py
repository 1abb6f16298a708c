"""Encryption, the ballot argument from its seed and its verification, ids and codes: SPEC §5."""

from dataclasses import dataclass
from typing import Any

from . import ristretto as r
from .canon import b64, canonical, to_b64, unhex
from .contest import Form, Relation, bits_of, compile_contest, contest_hash
from .errors import Refused, require
from .framing import Transcript, digest, frames, generator, h_generator, hash_to_scalar, u64

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Context:
    session: bytes
    contest: Any
    key: bytes
    credential: bytes

    def transcript(self, ciphertexts: bytes) -> Transcript:
        t = Transcript("ARGUMENT")
        t.absorb("protocol", "plenum-v1")
        t.absorb("session", self.session)
        t.absorb("contest", contest_hash(self.contest))
        t.absorb("key", self.key)
        t.absorb("credential", self.credential)
        t.absorb("ciphertexts", ciphertexts)
        return t


def powers(w: int, count: int) -> list[int]:
    """w, w^2, …, w^count."""
    out, value = [], 1
    for _ in range(count):
        value = value * w % r.Q
        out.append(value)
    return out


def _form(form: Form, u: list[int]) -> int:
    return sum(coefficient * u[bit] for bit, coefficient in form)


def mu(relation: Relation, w: int, u: list[int]) -> int:
    return (
        sum(wj * _form(f, u) for wj, f in zip(powers(w, len(relation.counters)), relation.counters, strict=True)) % r.Q
    )


def lam(relation: Relation, w: int, u: list[int]) -> int:
    return (
        sum(wk * _form(f, u) for wk, (f, _) in zip(powers(w, len(relation.equations)), relation.equations, strict=True))
        % r.Q
    )


def constant(relation: Relation, w: int) -> int:
    return sum(wk * c for wk, (_, c) in zip(powers(w, len(relation.equations)), relation.equations, strict=True)) % r.Q


def _commit(scalar: int, scalars: list[int]) -> r.Point:
    """h^scalar · ∏ G_i^{scalars_i}."""
    return r.multi_multiply([scalar, *scalars], [h_generator(), *(generator(i + 1) for i in range(len(scalars)))])


def seal(context: Context, marks: list[int], seed: bytes) -> tuple[bytes, bytes]:
    """Ciphertexts and argument, as SPEC §5.1 to §5.3 determine them from seed and marks."""
    relation, v = compile_contest(context.contest), bits_of(context.contest, marks)
    n, m = relation.bits, len(relation.counters)
    ctx = digest(
        "SEED_CONTEXT", context.session, contest_hash(context.contest), context.key, context.credential, bytes(marks)
    )

    def scalar(label: str, i: int) -> int:
        value = hash_to_scalar(frames(seed, ctx, label, u64(i)), "SEED_SCALAR")
        require(value != 0, "", "a seed that gives 0")
        return value

    big_k = r.decode_point(context.key)
    rs = [scalar("r", j) for j in range(1, m + 1)]
    tau, alpha, s, rho1, rho0 = (scalar(label, 0) for label in ("tau", "alpha", "s", "rho1", "rho0"))
    a = [scalar("a", i) for i in range(1, n + 1)]
    pads = [r.encode(r.multiply_fixed(rj, r.G)) for rj in rs]
    data = [
        r.encode(r.add(r.multiply_fixed(rj, big_k), r.multiply_fixed(_form(f, v), r.G)))
        for rj, f in zip(rs, relation.counters, strict=True)
    ]
    ciphertexts = b"".join(pad + datum for pad, datum in zip(pads, data, strict=True))

    t = context.transcript(ciphertexts)
    p_bytes, q_bytes = r.encode(_commit(tau, v)), r.encode(_commit(alpha, a))
    t.absorb("P", p_bytes)
    t.absorb("Q", q_bytes)
    w = t.challenge("w")
    wi = powers(w, max(n, m))
    t1 = sum(wi[i] * a[i] * (1 - 2 * v[i]) for i in range(n))
    t0 = -sum(wi[i] * a[i] * a[i] for i in range(n))
    h = h_generator()
    messages = {
        "A'": r.encode(r.multiply_fixed(s, r.G)),
        "B'": r.encode(r.add(r.multiply_fixed(s, big_k), r.multiply_fixed(mu(relation, w, a), r.G))),
        "T1": r.encode(r.add(r.multiply_fixed(t1, r.G), r.multiply_fixed(rho1, h))),
        "T0": r.encode(r.add(r.multiply_fixed(t0, r.G), r.multiply_fixed(rho0, h))),
        "delta": r.encode_scalar(lam(relation, w, a)),
    }
    for label, message in messages.items():
        t.absorb(label, message)
    x = t.challenge("x")
    f = [x * vi + ai for vi, ai in zip(v, a, strict=True)]
    big_r = sum(wj * rj for wj, rj in zip(wi, rs, strict=False))
    responses = [*f, x * tau + alpha, x * big_r + s, x * rho1 + rho0]
    argument = p_bytes + q_bytes + b"".join(messages.values()) + b"".join(map(r.encode_scalar, responses))
    return ciphertexts, argument


def verify(context: Context, ciphertexts: bytes, argument: bytes) -> list[bytes]:
    """Eq. 1 to 5 of SPEC §5.3; gives the encodings of A_1..A_m, P, Q, which may not be repeated."""
    relation = compile_contest(context.contest)
    n, m = relation.bits, len(relation.counters)
    require(
        len(ciphertexts) == 64 * m and len(argument) == 32 * (n + 10),
        "V8.C",
        "ciphertexts or argument of another length",
    )
    points = r.decode_points(ciphertexts)
    p, q, a1, b1, t1, t0 = r.decode_points(argument[:192])
    scalars = [r.decode_scalar(argument[i : i + 32]) for i in range(192, len(argument), 32)]
    delta, f, (tau, z, rho) = scalars[0], scalars[1 : n + 1], scalars[n + 1 :]
    repeated = [ciphertexts[i : i + 32] for i in range(0, len(ciphertexts), 64)] + [argument[:32], argument[32:64]]
    require(len(set(repeated)) == len(repeated), "V8.D", "a point is repeated in the ballot")

    t = context.transcript(ciphertexts)
    t.absorb("P", argument[:32])
    t.absorb("Q", argument[32:64])
    w = t.challenge("w")
    for i, label in enumerate(("A'", "B'", "T1", "T0", "delta")):
        t.absorb(label, argument[64 + 32 * i : 96 + 32 * i])
    x = t.challenge("x")
    big_k, h = r.decode_point(context.key), h_generator()
    wi = powers(w, max(n, m))

    def same(left: r.Point, right: r.Point, code: str) -> None:
        require(r.equal(left, right), code, "an equation of the ballot argument does not hold")

    same(_commit(tau, f), r.add(r.multiply(x, p), q), "V8.E")
    same(r.multiply_fixed(z, r.G), r.add(r.multiply(x, r.multi_multiply(wi[:m], points[::2])), a1), "V8.F")
    left = r.add(r.multiply_fixed(z, big_k), r.multiply_fixed(mu(relation, w, f), r.G))
    same(left, r.add(r.multiply(x, r.multi_multiply(wi[:m], points[1::2])), b1), "V8.G")
    product = sum(wi[i] * f[i] * (x - f[i]) for i in range(n))
    same(r.add(r.multiply_fixed(product, r.G), r.multiply_fixed(rho, h)), r.add(r.multiply(x, t1), t0), "V8.H")
    require((lam(relation, w, f) - x * constant(relation, w)) % r.Q == delta, "V8.I", "eq. 5 does not hold")
    return repeated


def ballot_object(context: Context, ciphertexts: bytes, argument: bytes) -> dict[str, str]:
    return {
        "argument": to_b64(argument),
        "ciphertexts": to_b64(ciphertexts),
        "contest": contest_hash(context.contest).hex(),
        "credential": context.credential.hex(),
        "session": context.session.hex(),
    }


def ballot_id(ballot: Any) -> bytes:
    return digest("BALLOT", canonical(ballot))


def crockford(data: bytes, bits: int) -> str:
    """The first bits of data, five to a character, in groups of four."""
    value = int.from_bytes(data, "big") >> 8 * len(data) - bits
    text = "".join(CROCKFORD[value >> shift & 31] for shift in reversed(range(0, bits, 5)))
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def confirmation_code(identifier: bytes) -> str:
    return crockford(identifier, 100)


def open_ballot(ballot: Any, key: bytes, contest: Any) -> tuple[Context, bytes, bytes]:
    """The parts of a ballot object, with the lengths of its contest."""
    require(
        isinstance(ballot, dict) and set(ballot) == {"argument", "ciphertexts", "contest", "credential", "session"},
        "V2.B",
        "keys of a ballot",
    )
    require(unhex(ballot["contest"]) == contest_hash(contest), "V8.A", "a ballot of another contest")
    relation = compile_contest(contest)
    try:
        ciphertexts = b64(ballot["ciphertexts"], 64 * len(relation.counters), "V8.C")
        argument = b64(ballot["argument"], 32 * (relation.bits + 10), "V8.C")
    except Refused as error:
        raise Refused("V8.C" if "bytes where" in str(error) else "V2.D", str(error)) from error
    return Context(unhex(ballot["session"]), contest, key, unhex(ballot["credential"])), ciphertexts, argument
