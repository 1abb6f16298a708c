"""Opening a challenged ballot: it is made again from its seed and marks (SPEC §5.6).

A challenged ballot shows what its kiosk encrypted. Its seed and marks are public from then on, and it is never counted;
this is why a verifier may encrypt here.
"""

from typing import NoReturn

from ballots.contest import Contest
from ballots.encrypt import seal_ballot
from ballots.sealed_ballot import SealedBallot, ballot_id, confirmation_code
from voting_core.errors import EncodingError, InputError, VerificationError
from voting_core.group import Point
from voting_core.secret import Secret


def check_opening(ballot: SealedBallot, contest: Contest, key: Point, marks: tuple[int, ...], seed: bytes) -> None:
    """Require that seed and marks give exactly this ballot under the joint key.

    Raises:
        VerificationError: V8.J when they do not, or cannot be those of a ballot; the confirmation code is the culprit.
    """
    try:
        again = seal_ballot(contest, ballot.session, key, ballot.credential, marks, Secret(seed))
    except InputError as error:
        _refuse(ballot, f"no ballot has these marks ({error.problem})", error)
    except EncodingError as error:
        _refuse(ballot, f"no ballot has this seed ({error.problem})", error)
    # The seed is public by now, so an ordinary comparison tells nothing.
    if again.contest_hash != ballot.contest_hash:
        _refuse(ballot, "the ballot is of another contest")
    if again.ciphertexts_bytes != ballot.ciphertexts_bytes:
        _refuse(ballot, "seed and marks give other ciphertexts")
    if again.argument_bytes != ballot.argument_bytes:
        _refuse(ballot, "seed and marks give another argument")


def _refuse(ballot: SealedBallot, reason: str, cause: Exception | None = None) -> NoReturn:
    code = confirmation_code(ballot_id(ballot))
    raise VerificationError("V8.J", f"{code}: {reason}", (code,)) from cause
