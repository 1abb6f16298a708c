"""A folder of pages while it is made: both languages, relative addresses, files under the digits of their content.

A page `log/2` becomes ``log/2.html`` (Chinese) and ``log/2.en.html``. Every address is relative, so that the folder
works under any address of a server, and from a stick.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final

from ballots.screen.assets import PREFIX, asset
from ballots.screen.pages import Pages
from ballots.screen.words import Language, Said

PAGES: Final = Pages("tally.board")
INDEX: Final = "index"
DIGITS: Final = 12

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'"
)
"""What a browser may do with a page of the board; it stands in the page, because nobody knows which server carries it.
"""

_FONT_FACE: Final = re.compile(rb"@font-face \{[^}]*\}\n?")
_NOBODY: Final = Said("", "")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the navigation, relative to the page that shows it."""

    address: str
    said: Said
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page, as the shared layout asks for it. Nobody is signed in."""

    home: str
    session: str
    fingerprint: str
    rehearsal: bool
    links: tuple[Link, ...]
    language_address: str
    person: str = ""
    role: Said = _NOBODY
    csrf: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be taken away: what it is, where it lies, its size and its hash."""

    said: Said
    path: str
    name: str
    size: int
    sha256: str


@dataclass(slots=True)
class Site:
    """The files of one audience's folder, by path. `places` are the pages of the navigation."""

    session: str
    fingerprint: str
    rehearsal: bool
    audience: Said
    places: tuple[tuple[str, Said], ...]
    fonts: bool = True
    files: dict[str, bytes] = field(default_factory=dict)

    def page(self, path: str, template: str, **values: object) -> None:
        """Draw a page in both languages."""
        for language in Language:
            at = _named(path, language)
            up = "../" * at.count("/")

            def to(page: str, anchor: str = "", *, up: str = up, language: Language = language) -> str:
                return f"{up}{_named(page, language)}{'#' if anchor else ''}{anchor}"

            def file(name: str, *, up: str = up) -> str:
                return up + name

            frame = Frame(
                home=to(INDEX),
                session=self.session,
                fingerprint=self.fingerprint,
                rehearsal=self.rehearsal,
                links=tuple(Link(to(place), said, _is_current(place, path)) for place, said in self.places),
                language_address=up + _named(path, language.other),
            )
            html = PAGES.render(
                template,
                language,
                frame=frame,
                policy=POLICY,
                to=to,
                file=file,
                asset=lambda name, up=up: up + self.asset(name),
                audience=self.audience,
                **values,
            )
            self.files[at] = html.encode("utf-8")

    def asset(self, name: str) -> str:
        """Copy a style sheet, script, picture or font into the folder; gives its path.

        Raises:
            KeyError: there is no such file; a page that asks for it is wrong.
        """
        files = _copied(name, fonts=self.fonts)
        self.files.update(files)
        return next(iter(files))

    def download(self, said: Said, name: str, content: bytes) -> Download:
        """Put a file into the folder."""
        path = f"files/{_digits(content)}/{name}"
        self.files[path] = content
        return Download(said, path, name, len(content), hashlib.sha256(content).hexdigest())


@cache
def _copied(name: str, *, fonts: bool) -> Mapping[str, bytes]:
    """The files that a page needs for one asset by path, the asset itself first.

    They are the same for every page of every board, and the fonts have megabytes: they are hashed once.
    """
    found = asset(name)
    if found is None:
        raise KeyError(name)
    content: bytes = found.content
    others: Mapping[str, bytes] = {}
    if name.endswith(".css"):
        content, others = _style(content, fonts=fonts)
    return MappingProxyType({f"assets/{_digits(content)}/{name}": content, **others})


def _style(content: bytes, *, fonts: bool) -> tuple[bytes, Mapping[str, bytes]]:
    """The style sheet with its fonts beside it, or without them; and the fonts by path."""
    if not fonts:
        return _FONT_FACE.sub(b"", content), {}
    files: dict[str, bytes] = {}
    for name in ("plenum-hei.otf", "plenum-song.otf"):
        copied = _copied(name, fonts=True)
        files.update(copied)
        marker = re.compile(re.escape(PREFIX.encode()) + rb"[0-9a-f]+/" + re.escape(name.encode()))
        content = marker.sub(next(iter(copied)).replace("assets/", "../", 1).encode(), content)
    return content, files


def _named(path: str, language: Language) -> str:
    return f"{path}.html" if language is Language.ZH else f"{path}.en.html"


def _is_current(place: str, path: str) -> bool:
    """Whether a page belongs to a place of the navigation: the place itself, or below its folder."""
    return place == path or (place.endswith("/" + INDEX) and path.startswith(place.removesuffix(INDEX)))


def _digits(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:DIGITS]
