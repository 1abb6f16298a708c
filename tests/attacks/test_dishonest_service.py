"""A service that rewrites the votes (SPEC §1.4, §8).

It holds the log and every byte that kiosks sent, and it can show anybody anything. It holds no key that signs an entry.
The weak hall trusts its database: what it says is counted. The real one replays what it says.
"""

import json
from collections.abc import Callable

import pytest

from ballots.sealed_ballot import ballot_id
from tally.entries.ballots import BallotCast, BallotChallenged
from tally.entries.envelope import decode_entry
from tally.replay import initial, replay
from tests.attacks.support.sessions import at, decrypt, take
from tests.support.session import SessionBuilder
from voting_core.codec import canonical
from voting_core.elgamal import decode_ciphertexts
from voting_core.errors import VerificationError

Rewrite = Callable[[SessionBuilder], list[bytes]]


def cast_at(session: SessionBuilder) -> list[int]:
    return [n for n, raw in enumerate(session.entries) if isinstance(decode_entry(raw).body, BallotCast)]


def closed_at(session: SessionBuilder) -> int:
    return next(n for n, raw in enumerate(session.entries) if raw.endswith(b'"type":"contest.closed"}'))


def drop(session: SessionBuilder) -> list[bytes]:
    """Lose a ballot against."""
    position = cast_at(session)[1]
    return session.entries[:position] + session.entries[position + 1 :]


def duplicate(session: SessionBuilder) -> list[bytes]:
    """Count a ballot for twice."""
    position = cast_at(session)[0]
    return [*session.entries[: position + 1], session.entries[position], *session.entries[position + 1 :]]


def swap(session: SessionBuilder) -> list[bytes]:
    """Change the order of two ballots."""
    first, second = cast_at(session)[:2]
    entries = list(session.entries)
    entries[first], entries[second] = entries[second], entries[first]
    return entries


def exchange(session: SessionBuilder) -> list[bytes]:
    """Put the ciphertexts of one ballot into another: its sender votes as somebody else did."""
    first, second = cast_at(session)[:2]
    entries = list(session.entries)
    taken, changed = json.loads(entries[first]), json.loads(entries[second])
    for key in ("ciphertexts", "argument"):
        changed["body"]["ballot"][key] = taken["body"]["ballot"][key]
    entries[second] = canonical(changed)
    return entries


def late(session: SessionBuilder) -> list[bytes]:
    """Let a ballot in after closing: the last one was kept back."""
    position, closing = cast_at(session)[-1], closed_at(session)
    entries = list(session.entries)
    entries.insert(closing, entries.pop(position))
    return entries


def reinterpret(session: SessionBuilder) -> list[bytes]:
    """Call a test a vote: the card and the box signed a challenge."""
    entries = list(session.entries)
    position = next(n for n, raw in enumerate(entries) if isinstance(decode_entry(raw).body, BallotChallenged))
    value = json.loads(entries[position])
    value["type"] = "ballot.cast"
    value["body"] = {"ballot": value["body"]["ballot"]}
    entries[position] = canonical(value)
    return entries


def invent(session: SessionBuilder) -> list[bytes]:
    """Add a ballot under a credential of the list whose card was never drawn, with signatures of another ballot."""
    position = cast_at(session)[0]
    value = json.loads(session.entries[position])
    reserve = session.credential(session.cards.generated - 1).public.hex()
    value["author"] = value["body"]["ballot"]["credential"] = reserve
    value["signatures"][0]["key"] = reserve
    return [*session.entries[:position], canonical(value), *session.entries[position:]]


def earlier(session: SessionBuilder) -> list[bytes]:
    """Close before the last ballots came."""
    closing, position = closed_at(session), cast_at(session)[-2]
    entries = list(session.entries)
    entries.insert(position, entries.pop(closing))
    return entries


def unclose(session: SessionBuilder) -> list[bytes]:
    """Leave the closing out."""
    closing = closed_at(session)
    return session.entries[:closing] + session.entries[closing + 1 :]


REWRITES: dict[str, tuple[Rewrite, set[str]]] = {
    # Who changes the log before an act of an official, kiosk or trustee contradicts what that act says it saw.
    "drop": (drop, {"V3.A", "V9.A"}),
    "duplicate": (duplicate, {"V8.B"}),
    "swap": (swap, {"V3.A", "V9.A"}),
    "exchange": (exchange, {"V4.A"}),
    "late": (late, {"V3.A", "V8.A", "V9.A"}),
    "reinterpret": (reinterpret, {"V4.A"}),
    "invent": (invent, {"V4.A"}),
    "earlier": (earlier, {"V3.A", "V9.A"}),
    "unclose": (unclose, {"V3.A", "V4.D"}),
}


def weak_count(session: SessionBuilder, entries: list[bytes]) -> tuple[int, int]:
    """Ballots for and against in a hall that adds up the table of ballots as it stands at closing."""
    totals = [0, 0]
    for raw in entries:
        value = json.loads(raw)
        if value["type"] == "contest.closed":
            break
        if value["type"] == "ballot.cast":
            run = decode_entry(raw).body.ballot.ciphertexts_bytes  # type: ignore[attr-defined]
            for number, pair in enumerate(decode_ciphertexts(run, 2, "ballot")):
                totals[number] += decrypt(session, (1, 2), pair.pad, pair.data)
    return totals[0], totals[1]


@pytest.mark.parametrize("name", REWRITES)
def test_no_rewriting_of_the_log_passes_replay(name: str) -> None:
    session = at("reported")
    rewrite, codes = REWRITES[name]
    with pytest.raises(VerificationError) as caught:
        take(initial(), rewrite(session))
    assert caught.value.code in codes, caught.value


@pytest.mark.parametrize(
    ("name", "counted"),
    [("drop", (2, 1)), ("duplicate", (3, 2)), ("exchange", (3, 1)), ("reinterpret", (2, 3)), ("invent", (3, 2))],
)
def test_where_the_database_is_trusted_the_rewriting_is_the_result(name: str, counted: tuple[int, int]) -> None:
    session = at("reported")
    assert weak_count(session, session.entries) == (2, 2)
    rewrite, _ = REWRITES[name]
    assert weak_count(session, rewrite(session)) == counted


def test_every_single_byte_of_a_ballot_entry_matters() -> None:
    """Flip one bit at every seventh place of an entry: it is never taken, and never read as another ballot."""
    session = at("open")
    raw = session.cast((0,), 0)
    step = 7
    for place in range(0, len(raw), step):
        changed = raw[:place] + bytes([raw[place] ^ (1 << place % 7)]) + raw[place + 1 :]
        with pytest.raises(VerificationError):
            replay(session.state, changed)
    after = replay(session.state, raw)
    assert set(after.ballots) == {ballot_id(decode_entry(raw).body.ballot)}  # type: ignore[attr-defined]
