"""Credential lists, reserve, voiding (SPEC §7.2, §8.5 rules 3 and 4)."""

from dataclasses import replace

import pytest

from tally.entries.contests import ContestDefined
from tally.entries.credentials import CredentialsIssued, CredentialVoided, ReserveSealed
from tests.support.refusals import refused
from tests.support.session import SessionBuilder, motion_contest
from tests.tally.replay.conftest import At
from voting_core.params import MAX_CREDENTIALS


def issue(session: SessionBuilder, body: CredentialsIssued) -> bytes:
    return session.entry(body, *session.two_trustees())


def test_the_list_of_a_slot_and_class_is_known(at: At) -> None:
    session = at("issued")
    issued = session.state.lists[(0, "delegate")]
    assert (issued.slot, issued.class_id, issued.count) == (0, "delegate", 9)
    assert session.state.credentials[session.credential(0).public] is issued


def test_credentials_are_issued_once(at: At) -> None:
    session = at("issued")
    refused(session, issue(session, session.issued("motion", "delegate")), "V4.D")


def test_credentials_are_issued_for_a_defined_contest_and_its_classes(at: At) -> None:
    session = at("defined")
    body = session.issued("motion", "delegate")
    refused(session, issue(session, replace(body, slot=1)), "V4.D")
    refused(session, issue(session, replace(body, class_id="observer")), "V7.A")


def test_credentials_come_after_the_key(at: At) -> None:
    session = at("revealed")
    refused(session, issue(session, CredentialsIssued(slot=0, class_id="delegate", keys=bytes(32))), "V4.D")
    refused(session, session.entry(ReserveSealed("delegate", 0), *session.two_trustees()), "V4.D")


def test_credentials_are_issued_before_the_contest_opens() -> None:
    two_classes = lambda rules: motion_contest(rules, classes=("delegate", "member"))  # noqa: E731  # shorter
    session = SessionBuilder(contests=(two_classes,)).run("defined")
    late = issue(session, session.issued("motion", "member"))
    session.append(issue(session, session.issued("motion", "delegate")))
    cards = session.attendance().cards
    nobody = replace(cards[1], drawn=0, test=0)
    drawn = replace(cards[0], drawn=9, test=0)
    session.add(session.attendance(cards=(drawn, nobody)), *session.two_trustees())
    session.run("defined")
    session.stage_open()
    refused(session, late, "V4.D")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda keys: [*keys[1:], keys[0]],
        lambda keys: [keys[0], *keys],
        lambda _: [],
        lambda keys: [*keys, b"short"],
        lambda keys: [bytes([n // 256, n % 256]) + keys[0][2:] for n in range(MAX_CREDENTIALS + 1)],
    ],
    ids=["order", "twice", "none", "length", "too many"],
)
def test_a_list_is_ascending_without_repetition(at: At, spoil: object) -> None:
    session = at("defined")
    body = session.issued("motion", "delegate")
    keys = [body.keys[start : start + 32] for start in range(0, len(body.keys), 32)]
    refused(session, issue(session, replace(body, keys=b"".join(spoil(keys)))), "V7.A")  # type: ignore[operator]


def test_a_credential_is_a_canonical_key(at: At) -> None:
    session = at("defined")
    body = session.issued("motion", "delegate")
    keys = [body.keys[start : start + 32] for start in range(0, len(body.keys), 32)]
    with_small_order = b"".join(sorted([*keys, bytes([1]) + bytes(31)]))
    refused(session, issue(session, replace(body, keys=with_small_order)), "V4.C")


def second_contest(at: At) -> SessionBuilder:
    session = at("issued")
    contest = motion_contest(session.rules_ref(), id="second", slot=1)
    session.add(ContestDefined(contest.to_json()), *session.officials)
    return session


def test_a_credential_is_new_in_the_log(at: At) -> None:
    session = second_contest(at)
    body = session.issued("second", "delegate")
    first_slot = session.issued("motion", "delegate")
    refused(session, issue(session, replace(body, keys=first_slot.keys)), "V7.A")
    keys = [body.keys[start : start + 32] for start in range(32, len(body.keys), 32)]
    with_official = b"".join(sorted([*keys, session.officials[0].public]))
    refused(session, issue(session, replace(body, keys=with_official)), "V7.A")
    session.append(issue(session, body))


def test_all_slots_of_a_class_have_as_many_credentials(at: At) -> None:
    session = second_contest(at)
    body = session.issued("second", "delegate")
    refused(session, issue(session, replace(body, keys=body.keys[32:])), "V7.A")


def test_a_reserve_is_sealed_once_and_before_the_first_contest_opens(at: At) -> None:
    session = at("issued")
    assert session.state.reserve["delegate"] == 1
    refused(session, session.entry(ReserveSealed("delegate", 1), *session.two_trustees()), "V4.D")
    session = at("open")
    refused(session, session.entry(ReserveSealed("member", 1), *session.two_trustees()), "V4.D")


# Voiding


def voided(session: SessionBuilder, number: int, reason: str, slot: int = 0) -> bytes:
    key = session.credential(number)
    body = CredentialVoided(slot=slot, credential=key.public, reason=reason)
    return session.entry(body, session.officials[0], key)


def test_a_credential_is_voided_with_its_card_and_an_official(at: At) -> None:
    session = at("open")
    key, other = session.credential(0), session.credential(1)
    body = CredentialVoided(slot=0, credential=key.public, reason="returned")
    for signers in ((session.officials[0],), (session.officials[0], other), (key, session.officials[0]), (key,)):
        refused(session, session.entry(body, *signers), "V4.B")
    session.add(body, session.officials[0], key)
    assert session.state.voided[key.public] == "returned"


def test_a_credential_is_voided_once(at: At) -> None:
    session = at("open")
    session.append(voided(session, 0, "returned"))
    refused(session, voided(session, 0, "returned"), "V7.B")


@pytest.mark.parametrize(("stage", "reason"), [("issued", "test"), ("issued", "returned"), ("open", "left_over")])
def test_every_reason_has_its_time(at: At, stage: str, reason: str) -> None:
    session = at(stage)
    refused(session, voided(session, 0, reason), "V4.D")


def test_only_credentials_of_the_slot_are_voided(at: At) -> None:
    session = at("issued")
    refused(session, voided(session, 99, "left_over"), "V7.B")
    refused(session, voided(session, 0, "left_over", slot=1), "V4.D")
    session = second_contest(at)
    refused(session, voided(session, 0, "left_over", slot=1), "V7.B")


def test_a_credential_that_has_cast_is_not_voided(at: At) -> None:
    """Void after cast."""
    session = at("open")
    session.append(session.cast((0,), 0))
    refused(session, voided(session, 0, "returned"), "V7.B")


def test_nothing_is_voided_after_closing(at: At) -> None:
    session = at("open")
    session.void(6, "test")
    session.stage_closed()
    refused(session, voided(session, 0, "returned"), "V7.B")


def test_a_card_that_has_challenged_may_be_voided(at: At) -> None:
    session = at("open")
    session.append(session.challenge((0,), 0))
    session.append(voided(session, 0, "returned"))
