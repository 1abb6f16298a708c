"""A certificate of destruction belongs to one record, and to nothing else."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tally.destruction import check_certificate, make_certificate
from tally.entries.session import SessionDestroyed, SessionSealed
from tests.api.world import World
from tests.support.seeded_rng import SeededRng
from voting_core.codec import canonical
from voting_core.errors import InputError
from voting_core.log.checkpoint import Checkpoint, sign_checkpoint
from voting_core.signing_key import SigningKey

LOG, SERVICE = (SigningKey.generate(SeededRng(f"destruction {number}")) for number in (1, 2))
ERASED = ({"people": 3}, ("service_keys.json",))


def ended() -> World:
    world = World(LOG.public, SERVICE.public)
    world.create()
    world.decree(SessionSealed(), "session.sealed")
    world.decree(SessionDestroyed(), "session.destroyed")
    return world


WORLD = ended()
STATE = WORLD.state
CHECKPOINT = sign_checkpoint(Checkpoint(STATE.session_id, STATE.size, STATE.root), LOG)


def certificate(service: SigningKey = SERVICE, note: bytes = CHECKPOINT, entry: bytes = WORLD.entries[-1]) -> bytes:
    return make_certificate(STATE, entry, note, "2027-02-01", ERASED, service)


def test_it_states_what_was_erased_and_who_agreed() -> None:
    found = check_certificate(certificate(), STATE, WORLD.entries[-1])
    assert (found.rows, found.files) == ERASED
    assert found.officials == tuple(sorted(key.public for key in WORLD.officials))
    assert (found.date, found.index, found.witnesses) == ("2027-02-01", 2, ())


def changed(change: Callable[[Any], None]) -> bytes:
    value = json.loads(certificate())
    change(value)
    return canonical(value) + b"\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (changed(lambda value: value["content"]["rows"].update(people=2)), "was changed"),
        (changed(lambda value: value["content"].update(date="2027-02-02")), "was changed"),
        (changed(lambda value: value["content"]["files"].append("x")), "was changed"),
        (changed(lambda value: value["content"].update(title="x")), "another session"),
        (changed(lambda value: value["content"].update(session="00" * 32)), "another session"),
        (changed(lambda value: value.update(more=1)), "more"),
        (changed(lambda value: value.update(signature=["a", 1])), "list of lines"),
        (certificate(service=LOG), "another key"),
        (certificate(entry=WORLD.entries[-2]), "not the last one"),
        (certificate(note=sign_checkpoint(Checkpoint(STATE.session_id, 2, STATE.root), LOG)), "another log"),
        (certificate(note=sign_checkpoint(Checkpoint(STATE.session_id, 3, STATE.root), SERVICE)), "V3"),
        (b"{}", "certificate"),
        (b"no certificate", "not"),
    ],
)
def test_whatever_is_changed_is_found(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        check_certificate(data, STATE, WORLD.entries[-1])


def test_it_is_of_no_other_record() -> None:
    other = World(LOG.public, SERVICE.public)
    other.create()
    with pytest.raises(InputError):
        check_certificate(certificate(), other.state, other.entries[-1])
