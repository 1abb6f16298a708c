"""Making a decryption share and its proof (SPEC §9.5)."""

from voting_core.dleq import ShareProof, ShareStatement, share_challenge, share_transcript
from voting_core.group import Point, Q, base_mul, multi_mul
from voting_core.rng import Rng, random_scalar
from voting_core.secret import Secret


def make_shares(statement: ShareStatement, secret: Secret[int], rng: Rng) -> tuple[tuple[Point, ...], ShareProof]:
    """Raise every A_j to the trustee's private share, and prove it.

    The caller has made sure that it decrypts this contest at this root, and only once (SPEC §9.3, §9.4).
    """
    private = secret.reveal()
    shares = tuple(base * private for base in statement.bases)
    transcript, weights = share_transcript(statement, shares)
    nonce = random_scalar(rng)
    t1 = base_mul(nonce)
    t2 = multi_mul(weights, statement.bases) * nonce
    c = share_challenge(transcript, t1, t2)
    return shares, ShareProof(t1, t2, (nonce + c * private) % Q)
