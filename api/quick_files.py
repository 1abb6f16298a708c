"""The public board, answered from memory before any route is looked for: when a result is published, everybody asks at
once, and the same few files.

What is here is what the route for everybody would answer (:mod:`api.pages.board`), whose rules it follows: the folder
of the public alone, the same headers. Files that are not small go to that route, which sends them from the disk.
"""

import asyncio
from collections import OrderedDict
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from api.pages.board import headers_of, is_download, media_type_of
from api.public_service import PublicService
from api.services.boards import Shelved
from tally.board.audience import Audience

FOLDER: Final = "/board/"

MAX_FILE_BYTES: Final = 256 * 1024
"""Pages and style sheets are far smaller; printed results, records and letters are larger."""

MEMORY_BYTES: Final = 32 * 2**20
"""Of all files that are kept: the pages of a session with fifty contests in both languages."""

_Kept = tuple[list[tuple[bytes, bytes]], bytes]


class QuickFiles:
    """An application before which small public files are answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(FOLDER):
            service = getattr(scope["app"].state, "service", None)
            kept = await self._find(service, scope["path"]) if isinstance(service, PublicService) else None
            if kept is not None:
                await _answer(kept, scope, send)
                return
        await self._app(scope, receive, send)

    async def _find(self, service: PublicService, path: str) -> _Kept | None:
        found = service.boards.find(Audience.PUBLIC, path.removeprefix(FOLDER))
        if found is None or is_download(found):
            return None
        # The same bytes may lie under two names; headers depend on the name.
        key = f"{found.sha256} {found.path.name} {found.immutable}"
        if (kept := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return kept
        content = await asyncio.to_thread(_read, found.path)
        return None if content is None else self._keep(key, _made(found, content))

    def _keep(self, key: str, made: _Kept) -> _Kept:
        if key not in self._kept:
            self._bytes += len(made[1])
        self._kept[key] = made
        while self._bytes > MEMORY_BYTES:
            _, (_, gone) = self._kept.popitem(last=False)
            self._bytes -= len(gone)
        return made


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.stat().st_size <= MAX_FILE_BYTES else None
    except OSError:
        return None


def _made(found: Shelved, content: bytes) -> _Kept:
    headers = {
        **headers_of(found, Audience.PUBLIC),
        "Content-Type": media_type_of(found),
        "Content-Length": str(len(content)),
    }
    return [(name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in headers.items()], content


async def _answer(kept: _Kept, scope: Scope, send: Send) -> None:
    headers, content = kept
    tag = dict(headers)[b"etag"]
    if any(name == b"if-none-match" and value == tag for name, value in scope["headers"]):
        without = [item for item in headers if item[0] not in (b"content-length", b"content-type")]
        await send({"type": "http.response.start", "status": 304, "headers": without})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": content})
