"""Text of files that organisations have: UTF-8 with or without byte order mark, and GB18030 from old Excel."""

import unicodedata
from typing import Final

from tally.plan.problems import Problems, shown
from voting_core.params import MAX_TEXT

_SAVE_AGAIN: Final = 'Save it again as "CSV UTF-8"'
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_OTHER_MARKS: Final = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


def decode_text(name: str, data: bytes, problems: Problems) -> str | None:
    """Give the text of a file without its byte order mark, or note why it has none."""
    for mark, encoding in _OTHER_MARKS:
        if data.startswith(mark):
            problems.add(name, f"is written in {encoding}", _SAVE_AGAIN)
            return None
    if b"\0" in data:
        problems.add(name, "holds zero bytes, so it is not a text file", _SAVE_AGAIN)
        return None
    if data.startswith(_UTF8_MARK):
        return _strict(name, data[len(_UTF8_MARK) :], "UTF-8", problems)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # GB18030 gives characters for most byte runs, so it is tried only where UTF-8 is certain not to be meant.
        text = _strict(name, data, "GB18030", problems)
    if text is not None and any(_is_unknown(char) for char in text.partition("\n")[0]):
        # A header that nobody can read is the sign of a third encoding, such as Big5.
        problems.add(f"{name}, line 1", "is neither UTF-8 nor GB18030", _SAVE_AGAIN)
        return None
    return text


def _strict(name: str, data: bytes, encoding: str, problems: Problems) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = "is not UTF-8" if encoding == "UTF-8" else "is neither UTF-8 nor GB18030"
        problems.add(f"{name}, line {line}", problem, _SAVE_AGAIN)
        return None


def clean_text(place: str, value: str, problems: Problems, *, limit: int = MAX_TEXT) -> str:
    """Give a field in Unicode normal form C, trimmed, and note what cannot be printed on a ballot."""
    text = unicodedata.normalize("NFC", value.strip())
    if len(text) > limit:
        problems.add(place, f"{shown(text)} has {len(text)} characters", f"Shorten it to {limit}")
        return text[:limit]
    for char in text:
        problem = _unprintable(char)
        if problem:
            problems.add(place, f"{shown(text)} holds U+{ord(char):04X}, {problem}", "Type the field again without it")
            break
    return text


def _unprintable(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return "a line break or control character"
    # Invisible characters make two names that look alike differ, and can turn the direction of a line on the screen.
    if category == "Cf":
        return "a character that cannot be seen"
    return "a character that other machines cannot show" if _is_unknown(char) else ""


def _is_unknown(char: str) -> bool:
    return unicodedata.category(char) in ("Co", "Cn", "Cs") or char == "\ufffd"
