"""One key for two purposes (SPEC §3.6, §8.5; V4.C).

A signature that is asked for under one name then holds under another: a witness that cosigns what it is sent would sign
entries as a trustee, a kiosk that signs reports would sign ballots as the ballot box. Tags and formats keep purposes
apart, and every key that enters the log must be new, so that a slip in one place is not a slip in two.
"""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import pytest

from tally.entries.contests import KioskRegistered
from tally.entries.credentials import CredentialsIssued
from tally.entries.reading import Body
from tally.entries.session import OfficialAdmitted
from tally.replay import ceremony, replay, rules_kiosks, session
from tally.state import State
from tests.attacks.support.sessions import at, refused
from tests.support.seeded_rng import SeededRng
from tests.support.session import SessionBuilder
from voting_core.errors import VerificationError
from voting_core.params import Tag
from voting_core.secret import Secret
from voting_core.signing import verify_signature
from voting_core.signing_key import SigningKey

Make = Callable[[SessionBuilder], tuple[Body, tuple[SigningKey, ...]]]


def trustee_with(**keys: str) -> Make:
    """The second trustee joins with keys that are in use; the names are those of :func:`known_keys`."""

    def make(here: SessionBuilder) -> tuple[Body, tuple[SigningKey, ...]]:
        party = here.trustees[2]
        signing = known_keys(here)[keys["signing"]] if "signing" in keys else party.signing
        witness = known_keys(here)[keys["witness"]] if "witness" in keys else party.witness
        body = replace(party.joined(), signing_key=signing.public, witness_key=witness.public)
        return body, (signing, *(key for key in here.officials if key is not signing))

    return make


def kiosk_with(kiosk: str, box: str) -> Make:
    def make(here: SessionBuilder) -> tuple[Body, tuple[SigningKey, ...]]:
        keys = known_keys(here)
        body = KioskRegistered(name="K09", kiosk=keys[kiosk].public, box_key=keys[box].public)
        return body, (*here.officials, keys[kiosk])

    return make


def official_with(name: str) -> Make:
    return lambda here: (OfficialAdmitted(known_keys(here)[name].public), (*here.officials, known_keys(here)[name]))


def known_keys(here: SessionBuilder) -> dict[str, SigningKey]:
    """All keys of a session by their purpose, and three that are in nobody's use."""
    return {
        "official": here.officials[0],
        "log": here.log_key,
        "service": here.service_key,
        "box": here.box,
        "kiosk": here.kiosks[0],
        "signing 1": here.trustees[1].signing,
        "witness 1": here.trustees[1].witness,
        "signing 2": here.trustees[2].signing,
        "credential": here.credential(0) if here.state.contests else here.box,
        "new": here.key("new"),
        "another": here.key("another"),
    }


REUSED: dict[str, tuple[str, Make]] = {
    "a trustee's witness key is its signing key": ("created", trustee_with(witness="signing 2")),
    "a trustee's witness key is the log key": ("created", trustee_with(witness="log")),
    "a trustee's witness key is the service key": ("created", trustee_with(witness="service")),
    "a trustee's witness key is an official's": ("created", trustee_with(witness="official")),
    "a trustee's signing key is the log key": ("created", trustee_with(signing="log")),
    "a kiosk's key is the box key": ("keyed", kiosk_with("new", "new")),
    "a kiosk's key is a trustee's": ("keyed", kiosk_with("signing 1", "box")),
    "the box key is a witness key": ("keyed", kiosk_with("new", "witness 1")),
    "the box key is the service key": ("keyed", kiosk_with("new", "service")),
    "an official's key is a trustee's": ("joined", official_with("signing 1")),
    "an official's key is a witness key": ("joined", official_with("witness 1")),
    "an official's key is a credential": ("issued", official_with("credential")),
    "a kiosk's key is a credential": ("issued", kiosk_with("credential", "box")),
}


def careless(patch: pytest.MonkeyPatch) -> None:
    """A replay that does not keep track of keys."""
    modules: tuple[ModuleType, ...] = (session, ceremony, rules_kiosks)
    for module in modules:
        patch.setattr(module, "with_key", keep)


def keep(state: State, key: bytes, whose: str) -> State:
    del key, whose
    return state


@pytest.mark.parametrize("name", REUSED)
def test_a_key_has_one_purpose(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stage, make = REUSED[name]
    here = at(stage)
    body, signers = make(here)
    raw = here.entry(body, *signers)
    with monkeypatch.context() as patch:
        careless(patch)
        replay(here.state, raw)
    assert "is in the log already" in str(refused(here, raw, "V4.C"))


@pytest.mark.parametrize("changed", [{"service_key": "log"}, {"log_key": "service"}, {"log_key": "official"}])
def test_the_keys_of_the_first_entry_differ(changed: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    here = SessionBuilder()
    keys = {"log": here.log_key, "service": here.service_key, "official": here.officials[1]}
    body = here.session_body(**{field: keys[name].public for field, name in changed.items()})
    raw = here.entry(body, *here.officials, session=body.session_id)
    with monkeypatch.context() as patch:
        careless(patch)
        replay(here.state, raw)
    refused(here, raw, "V4.C")


def test_a_sealing_key_is_used_for_one_attempt_by_one_trustee() -> None:
    """Whoever seals to a key that is used twice lets one complaint publish what opens two boxes."""
    here = at("joined")
    first = here.trustees[1].committed(here.state)
    here.add(first, here.trustees[1].signing)
    copied = replace(here.trustees[2].committed(here.state), sealing_key=first.sealing_key)
    refused(here, here.entry(copied, here.trustees[2].signing), "V4.C")


def test_a_card_does_not_vote_in_two_contests_with_one_key() -> None:
    """Linked by the key, ballots of several contests would become one long vector."""
    here = at("issued")
    listed = here.issued("motion", "delegate")
    for changed in (replace(listed, slot=1), replace(listed, class_id="guest")):
        with pytest.raises(VerificationError):
            replay(here.state, here.entry(changed, *here.two_trustees()))
    keys = b"".join(sorted((here.officials[0].public, here.trustees[1].witness.public)))
    defined = at("defined")
    raw = defined.entry(CredentialsIssued(slot=0, class_id="delegate", keys=keys), *defined.two_trustees())
    refused(defined, raw, "V7.A")


def test_what_a_key_signs_for_one_purpose_holds_for_no_other() -> None:
    """The second line: even with one key for all, a promise is no entry, a manifest is no promise."""
    key = SigningKey.generate(SeededRng("one for all"))
    for tag in Tag:
        signature = key.sign(tag, b"message")
        verify_signature(key.public, tag, b"message", signature)
        for other in Tag:
            if other is not tag:
                with pytest.raises(VerificationError):
                    verify_signature(key.public, other, b"message", signature)


@pytest.mark.parametrize("length", [0, 8, 16, 31, 33, 64])
def test_a_seed_has_256_bits(length: int) -> None:
    """Trustees' tokens of one system had too little entropy for years."""
    with pytest.raises(ValueError, match="32 bytes"):
        SigningKey.from_seed(Secret(bytes(length)))
