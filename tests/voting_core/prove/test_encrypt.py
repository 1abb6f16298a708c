import pytest

from tests.support.arguments import KEY, SECRET, counters, matrix, scalars
from tests.support.seeded_rng import SeededRng
from voting_core.argument.relation import Relation
from voting_core.elgamal import Ciphertext
from voting_core.group import BASE, base_mul
from voting_core.prove.encrypt import encrypt, encrypt_counters


def decrypt(ciphertext: Ciphertext) -> object:
    return ciphertext.data - ciphertext.pad * SECRET


@pytest.mark.parametrize("plaintext", [0, 1, 2, 1000, 2**31])
def test_a_ciphertext_decrypts_to_its_plaintext(plaintext: int) -> None:
    ciphertext = encrypt(KEY, plaintext, 77)
    assert ciphertext.pad == base_mul(77)
    assert decrypt(ciphertext) == base_mul(plaintext)


FORMS = Relation(
    3,
    (
        ((0, 1),),
        ((1, 1),),
        ((1, 2),),
        ((0, -1),),
        ((0, 1), (1, 2), (2, 4)),
        ((0, 1), (1, -1), (2, -3)),
        (),
    ),
    (),
)


@pytest.mark.parametrize("bits", [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)])
def test_every_form_of_counter_is_encrypted(bits: tuple[int, ...]) -> None:
    randomness = scalars(SeededRng("forms"), len(FORMS.counters))
    ciphertexts = encrypt_counters(KEY, FORMS, bits, randomness)
    for ciphertext, r, plaintext in zip(ciphertexts, randomness, counters(FORMS, bits), strict=True):
        assert ciphertext.pad == base_mul(r)
        assert decrypt(ciphertext) == BASE * plaintext


def test_both_ways_to_encrypt_a_bit_agree() -> None:
    relation = matrix(1, 2)
    for bit in (0, 1):
        assert encrypt_counters(KEY, relation, (bit, 1 - bit), (99,)) == (encrypt(KEY, bit, 99),)


def test_numbers_must_be_those_of_the_relation() -> None:
    relation = matrix(1, 3)
    with pytest.raises(ValueError, match="3 bits, not 2"):
        encrypt_counters(KEY, relation, (1, 0), (1, 2))
    with pytest.raises(ValueError, match="zip"):
        encrypt_counters(KEY, relation, (1, 0, 0), (1,))
