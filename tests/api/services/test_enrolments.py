"""Who may ask to enter the log."""

import sqlite3
from collections.abc import Coroutine, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import pytest

from api.errors import SaidError, UnauthorisedError
from api.pki.authority import fingerprint, make_authority
from api.pki.server import pem
from api.services import enrolments
from api.services.enrolments import (
    CODE_SECONDS,
    MAX_STATION_NAME,
    NOT_THIS,
    Issued,
    admit,
    claim,
    enrolled_keys,
    is_enrolled,
    issue,
    read_token,
    revoke,
    stations,
)
from api.services.proposals import Proposal, read_proposal
from api.store.failures import StorageError
from api.store.stations import OTHER_KEY, USED
from ballots.qr.enrolment import NO_AUTHORITY, StationRole, decode_enrolment
from tally.entries.build import draft_entry
from tally.entries.ceremony import TrusteeJoined
from tally.entries.contests import ContestPaused, KioskRegistered
from tally.entries.credentials import CredentialVoided
from tally.entries.reading import Body
from tally.entries.session import OfficialAdmitted
from tests.api.hall import Hall, running_hall
from tests.api.world import TIME
from tests.faults.faulty_connection import sqlite_error
from tests.support.coroutines import run
from tests.support.seeded_rng import SeededRng
from voting_core.codec import b64encode, canonical
from voting_core.errors import FatalError
from voting_core.params import Tag
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

T = TypeVar("T")
AUTHORITY = make_authority("清岚县", (), now=1_796_000_000, rng=SeededRng(1)).certificate
TOKEN, OTHER = Secret(b"t" * 32), Secret(b"o" * 32)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Hall]:
    with running_hall(tmp_path / "data", address="10.0.0.1:8300", authority=pem(AUTHORITY)) as hall:
        hall.vote()
        yield hall


def refused(work: Coroutine[Any, Any, object]) -> Any:
    with pytest.raises((SaidError, UnauthorisedError)) as caught:
        run(work)
    return caught.value.said if isinstance(caught.value, SaidError) else str(caught.value)


def key(name: str) -> SigningKey:
    return SigningKey.generate(SeededRng(name))


def proposed(hall: Hall, type: str, body: Body, signer: SigningKey) -> Proposal:
    state = hall.world.state
    draft = draft_entry(type, body, state.session_id, signer.public, time=TIME, seen=(state.size, state.root))
    signature = b64encode(signer.sign(Tag.ENTRY, draft.message))
    row = {"key": signer.public.hex(), "signature": signature}
    return read_proposal(canonical({"draft": draft.value, "signatures": [row]}))


def kiosk(hall: Hall, name: str = "7号机", signer: SigningKey | None = None) -> Proposal:
    own = signer or key("kiosk 7")
    body = KioskRegistered(name=name, kiosk=own.public, box_key=hall.world.box.public)
    return proposed(hall, "kiosk.registered", body, own)


def trustee(hall: Hall, index: int = 1) -> Proposal:
    own, witness = key("trustee"), key("witness")
    body = TrusteeJoined(index=index, name="郭志明", signing_key=own.public, witness_key=witness.public)
    return proposed(hall, "trustee.joined", body, own)


def issued(hall: Hall, name: str = "7号机") -> Issued:
    return run(issue(hall.service, StationRole.KIOSK, name))


def test_strangers_ask_for_nothing_in_a_real_session(real: Hall) -> None:
    stranger = key("stranger")
    admitted = OfficialAdmitted(official=stranger.public)
    lost = CredentialVoided(slot=0, credential=stranger.public, reason="test")
    for asked in (
        kiosk(real),
        trustee(real),
        proposed(real, "official.admitted", admitted, stranger),
        proposed(real, "credential.voided", lost, stranger),
        proposed(real, "session.created", real.world.session_body(), real.world.officials[0]),
    ):
        assert "only an enrolled station" in refused(admit(real.service, asked, None))
    card = real.world.credential(3, real.contest)
    held = CredentialVoided(slot=0, credential=card.public, reason="test")
    run(admit(real.service, proposed(real, "credential.voided", held, card), None))


def test_an_enrolled_station_asks_as_what_it_enrolled(real: Hall) -> None:
    made = issued(real)
    station = run(claim(real.service, decode_enrolment(made.digits.reveal()).code, TOKEN))
    assert (station.role, station.name, station.number) == (StationRole.KIOSK, "7号机", 0)
    run(admit(real.service, kiosk(real), TOKEN))
    run(admit(real.service, kiosk(real), TOKEN))
    assert refused(admit(real.service, kiosk(real, "8号机"), TOKEN)) == NOT_THIS
    assert refused(admit(real.service, trustee(real), TOKEN)) == NOT_THIS
    assert refused(admit(real.service, kiosk(real, signer=key("another")), TOKEN)) == OTHER_KEY
    assert "not enrolled" in refused(admit(real.service, kiosk(real), OTHER))
    assert run(enrolled_keys(real.service)) == {key("kiosk 7").public}
    run(revoke(real.service, station.id))
    assert "not enrolled" in refused(admit(real.service, kiosk(real), TOKEN))


def test_a_scrutineer_enrols_under_a_number(real: Hall) -> None:
    for number in (0, 16, -1):
        assert refused(issue(real.service, StationRole.SCRUTINEER, "郭志明", number)) == enrolments.NUMBER
    assert refused(issue(real.service, StationRole.KIOSK, "7号机", 1)) == enrolments.NUMBER
    made = run(issue(real.service, StationRole.SCRUTINEER, "郭志明", 1))
    run(claim(real.service, decode_enrolment(made.digits.reveal()).code, TOKEN))
    assert refused(admit(real.service, trustee(real, 2), TOKEN)) == NOT_THIS
    run(admit(real.service, trustee(real, 1), TOKEN))


@pytest.mark.parametrize("name", ["", " x", "x\n", "x" * (MAX_STATION_NAME + 1)])
def test_a_name_that_is_none_is_refused(real: Hall, name: str) -> None:
    assert refused(issue(real.service, StationRole.KIOSK, name)) == enrolments.NAME


def test_the_code_says_where_and_whom_to_trust_and_lasts_half_an_hour(real: Hall) -> None:
    made = run(issue(real.service, StationRole.KIOSK, "7号机"))
    assert made.station.expires == real.clock.unix() + CODE_SECONDS
    code = decode_enrolment(made.digits.reveal())
    assert (
        (code.url, code.authority)
        == ("https://10.0.0.1:8300", fingerprint(AUTHORITY))
        == (made.address, made.authority)
    )


def test_without_tls_a_code_is_for_the_same_machine(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", address="10.0.0.1:8300") as hall:
        assert refused(issue(hall.service, StationRole.KIOSK, "7号机")) == enrolments.NO_TLS
        assert run(stations(hall.service)) == ()
    with running_hall(tmp_path / "other", address="[::1]:8300") as hall:
        code = decode_enrolment(issued(hall).digits.reveal())
        assert (code.url, code.authority) == ("http://[::1]:8300", NO_AUTHORITY)


def test_a_code_that_is_too_late_lets_nobody_in(real: Hall) -> None:
    made = issued(real)
    real.clock.day += CODE_SECONDS
    assert refused(claim(real.service, decode_enrolment(made.digits.reveal()).code, TOKEN)) == USED
    assert [item.is_enrolled for item in run(stations(real.service))] == [False]


def test_a_rehearsal_takes_strangers_and_marks_them(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", simulated=True) as hall:
        hall.vote()
        run(admit(hall.service, kiosk(hall), None))
        keys = run(enrolled_keys(hall.service))
        assert not is_enrolled(kiosk(hall).draft.value, keys)
        assert not is_enrolled(trustee(hall).draft.value, keys)
        made = issued(hall)
        run(claim(hall.service, decode_enrolment(made.digits.reveal()).code, TOKEN))
        run(admit(hall.service, kiosk(hall), TOKEN))
        assert is_enrolled(kiosk(hall).draft.value, run(enrolled_keys(hall.service)))
        paused = proposed(hall, "contest.paused", ContestPaused("report"), hall.world.officials[0])
        assert is_enrolled(paused.draft.value, frozenset())
    with running_hall(tmp_path / "strict", simulated=True, enrolment=True) as hall:
        hall.vote()
        assert "only an enrolled station" in refused(admit(hall.service, kiosk(hall), None))


@pytest.mark.parametrize("text", ["x", "0" * 63, "A" * 64, "0" * 65])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(UnauthorisedError):
        read_token(text)


def test_tokens_are_read() -> None:
    assert read_token("") is None
    read = read_token("0a" * 32)
    assert read is not None
    assert read.reveal() == b"\x0a" * 32


def told_or_known(hall: Hall, moment: str, statement: str) -> AbstractContextManager[object]:
    """A failure is told, but where the database itself tells afterwards that it had committed."""
    known = (moment, statement) == ("after", "COMMIT") and hall.service.database.settles_doubt
    return nullcontext() if known else pytest.raises((StorageError, FatalError))


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("statement", ["INSERT INTO stations", "COMMIT"])
def test_a_code_that_is_not_durable_is_not_shown(tmp_path: Path, moment: str, statement: str) -> None:
    with running_hall(tmp_path / "data", simulated=True) as hall:
        getattr(hall.faults, moment)[statement] = sqlite_error(sqlite3.SQLITE_IOERR)
        with told_or_known(hall, moment, statement):
            issued(hall)
    with running_hall(tmp_path / "data", world=hall.world, simulated=True) as again:
        assert len(run(stations(again.service))) == (1 if (moment, statement) == ("after", "COMMIT") else 0)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("statement", ["UPDATE stations", "COMMIT"])
def test_a_claim_that_failed_is_made_again(tmp_path: Path, moment: str, statement: str) -> None:
    with running_hall(tmp_path / "data", simulated=True) as hall:
        code = decode_enrolment(issued(hall).digits.reveal()).code
        getattr(hall.faults, moment)[statement] = sqlite_error(sqlite3.SQLITE_IOERR)
        with told_or_known(hall, moment, statement):
            run(claim(hall.service, code, TOKEN))
    with running_hall(tmp_path / "data", world=hall.world, simulated=True) as again:
        run(claim(again.service, code, TOKEN))
        assert [item.is_enrolled for item in run(stations(again.service))] == [True]
        assert refused(claim(again.service, code, OTHER)) == USED
