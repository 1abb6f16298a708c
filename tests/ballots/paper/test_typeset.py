import sys
from datetime import date
from pathlib import Path

import pytest

from ballots.paper.typeset import TypesettingError, typeset, typeset_secret
from tally.strokes.table import known_characters
from tests.support.pdf import text_of
from voting_core.codec import JsonValue
from voting_core.errors import InputError
from voting_core.secret import Secret

DAY = date(2026, 12, 8)
PLAIN = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "t")
#set text(font: "Plenum Song", lang: "zh", region: "cn", fallback: false)
#data.text
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Makes a package with one template; gives a function that typesets it."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(source: str, data: JsonValue, *, secret: bool = False) -> bytes:
        folder = tmp_path / "printed_here"
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").write_text("")
        (folder / "a.typ").write_text(source, encoding="utf-8")
        sys.modules.pop("printed_here", None)
        if secret:
            return typeset_secret("printed_here", "a.typ", Secret(data), DAY).reveal()
        return typeset("printed_here", "a.typ", data, DAY)

    return make


def test_text_is_text_whatever_it_says(template) -> None:
    hostile = '#import "x": *  $ \\ *a* _b_ @c <d> "#eval(1)" [ ] { } // --- ...'
    assert text_of(template(PLAIN, {"text": hostile})) == "".join(hostile.split())


def test_the_same_data_give_the_same_bytes(template) -> None:
    data = {"text": "青岚县"}
    assert template(PLAIN, data) == template(PLAIN, data)


def test_the_file_carries_the_day_that_was_given(template) -> None:
    assert b"2026-12-08T00:00:00" in template(PLAIN, {"text": "青"})


def test_it_is_pdf_a_with_embedded_fonts(template) -> None:
    pdf = template(PLAIN, {"text": "青"})
    assert pdf.startswith(b"%PDF-1.7")
    assert b"pdfaid:part" in pdf
    assert b"PlenumSong" in pdf


def test_a_text_that_cannot_be_printed_is_named(template) -> None:
    with pytest.raises(InputError, match=r"a\.typ\.rows\[1\]"):
        template(PLAIN, {"text": "a", "rows": ["甲", "𠀀"]})


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (PLAIN + "#data.absent", "does not contain key"),
        (PLAIN + '#text(font: "Noto Serif CJK SC")[a]', "unknown font"),
        (PLAIN + '#read("/etc/passwd")', "not found"),
        (PLAIN + '#read("../../etc/passwd")', "escape"),
        (PLAIN + '#image("data.png")', "not found"),
    ],
)
def test_errors_and_warnings_print_nothing(template, source: str, words: str) -> None:
    with pytest.raises(TypesettingError, match=words):
        template(source, {"text": "a"})


def test_a_secret_is_not_in_the_error(template) -> None:
    with pytest.raises(TypesettingError) as caught:
        template(PLAIN + "#panic(data.text)", {"text": "hunter2"}, secret=True)
    assert "hunter2" not in f"{caught.value!r}{caught.value}{caught.value.__context__!r}{caught.value.__cause__!r}"
    with pytest.raises(TypesettingError, match="hunter2"):
        template(PLAIN + "#panic(data.text)", {"text": "hunter2"})


def test_a_secret_is_printed(template) -> None:
    assert text_of(template(PLAIN, {"text": "hunter2"}, secret=True)) == "hunter2"


@pytest.mark.parametrize("font", ["Plenum Song", "Plenum Hei"])
def test_every_character_is_printed_as_itself(template, font: str) -> None:
    characters = "".join(known_characters())
    assert text_of(template(PLAIN.replace("Plenum Song", font), {"text": characters})) == characters
