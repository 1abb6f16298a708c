"""Parameters that come out of a file (SPEC §2, §4.2, §10).

A verifier that lets the record say what the group, the generators or the equations are verifies what the record likes.
(For generators with a trapdoor see test_argument_generators.) Everything of that kind is code here; what a file says
beyond its format is refused, and what it says within it is compared with constants.
"""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

import pytest

from ballots.compile import compile_contest
from ballots.contest import parse_contest
from tally.entries.entry_type import EntryType
from tally.record.read import RecordReader
from tally.record.write import write_record
from tests.attacks.support.sessions import at, refused
from tests.support.arguments import KEY, context, make, mark_bits
from tests.support.builders import small_contest
from tests.support.session import SessionBuilder, motion_contest
from voting_core.argument.relation import Equation, Relation
from voting_core.argument.statement import Statement
from voting_core.argument.verify import verify_argument
from voting_core.codec import JsonObject
from voting_core.errors import VerificationError
from voting_core.group import BASE, base_mul
from voting_core.log.checkpoint import Checkpoint, sign_checkpoint

CONTEST = small_contest(rows=2, at_most={"approve": 1})
EVERYBODY = mark_bits((0, 0), 3, (0, 1))
"""Both rows approved, where one is the limit; the slack is 0."""


@dataclass(frozen=True)
class WeakVerifier:
    """It takes the compiled contest from the record, "to be independent of the implementation"."""

    contest: JsonObject

    def relation(self) -> Relation:
        compiled: Any = self.contest["compiled"]
        return Relation(
            bits=compiled["bits"],
            counters=tuple(tuple(map(tuple, form)) for form in compiled["counters"]),
            equations=tuple(Equation(tuple(map(tuple, form)), constant) for form, constant in compiled["equations"]),
        )


def generous(relation: Relation) -> JsonObject:
    """The contest as the record shows it, with the limit left out of what is proved."""
    compiled: Any = {
        "bits": relation.bits,
        "counters": relation.counters,
        "equations": [(equation.form, equation.constant) for equation in relation.equations[:-1]],
    }
    return {**CONTEST.to_json(), "compiled": compiled}


def test_equations_from_the_record_let_a_ballot_approve_everybody() -> None:
    shown = generous(compile_contest(CONTEST))
    weak = WeakVerifier(shown).relation()
    ballot = make(weak, EVERYBODY, at=context(contest_hash=CONTEST.hash))
    verify_argument(ballot)

    real = compile_contest(CONTEST)
    with pytest.raises(VerificationError, match=r"V8\.I"):
        verify_argument(Statement(ballot.context, real, ballot.ciphertexts, ballot.argument, "ballot"))
    with pytest.raises(VerificationError, match=r"V8\.I"):
        verify_argument(make(real, EVERYBODY, at=context(contest_hash=CONTEST.hash)))
    with pytest.raises(VerificationError, match=r"V6\.A.*compiled"):
        parse_contest(shown)


def test_a_base_from_a_file_makes_a_proof_of_anything() -> None:
    """With g^0 for the generator of "the group of this election", every ballot and every key looks the same."""
    base = BASE - BASE
    for vote in (0, 1, 1000):
        assert base * vote + KEY * 7 == KEY * 7
    # Here the generator is a constant, and neither a key nor a share nor a ciphertext may be the identity.
    assert base_mul(1) == BASE
    assert base.encode() == bytes(32)


@pytest.mark.parametrize(
    "changes",
    [
        {"group": {"g": 1, "p": 23, "q": 11}},
        {"generators": ["00" * 32]},
        {"joint_key": "00" * 32},
        {"base_hash": "00" * 32},
        {"protocol": "plenum-v0"},
        {"protocol": ""},
        {"spec": "0.9"},
        {"spec": "1.0-deviations"},
    ],
    ids=lambda changes: f"{changes}",
)
def test_a_session_does_not_bring_parameters(changes: dict[str, Any]) -> None:
    session = SessionBuilder()
    body = {**session.session_body().to_json(), **changes}
    raw = session.entry(
        body, *session.officials, type=EntryType.SESSION_CREATED, session=session.session_body().session_id
    )
    refused(session, raw, "V2.B")


@pytest.mark.parametrize("key", ["compiled", "equations", "counters", "generators", "key", "limits_of_slack"])
def test_a_contest_does_not_bring_equations(key: str) -> None:
    session = at("equipped")
    contest = {**motion_contest(session.rules_ref()).to_json(), key: []}
    raw = session.entry({"contest": contest}, *session.officials, type=EntryType.CONTEST_DEFINED)
    refused(session, raw, "V6.A")


def record(session: SessionBuilder, **more: str) -> io.BytesIO:
    """The record of a session, with further members."""
    out = io.BytesIO()
    checkpoint = Checkpoint(session.state.session_id, session.state.size, session.state.root)
    note = sign_checkpoint(checkpoint, session.log_key)
    write_record(out, session.entries, [(session.state.size, note)], session.service_key)
    with zipfile.ZipFile(out, "a") as archive:
        for name, content in more.items():
            archive.writestr(name, content)
    out.seek(0)
    return out


@pytest.mark.parametrize("name", ["parameters.json", "constants.json", "log/parameters.jsonl", "checkpoints/key.note"])
def test_a_record_does_not_bring_a_file_of_parameters(name: str) -> None:
    session = at("created")
    RecordReader(record(session))
    with pytest.raises(VerificationError, match=r"V1\.A.*not a member of a record"):
        RecordReader(record(session, **{name: json.dumps({"q": 11})}))
