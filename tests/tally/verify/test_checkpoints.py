import pytest

from tally.verify.checkpoints import CheckpointAudit
from tally.verify.report import Audit
from tests.golden.golden_session import GoldenSession, Note, golden
from tests.support.session import SessionBuilder
from tests.tally.verify.records import checkpoint
from voting_core.log.checkpoint import Checkpoint, add_cosignatures, cosign_checkpoint, sign_checkpoint


def findings(session: SessionBuilder, *notes: Note) -> list[str]:
    audit = Audit()
    checkpoints = CheckpointAudit(audit, session.state)
    for note in notes:
        checkpoints.take(note.size, note.content)
    checkpoints.finish()
    return [finding.code for finding in audit.findings]


def whole(session: GoldenSession) -> Note:
    return session.notes[-1]


def test_the_checkpoints_of_an_honest_log() -> None:
    assert findings(golden(), *golden().notes) == []


def test_the_checkpoint_of_the_whole_log_must_be_there() -> None:
    assert findings(golden()) == ["V3.D"]
    assert findings(golden(), *golden().notes[:-1]) == ["V3.D"]


@pytest.mark.parametrize(("witnesses", "codes"), [((1, 2, 3), []), ((1, 2), ["V3.D"]), ((), ["V3.D"])])
def test_a_quorum_must_have_cosigned_it(witnesses: tuple[int, ...], codes: list[str]) -> None:
    session = golden()
    assert findings(session, checkpoint(session, session.entries, *witnesses)) == codes


@pytest.mark.parametrize(
    ("back", "witnesses", "codes"),
    [(1, (1, 2, 3), []), (1, (1, 2), ["V3.D"]), (2, (1, 2, 3), ["V3.D"])],
)
def test_who_cosigned_the_sealed_log_has_no_key_for_the_destruction_after_it(
    back: int, witnesses: tuple[int, ...], codes: list[str]
) -> None:
    session = golden()
    assert session.state.destroyed
    before = checkpoint(session, session.entries[:-back], *witnesses)
    assert findings(session, before, checkpoint(session, session.entries)) == codes


def test_only_a_destruction_may_follow_what_was_cosigned() -> None:
    session = SessionBuilder().run("sealed")
    before = checkpoint(session, session.entries[:-1], 1, 2, 3)
    assert findings(session, before, checkpoint(session, session.entries)) == ["V3.D"]


def test_before_there_is_a_key_the_log_key_is_enough() -> None:
    session = SessionBuilder().run("joined")
    assert findings(session, checkpoint(session, session.entries)) == []


def test_a_name_that_says_another_size() -> None:
    session = golden()
    assert findings(session, whole(session), Note(10, session.notes[1].content)) == ["V3.B"]


def test_a_checkpoint_beyond_the_log() -> None:
    session = golden()
    longer = checkpoint(session, [*session.entries, b"{}"], 1, 2, 3)
    assert findings(session, whole(session), longer) == ["V3.B"]


def test_a_checkpoint_of_another_log_of_this_session() -> None:
    session = golden()
    other = checkpoint(session, [*session.entries[:20], b"{}"], 1, 2, 3)
    assert findings(session, whole(session), other) == ["V3.B"]


def test_a_checkpoint_of_another_session_or_log_key() -> None:
    session, other = golden(), SessionBuilder("another").run("joined")
    foreign = checkpoint(other, other.entries)
    assert findings(session, whole(session), foreign) == ["V3.B"]
    by_service = sign_checkpoint(Checkpoint(session.state.session_id, 3, session.state.root_at(3)), session.service_key)
    assert findings(session, whole(session), Note(3, by_service)) == ["V3.B"]


def test_cosignatures_by_other_keys() -> None:
    session = golden()
    signed = Checkpoint(session.state.session_id, session.state.size, session.state.root)
    note = sign_checkpoint(signed, session.log_key)
    good = [cosign_checkpoint(signed, session.trustees[n].witness, n, 5) for n in (1, 2)]
    wrong_key = cosign_checkpoint(signed, session.trustees[3].signing, 3, 5)
    stranger = cosign_checkpoint(signed, session.trustees[3].witness, 9, 5)
    assert findings(session, Note(session.state.size, add_cosignatures(note, [*good, wrong_key]))) == ["V3.C", "V3.D"]
    assert findings(session, Note(session.state.size, add_cosignatures(note, [*good, stranger]))) == ["V3.C", "V3.D"]


def test_a_cosignature_moved_to_another_checkpoint() -> None:
    session = golden()
    line = session.notes[1].content.splitlines(keepends=True)[-1]
    note = checkpoint(session, session.entries, 1, 2)
    assert findings(session, Note(note.size, add_cosignatures(note.content, [line]))) == ["V3.C", "V3.D"]


def test_every_byte_of_every_note_is_bound() -> None:
    session = golden()
    for place, note in enumerate(session.notes):
        for at in range(len(note.content)):
            mask = (1, 0x20, 0x80)[at % 3]
            content = note.content[:at] + bytes([note.content[at] ^ mask]) + note.content[at + 1 :]
            notes = [*session.notes[:place], Note(note.size, content), *session.notes[place + 1 :]]
            assert findings(session, *notes), (place, at, mask)


@pytest.mark.parametrize("content", [b"", b"\n", b"\n\n", b"\xff" * 50])
def test_what_is_no_note(content: bytes) -> None:
    assert findings(golden(), *golden().notes[:-1], Note(golden().state.size, content)) == ["V3.B", "V3.D"]


def test_lines_added_removed_and_reordered() -> None:
    session = golden()
    note = whole(session).content
    head, lines = note.split(b"\n\n")[0] + b"\n\n", note.split(b"\n\n")[1].splitlines(keepends=True)
    for changed in (
        head + b"".join(lines[1:]),
        head + b"".join(reversed(lines)),
        head + b"".join(lines) + lines[-1],
        head + b"".join(lines) + b"\n",
        note[:-1],
        note.replace(b"\n\n", b"\nextension\n\n"),
    ):
        assert findings(session, *session.notes[:-1], Note(session.state.size, changed)), changed
