"""Style sheets, scripts and letters of the screens, under addresses that change when their content does.

An address has the first digits of the file's hash in it: browsers may keep a file for ever and never show an old one.
"""

import hashlib
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

PREFIX: Final = "/static/"
_DIGITS: Final = 12

_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "otf": "font/otf",
}

_FONTS: Final = {"plenum-hei.otf", "plenum-song.otf"}


class Asset(NamedTuple):
    """A file of the screens and its media type."""

    content: bytes
    media_type: str


@cache
def asset(name: str) -> Asset | None:
    """The file with this name, or None. Names have no folders, so none leads out of here."""
    stem, point, ending = name.rpartition(".")
    if not point or ending not in _TYPES or not stem.replace("-", "").isalnum():
        return None
    package, folder = ("ballots.paper", "fonts") if name in _FONTS else ("ballots.screen", "static")
    file = resources.files(package) / folder / name
    if not file.is_file():
        return None
    content = file.read_bytes()
    if ending == "css":
        content = _with_fonts(content)
    return Asset(content, _TYPES[ending])


@cache
def address_of(name: str) -> str:
    """The address of a file, with the digits of its content.

    Raises:
        KeyError: there is no such file; a page that asks for it is wrong.
    """
    found = asset(name)
    if found is None:
        raise KeyError(name)
    return f"{PREFIX}{hashlib.sha256(found.content).hexdigest()[:_DIGITS]}/{name}"


def at_address(digits: str, name: str) -> Asset | None:
    """The file at an address; None when there is none, or its content has other digits."""
    found = asset(name)
    return found if found is not None and address_of(name) == f"{PREFIX}{digits}/{name}" else None


def _with_fonts(style: bytes) -> bytes:
    """The style sheet with the addresses of the letters, which it names as `font:plenum-hei.otf`."""
    for name in _FONTS:
        if (marker := f"font:{name}".encode()) in style:
            style = style.replace(marker, address_of(name).encode())
    return style
