"""Auditing must find what replaying one by one finds, and nothing else, however entries are grouped."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tally.entries.ballots import BallotCast
from tally.entries.credentials import CredentialVoided
from tally.replay import Ahead, Known, replay, skip
from tally.state import State
from tally.verify import entries as entries_module
from tally.verify.entries import LogAudit, type_of
from tally.verify.report import Audit
from tally.verify.runs import InThisProcess, Pending
from tests.golden.golden_session import golden
from tests.support.session import SessionBuilder
from tests.support.session_parts import Cards
from voting_core.errors import VerificationError
from voting_core.group import Q, encode_scalar
from voting_core.public import SODIUM


def opened() -> SessionBuilder:
    return SessionBuilder("audit", cards=Cards(drawn=9)).run("open")


def one_by_one(state: State, raws: list[bytes]) -> tuple[State, list[tuple[str, str]]]:
    found = []
    for raw in raws:
        try:
            state = replay(state, raw)
        except VerificationError as error:
            found.append((error.code, f"entry {state.size} ({type_of(raw)})"))
            state = skip(state, raw)
    return state, found


def audited(state: State, raws: list[bytes]) -> tuple[State, list[tuple[str, str]]]:
    audit = Audit()
    log = LogAudit(audit, state)
    for raw in raws:
        log.take(raw)
    log.flush()
    return log.state, [(finding.code, finding.subject) for finding in audit.findings]


def agree(session: SessionBuilder, raws: list[bytes]) -> list[tuple[str, str]]:
    after, found = audited(session.state, raws)
    expected_state, expected = one_by_one(session.state, raws)
    assert found == expected
    assert after.root == expected_state.root
    assert after.contest("motion").cast == expected_state.contest("motion").cast
    assert after.cast_credentials == expected_state.cast_credentials
    assert after.points == expected_state.points
    return found


def forged(session: SessionBuilder, number: int, part: int = -1) -> bytes:
    """A ballot whose argument is wrong in one scalar or point, signed as it should be."""
    ballot = session.ballot((0,), number)
    argument = bytearray(ballot.argument_bytes)
    start = len(argument) + 32 * part
    scalar = int.from_bytes(argument[start : start + 32], "little")
    argument[start : start + 32] = encode_scalar((scalar + 1) % Q)
    body = BallotCast(replace(ballot, argument_bytes=bytes(argument)))
    return session.entry(body, session.credential(number), session.box)


def test_good_ballots_give_no_finding() -> None:
    session = opened()
    assert agree(session, [session.cast((0,), number) for number in range(9)]) == []


def test_every_bad_ballot_of_a_run_is_named() -> None:
    session = opened()
    raws = [forged(session, number) if number in (0, 3, 4, 8) else session.cast((1,), number) for number in range(9)]
    found = agree(session, raws)
    size = session.state.size
    assert [subject for _, subject in found] == [f"entry {size + number} (ballot.cast)" for number in (0, 3, 4, 8)]
    assert {code for code, _ in found} == {"V8.H"}


def test_a_bad_ballot_does_not_use_up_its_credential() -> None:
    session = opened()
    raws = [forged(session, 0), session.cast((1,), 0, attempt=1), session.cast((2,), 0, attempt=2)]
    assert agree(session, raws) == [
        ("V8.H", f"entry {session.state.size} (ballot.cast)"),
        ("V8.B", f"entry {session.state.size + 2} (ballot.cast)"),
    ]


def test_a_chain_of_bad_ballots_of_one_credential() -> None:
    session = opened()
    raws = [forged(session, 0, -1), forged(session, 0, -2), forged(session, 0, -3), session.cast((1,), 0, attempt=1)]
    found = agree(session, raws)
    assert [subject for _, subject in found] == [f"entry {session.state.size + n} (ballot.cast)" for n in range(3)]


def test_bad_bytes_between_ballots() -> None:
    session = opened()
    good = [session.cast((0,), number) for number in range(4)]
    raws = [good[0], b"{}", good[1], good[1], b"", forged(session, 5), good[2][:-2] + b' "}', good[3]]
    assert len(agree(session, raws)) == 5


def test_a_ballot_that_repeats_the_points_of_a_bad_one_is_judged_without_it() -> None:
    session = opened()
    # The forged ballot has the same ciphertexts and P as the honest one, which must not suffer from it.
    found = agree(session, [forged(session, 2), session.cast((0,), 2)])
    assert [code for code, _ in found] == ["V8.H"]


def test_runs_end_where_other_entries_begin() -> None:
    session = opened()
    raws = [session.cast((0,), 0), session.challenge((1,), 1), forged(session, 2)]
    copy = session.fork()
    copy.append(raws[0])
    copy.append(raws[1])
    copy.state = skip(copy.state, raws[2])
    key = copy.credential(9)
    raws.append(copy.entry(CredentialVoided(slot=0, credential=key.public, reason="test"), copy.officials[0], key))
    assert [code for code, _ in agree(session, raws)] == ["V8.H"]


@pytest.mark.parametrize(("entries", "size"), [(1, 10**9), (2, 10**9), (100, 1), (100, 3000)])
def test_the_size_of_runs_changes_nothing(monkeypatch: pytest.MonkeyPatch, entries: int, size: int) -> None:
    monkeypatch.setattr(entries_module, "RUN_ENTRIES", entries)
    monkeypatch.setattr(entries_module, "RUN_BYTES", size)
    session = opened()
    raws = [forged(session, number) if number % 3 == 1 else session.cast((1,), number) for number in range(9)]
    assert len(agree(session, raws)) == 3


class Watched:
    """Looks at runs in this process, when somebody waits for them, and keeps count."""

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        self.sizes: list[int] = []
        self.most = self.now = 0
        self.known: list[Known | None] = []

    def submit(self, run: Sequence[bytes], known: Known | None) -> "Watched.Answer":
        self.sizes.append(len(run))
        self.known.append(known)
        self.now += 1
        self.most = max(self.most, self.now)
        return Watched.Answer(self, InThisProcess(SODIUM).submit(run, known))

    class Answer:
        def __init__(self, watched: "Watched", pending: Pending) -> None:
            self.watched, self.pending = watched, pending

        def result(self) -> tuple[Ahead, ...]:
            self.watched.now -= 1
            return self.pending.result()


@pytest.mark.parametrize("waiting", [0, 1, 3, 100])
def test_runs_and_their_number_are_bounded(monkeypatch: pytest.MonkeyPatch, waiting: int) -> None:
    monkeypatch.setattr(entries_module, "RUN_ENTRIES", 2)
    session = opened()
    runs = Watched(waiting)
    audit = Audit()
    log = LogAudit(audit, session.state, runs)
    raws = [forged(session, number) if number == 4 else session.cast((1,), number) for number in range(9)]
    for raw in raws:
        log.take(raw)
    log.flush()
    assert runs.sizes == [2, 2, 2, 2, 1]
    assert runs.most == min(waiting + 1, 5)
    assert [finding.subject for finding in audit.findings] == [f"entry {session.state.size + 4} (ballot.cast)"]
    assert log.judged_bytes == sum(map(len, raws)) + len(raws)
    assert log.state.contest("motion").cast == 8


def test_other_entries_wait_for_the_ballots_before_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole log of a session with ballots in three contests is judged the same, however far ahead."""
    monkeypatch.setattr(entries_module, "RUN_ENTRIES", 3)
    entries = golden().entries
    found = []
    for waiting in (0, 2, 50):
        audit = Audit()
        log = LogAudit(audit, None, Watched(waiting))
        for raw in [*entries[:-1], entries[-1][:-1] + b" }"]:
            log.take(raw)
        log.flush()
        found.append((log.state.root, [finding.subject for finding in audit.findings], log.state.size))
    assert found[0] == found[1] == found[2]
    assert len(found[0][1]) == 1


def test_ballots_are_looked_at_with_the_key_and_the_contests_before_them() -> None:
    runs = Watched(50)
    log = LogAudit(Audit(), None, runs)
    for raw in golden().entries:
        log.take(raw)
    log.flush()
    assert runs.known
    assert all(known is not None and known.contests for known in runs.known)


def test_the_type_is_read_from_the_end() -> None:
    session = opened()
    assert [type_of(raw) for raw in session.entries] == [
        raw.decode().rpartition('"type":"')[2][:-2] for raw in session.entries
    ]
    for raw in (b"", b"{}", b'{"type":"ballot.cas"}', b"\xff" * 100, b'{"a":1,"type":"x"}', session.entries[0] + b" "):
        assert type_of(raw) == "unknown"


def test_auditing_goes_on_after_the_first_entry_is_refused() -> None:
    session = SessionBuilder("audit").run("keyed")
    audit = Audit()
    log = LogAudit(audit)
    for raw in [session.entries[0][:-1], *session.entries[1:]]:
        log.take(raw)
    log.flush()
    assert audit.total == len(session.entries)
    assert [finding.code for finding in audit.findings[:2]] == ["V2.A", "V4.D"]
