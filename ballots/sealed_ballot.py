"""The encrypted ballot as it travels, its id and its confirmation code (SPEC §5.5).

A :class:`SealedBallot` is bytes in their places: nothing secret is in it, and nothing in it is judged yet.
:func:`statement` decodes it, once, into what verification needs.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ballots.compile import compile_contest
from ballots.contest import Contest
from ballots.crockford import BITS, encode_bits, in_groups, read_characters
from voting_core.argument.statement import Argument, Context, Statement
from voting_core.codec import Fields, JsonObject, JsonValue, b64encode, canonical, hex32
from voting_core.errors import EncodingError, VerificationError
from voting_core.framing import digest
from voting_core.group import Point
from voting_core.params import Tag
from voting_core.public import SODIUM, PublicGroup

_CODE_BITS: Final = 100

KNOWN_IDS: Final = 256
"""Ids that are remembered: a server needs that of a ballot three times until it is in the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedBallot:
    """A ballot of one credential in one contest.

    `session`, `contest_hash` and `credential` have 32 bytes; `ciphertexts_bytes` is A_1 ‖ B_1 ‖ A_2 ‖ …,
    `argument_bytes` the packed argument (SPEC §5.3).
    """

    session: bytes
    contest_hash: bytes
    credential: bytes
    ciphertexts_bytes: bytes = field(repr=False)
    argument_bytes: bytes = field(repr=False)

    def to_json(self) -> JsonObject:
        """The ballot object of SPEC §5.5."""
        return {
            "argument": b64encode(self.argument_bytes),
            "ciphertexts": b64encode(self.ciphertexts_bytes),
            "contest": hex32(self.contest_hash),
            "credential": hex32(self.credential),
            "session": hex32(self.session),
        }


def parse_ballot(value: JsonValue, where: str = "ballot") -> SealedBallot:
    """Read a ballot object. The lengths and points of its two runs are judged by :func:`statement`.

    Raises:
        EncodingError: a field is missing, unknown or of another type.
        VerificationError: V2.D when one of the runs is not canonical base64.
    """
    fields = Fields(value, where)
    ballot = SealedBallot(
        session=fields.hex("session", 32),
        contest_hash=fields.hex("contest", 32),
        credential=fields.hex("credential", 32),
        ciphertexts_bytes=_run(fields, "ciphertexts"),
        argument_bytes=_run(fields, "argument"),
    )
    fields.done()
    return ballot


@lru_cache(maxsize=KNOWN_IDS)
def ballot_id(ballot: SealedBallot) -> bytes:
    """The 32-byte id: the hash of every byte of the ballot."""
    return digest(Tag.BALLOT, canonical(ballot.to_json(), "ballot"))


def confirmation_code(identity: bytes) -> str:
    """The first 100 bits of a ballot id as five groups of four characters of Crockford's base32."""
    if len(identity) != 32:
        raise ValueError("a ballot id has 32 bytes")
    return in_groups(encode_bits(identity, _CODE_BITS))


def parse_confirmation_code(text: str) -> str:
    """Read a code as people type it (lower case, spaces, hyphens, `O` for `0`, `I` and `L` for `1`) into its one form.

    Raises:
        InputError: not twenty characters of the alphabet.
    """
    return in_groups(read_characters(text, _CODE_BITS // BITS, "confirmation code"))


def statement(
    ballot: SealedBallot, contest: Contest, key: Point, subject: str = "", group: PublicGroup = SODIUM
) -> Statement:
    """Decode a ballot of this contest under the joint key into what verification needs.

    `subject` names the ballot in messages; without one it is the confirmation code. `group` decodes the points.

    Raises:
        VerificationError: V8.A when the ballot is of another contest, V8.C when ciphertexts or argument do not have the
            length of the contest, V2.D when a point or scalar does not decode.
    """
    subject = subject or confirmation_code(ballot_id(ballot))
    if ballot.contest_hash != contest.hash:
        raise VerificationError("V8.A", f"{subject}: the ballot is not of the contest {contest.id}", (subject,))
    relation = compile_contest(contest)
    try:
        ciphertexts = group.decode_ciphertexts(ballot.ciphertexts_bytes, len(relation.counters), subject)
        argument = Argument.decode(ballot.argument_bytes, relation.bits, subject, group)
    except EncodingError as error:
        raise VerificationError("V2.D", str(error), (subject,)) from error
    context = Context(session=ballot.session, contest_hash=contest.hash, key=key, credential=ballot.credential)
    return Statement(context=context, relation=relation, ciphertexts=ciphertexts, argument=argument, subject=subject)


def _run(fields: Fields, key: str) -> bytes:
    if not isinstance(fields.value(key), str):
        raise EncodingError(fields.path(key), "is not text")
    try:
        return fields.b64(key, None)
    except EncodingError as error:
        raise VerificationError("V2.D", str(error)) from error
