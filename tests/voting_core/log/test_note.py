"""Signed notes (SPEC §8.6, c2sp.org/signed-note), with the published examples."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.seeded_rng import SeededRng
from voting_core.errors import EncodingError, VerificationError
from voting_core.log.note import (
    COSIGNATURE_V1,
    ED25519,
    Note,
    NoteSignature,
    format_note,
    key_id,
    parse_note,
    parse_signature,
    sign_text,
    verify_text_signature,
)
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

# The example in the documentation of golang.org/x/mod/sumdb/note: verifier key, signer key, note.
GO_VERIFIER = "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SIGNER = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_TEXT = b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
GO_NOTE = GO_TEXT + b"\n" + GO_LINE
# The example of c2sp.org/signed-note.
C2SP_VERIFIER = "AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n— quasimodo.example/"
    "salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
).encode()
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+"
    "mbIUBkBIfZ+qnA==\n"
).encode()


def public_of(verifier: str) -> bytes:
    return base64.b64decode(verifier)[1:]


def test_the_go_example_is_made_byte_for_byte() -> None:
    key = SigningKey.from_seed(Secret(base64.b64decode(GO_SIGNER)[1:]))
    assert key.public == public_of(GO_VERIFIER)
    assert key_id("PeterNeumann", ED25519, key.public).hex() == "c74f20a3"
    assert format_note(Note(GO_TEXT, (sign_text(GO_TEXT, "PeterNeumann", key),))) == GO_NOTE


@pytest.mark.parametrize(("data", "verifier"), [(GO_NOTE, GO_VERIFIER), (C2SP_NOTE, C2SP_VERIFIER)])
def test_published_examples_verify(data: bytes, verifier: str) -> None:
    note = parse_note(data)
    (signature,) = note.signatures
    verify_text_signature(note.text, signature, public_of(verifier), "V3.B")
    for text in (b"!" + note.text, note.text + b"\n", note.text[:-1]):
        with pytest.raises(VerificationError) as refused:
            verify_text_signature(text, signature, public_of(verifier), "V3.B")
        assert refused.value.code == "V3.B"


@pytest.mark.parametrize("data", [GO_NOTE, C2SP_NOTE, POEM, SOFA])
def test_published_notes_are_written_back(data: bytes) -> None:
    assert format_note(parse_note(data)) == data


def test_key_ids_of_cosigners() -> None:
    """A published key of the cosignature type, from the tests of transparency-dev/formats."""
    public = public_of("BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2")
    assert key_id("remora.n621.de", COSIGNATURE_V1, public).hex() == "da77ade7"


def test_a_text_may_have_empty_lines() -> None:
    note = parse_note(POEM)
    assert note.text.count(b"\n") == 4
    assert note.text.endswith(b"sera.\n")


KEY = SigningKey.generate(SeededRng("note"))
OTHER = SigningKey.generate(SeededRng("another note"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        GO_TEXT,
        GO_TEXT + b"\n",
        GO_TEXT + b"\n\n",
        GO_TEXT + b"\n" + GO_LINE[:-1],
        GO_TEXT + GO_LINE,
        GO_NOTE + b"\n",
        GO_NOTE + b"Unexpected line.\n",
        GO_NOTE + GO_LINE,
        GO_NOTE.replace(b"\n", b"\r\n"),
        b"\x01" + GO_NOTE,
        b"\xff" + GO_NOTE,
        b"\t" + GO_NOTE,
        b"\x00" + GO_NOTE,
        GO_NOTE.replace("—".encode(), b"-"),
        GO_NOTE.replace("— ".encode(), "—".encode()),
        GO_NOTE.replace("— ".encode(), "—  ".encode()),
        GO_NOTE.replace(b"PeterNeumann", b"Peter Neumann"),
        GO_NOTE.replace(b"PeterNeumann", b"Peter+Neumann"),
        GO_NOTE.replace(b"PeterNeumann", "Peter\u2003Neumann".encode()),
        GO_NOTE.replace(b"PeterNeumann", b"\xff"),
        GO_NOTE.replace(b"PeterNeumann ", b" "),
        GO_NOTE.replace(b"PeterNeumann ", b""),
        GO_NOTE.replace(b"JnAM=", b"JnAN="),
        GO_NOTE.replace(b"JnAM=", b"JnAM"),
        GO_NOTE.replace(b"JnAM=", b"JnAM=="),
        GO_NOTE.replace(b"x08go/", b"x08go_"),
        GO_NOTE.replace(b"x08go/", b"x08 go/"),
        GO_NOTE.replace(b"x08go/", b"x08go\xc3\xa9"),
        GO_TEXT + "\n— PeterNeumann x08gow==\n".encode(),
        GO_TEXT + "\n— PeterNeumann \n".encode(),
        GO_TEXT + "\n— PeterNeumann\n".encode(),
        GO_TEXT + b"\n" + b"".join(GO_LINE.replace(b"Peter", b"Peter%d" % number) for number in range(17)),
        b"a" * 70_000 + b"\n\n" + GO_LINE,
    ],
)
def test_refused_notes(data: bytes) -> None:
    with pytest.raises(EncodingError):
        parse_note(data)


def test_sixteen_signatures_are_accepted() -> None:
    data = GO_TEXT + b"\n" + b"".join(GO_LINE.replace(b"Peter", b"Peter%d" % number) for number in range(16))
    assert len(parse_note(data).signatures) == 16


@pytest.mark.parametrize("text", [b"", b"no newline", b"control \x1b\n", b"\xff\n", b"tab\t\n"])
def test_texts_that_are_not_signed(text: bytes) -> None:
    with pytest.raises(EncodingError):
        sign_text(text, "name", KEY)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\x00b"])
def test_names_that_are_not_written(name: str) -> None:
    signature = NoteSignature(name, bytes(4), bytes(64))
    with pytest.raises(EncodingError):
        format_note(Note(b"text\n", (signature,)))


def test_a_signature_names_its_key() -> None:
    signature = sign_text(b"text\n", "name", KEY)
    verify_text_signature(b"text\n", signature, KEY.public, "V3.C")
    forged = NoteSignature("name", key_id("name", ED25519, OTHER.public), signature.signature)
    for public, line in ((OTHER.public, signature), (OTHER.public, forged), (KEY.public, forged)):
        with pytest.raises(VerificationError) as refused:
            verify_text_signature(b"text\n", line, public, "V3.C")
        assert refused.value.code == "V3.C"


def test_the_name_is_part_of_the_key_id() -> None:
    signature = sign_text(b"text\n", "name", KEY)
    with pytest.raises(VerificationError, match="another key"):
        verify_text_signature(b"text\n", NoteSignature("eman", *_rest(signature)), KEY.public, "V3.B")


def _rest(signature: NoteSignature) -> tuple[bytes, bytes]:
    return signature.key_id, signature.signature


names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Z", "C"), exclude_characters="+"), min_size=1, max_size=9
)
lines = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
signatures = st.builds(NoteSignature, names, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80))


@given(
    st.lists(lines, min_size=1, max_size=4),
    st.lists(signatures, min_size=1, max_size=4, unique_by=lambda line: (line.name, line.key_id)),
)
def test_round_trip(text: list[str], signed: list[NoteSignature]) -> None:
    note = Note("".join(line + "\n" for line in text).encode(), tuple(signed))
    assert parse_note(format_note(note)) == note


@given(st.integers(0, len(SOFA) - 1), st.binary(max_size=2), st.integers(0, 2))
def test_a_changed_note_is_refused_or_written_back(at: int, inserted: bytes, dropped: int) -> None:
    data = SOFA[:at] + inserted + SOFA[at + dropped :]
    try:
        note = parse_note(data)
    except EncodingError:
        return
    assert format_note(note) == data


@given(st.binary(max_size=60))
def test_any_bytes_are_no_signature_line_or_are_written_back(data: bytes) -> None:
    for line in (data, "— ".encode() + data, "— a ".encode() + base64.b64encode(data) + b"\n"):
        try:
            signature = parse_signature(line)
        except EncodingError:
            continue
        assert format_note(Note(b"a\n", (signature,))) == b"a\n\n" + line
