"""Encrypting counters (SPEC §5.1).

No branch and no index depends on a plaintext or on randomness. A counter that is a single bit is encrypted with
:func:`~voting_core.group.select`; other forms through a multiplication whose scalar is never 0.
"""

from voting_core.argument.relation import Form, Relation, evaluate_form
from voting_core.elgamal import Ciphertext
from voting_core.group import BASE, Point, base_mul, select


def encrypt(key: Point, plaintext: int, randomness: int) -> Ciphertext:
    """Give Enc(p; r) = (g^r, K^r g^p) for 0 <= p < q - 1 and r not 0."""
    # g^p = g^(p + 1) / g, so that p = 0 is multiplied like any other plaintext.
    return _seal(key, base_mul(plaintext + 1) - BASE, randomness)


def encrypt_counters(
    key: Point, relation: Relation, bits: tuple[int, ...], randomness: tuple[int, ...]
) -> tuple[Ciphertext, ...]:
    """Encrypt all counters of a relation for these bits, counter j with r_j.

    Raises:
        ValueError: the number of bits or of random scalars is not the relation's.
    """
    if len(bits) != relation.bits:
        raise ValueError(f"the relation has {relation.bits} bits, not {len(bits)}")
    return tuple(_seal(key, _power(form, bits), r) for form, r in zip(relation.counters, randomness, strict=True))


def _seal(key: Point, power: Point, randomness: int) -> Ciphertext:
    return Ciphertext(base_mul(randomness), key * randomness + power)


def _power(form: Form, bits: tuple[int, ...]) -> Point:
    """Give g^{form(bits)}. Which way it is computed depends on the form, which is public."""
    if len(form) == 1 and form[0][1] == 1:
        return select(bits[form[0][0]], BASE)
    # The least value that the form can have, so that the scalar is at least 1 whatever the bits are.
    least = sum(min(coefficient, 0) for _, coefficient in form)
    return base_mul(evaluate_form(form, bits) - least + 1) - base_mul(1 - least)
