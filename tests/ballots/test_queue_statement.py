from dataclasses import replace

import pytest

from ballots.queue_statement import MAX_WAITING, QueueStatement, parse_queue_statement, sign_queue
from tests.support.seeded_rng import SeededRng
from voting_core.codec import canonical, parse_canonical
from voting_core.errors import EncodingError, VerificationError
from voting_core.params import Tag
from voting_core.signing_key import SigningKey

KEY = SigningKey.generate(SeededRng("kiosk"))


def statement(**changes: object) -> QueueStatement:
    parts: dict[str, object] = {
        "contest": "report",
        "root": bytes(32),
        "session": bytes([1]) * 32,
        "size": 9,
        "waiting": 0,
    }
    return sign_queue(**{**parts, **changes}, kiosk_key=KEY)  # type: ignore[arg-type]


def test_a_statement_travels_and_its_signature_holds() -> None:
    made = statement(waiting=3)
    assert parse_queue_statement(made.to_bytes()) == made
    made.verify()


@pytest.mark.parametrize(
    "change",
    [
        {"contest": "other"},
        {"root": bytes([2]) * 32},
        {"session": bytes(32)},
        {"size": 10},
        {"waiting": 1},
        {"kiosk": SigningKey.generate(SeededRng("another")).public},
    ],
)
def test_every_part_is_signed(change: dict[str, object]) -> None:
    with pytest.raises(VerificationError, match=r"V4\.A"):
        replace(statement(), **change).verify()  # type: ignore[arg-type]


def test_a_signature_for_another_purpose_is_none() -> None:
    made = statement()
    value = parse_canonical(made.to_bytes(), "statement", 2_000)
    assert isinstance(value, dict)
    del value["signature"]
    with pytest.raises(VerificationError, match=r"V4\.A"):
        replace(made, signature=KEY.sign(Tag.ENTRY, canonical(value))).verify()


@pytest.mark.parametrize(
    "change",
    [{"waiting": -1}, {"waiting": MAX_WAITING + 1}, {"waiting": "0"}, {"size": -1}, {"ballots": []}],
)
def test_what_is_not_of_the_form_is_refused(change: dict[str, object]) -> None:
    value = parse_canonical(statement().to_bytes(), "statement", 2_000)
    assert isinstance(value, dict)
    with pytest.raises(EncodingError):
        parse_queue_statement(canonical({**value, **change}))  # type: ignore[dict-item]
