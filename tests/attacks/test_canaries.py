"""Secrets that turn up where nobody looked: in the log, in a database, in a file beside it (SPEC §1.4, §5.2, §7.1).

The secrets of a small session are canaries. After it has run through a server, no byte that the server has written may
hold one of them, in any of the usual spellings. A service that writes one line too many is found by the same search.
"""

import base64
from pathlib import Path

import pytest

from tally.entries.ballots import BallotCast, BallotChallenged
from tests.api.hall import Hall, running_hall
from tests.attacks.support.sessions import at
from tests.support.seeded_rng import SeededRng
from tests.support.session import SessionBuilder
from voting_core.group import encode_scalar
from voting_core.secret import Secret

CAST, OPENED = 3, 4


def spellings(secret: bytes) -> list[bytes]:
    """How a secret may be written: as it is, in both hexadecimals, in both base64s, reversed, in decimal."""
    return [
        secret,
        secret[::-1],
        secret.hex().encode(),
        secret.hex().upper().encode(),
        base64.b64encode(secret).rstrip(b"="),
        base64.urlsafe_b64encode(secret).rstrip(b"="),
        str(int.from_bytes(secret, "big")).encode(),
        str(int.from_bytes(secret, "little")).encode(),
    ]


def found(secrets: dict[str, bytes], written: dict[str, bytes]) -> list[str]:
    """Which secrets stand where."""
    return [
        f"{name} in {place}"
        for name, secret in secrets.items()
        for place, data in written.items()
        if any(spelling in data for spelling in spellings(secret))
    ]


def files(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file()}


def secrets_of(hall: Hall, seed: bytes) -> dict[str, bytes]:
    world = hall.world
    return {
        "the seed of a ballot that was cast": seed,
        "the card that cast it": world.cards[CAST].reveal(),
        "a card that was never used": world.cards[20].reveal(),
        "the key of the card": world.credential(CAST, hall.contest).seed().reveal(),
        "the key of the ballot box": world.box.seed().reveal(),
        "the key of the kiosk": world.kiosk.seed().reveal(),
        "a sealing key": world.trustees[0].sealing.reveal(),
        "a polynomial": encode_scalar(world.trustees[0].polynomial.reveal()[0]),
        "a witness key": world.trustees[0].witness.seed().reveal(),
    }


@pytest.mark.parametrize("leak", [False, True])
def test_nothing_that_a_server_writes_holds_a_secret(tmp_path: Path, leak: bool) -> None:
    directory = tmp_path / "data"
    seed, opened = SeededRng("the seed").bytes(32), SeededRng("the opened one").bytes(32)
    with running_hall(directory) as hall:
        hall.vote()
        world, contest = hall.world, hall.contest
        cast = BallotCast(world.sealed(CAST, contest, (1,), Secret(seed)))
        hall.post(world.signed_ballot(cast, "ballot.cast", CAST, contest), "/v1/ballots")
        shown = BallotChallenged(world.sealed(OPENED, contest, (1,), Secret(opened)), (1,), opened)
        hall.post(world.signed_ballot(shown, "ballot.challenged", OPENED, contest), "/v1/ballots")
        hall.settle()
        answers = {
            path: hall.client.get(path).content for path in ("/v1/status", "/v1/log/entries", "/v1/record", "/healthz")
        }
        if leak:
            # The weak service: it keeps what might be useful one day.
            (directory / "debug.log").write_text(f"ballot accepted, seed {seed.hex()}")
        written = {**files(directory), **answers}
        secrets = secrets_of(hall, seed)
    written.update({f"{name} (stopped)": data for name, data in files(directory).items()})
    expected = ["debug.log", "debug.log (stopped)"] if leak else []
    assert found(secrets, written) == [f"the seed of a ballot that was cast in {place}" for place in expected]
    # The search does find what is there: a ballot that was opened has published its seed.
    assert found({"the opened seed": opened}, written)


def secrets_of_session(session: SessionBuilder) -> dict[str, bytes]:
    secrets: dict[str, bytes] = {}
    for index, party in session.trustees.items():
        secrets[f"share of trustee {index}"] = encode_scalar(session.private_share(index))
        secrets[f"polynomial of trustee {index}"] = encode_scalar(party.polynomial(session.state)[0])
        secrets[f"sealing key of trustee {index}"] = party.sealing_secret(session.state)
        secrets[f"signing key of trustee {index}"] = party.signing.seed().reveal()
    for number in range(session.cards.generated):
        secrets[f"card {number}"] = SeededRng(f"{session.seed} card delegate {number}").bytes(16)
    for number in range(session.cards.drawn):
        secrets[f"seed {number}"] = session.ballot_seed(number, "motion", "delegate", 0)
    return secrets


def test_no_entry_of_a_whole_session_holds_a_secret() -> None:
    session = at("sealed")
    log = b"\n".join(session.entries)
    assert found(secrets_of_session(session), {"the log": log}) == []
    opened = {"opened": session.ballot_seed(0, "motion", "delegate", 1)}
    assert found(opened, {"the log": log}) == ["opened in the log"]
