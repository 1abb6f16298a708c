"""No point twice (SPEC §5.3, the last paragraph).

All r_j = r, or a ciphertext copied from another ballot, satisfy the equations; the first would show how a voter's
marks differ, the second copies a vote. So A_1..A_m, P and Q differ from one another and from those of every ballot
before. The log keeps the encodings; two points are equal exactly if their encodings are.
"""

from collections.abc import Sequence

from voting_core.argument.statement import Argument
from voting_core.elgamal import Ciphertext, encode_ciphertexts
from voting_core.errors import VerificationError


def repeated_points(ciphertexts: Sequence[Ciphertext], argument: Argument) -> tuple[bytes, ...]:
    """Give the encodings of A_1..A_m, P, Q, which must never be met again in the log.

    Raises:
        VerificationError: V8.D, two of them are equal.
    """
    run = encode_ciphertexts(ciphertexts)
    pads = [run[at : at + 32] for at in range(0, len(run), 64)]
    encodings = (*pads, argument.p.encode(), argument.q.encode())
    if len(set(encodings)) != len(encodings):
        raise VerificationError("V8.D", "two of the points A_1..A_m, P, Q of a ballot are equal")
    return encodings
