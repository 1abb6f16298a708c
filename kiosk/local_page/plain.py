"""Pages for when there is nothing else to show: one sentence in both languages, and the way back to the start."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ballots.screen.pages import Pages
from ballots.screen.words import Language, Said

_PAGES: Final = Pages("kiosk.local_page")

_NO_LINK: Final = Said(
    "打开这一页需要一条新的链接：在启动它的窗口按回车键，或看它文件夹里的 .link 文件（只有启动它的人能读）。",
    "This page needs a new link: press Enter in the window in which it was started, or take it from the .link file in"
    " its folder, which only who started it can read.",
)
_ELSEWHERE: Final = Said("请从本机的首页进入。", "Come in by the start page of this machine.")
_FAILED: Final = Said(
    "程序出错，刚才的操作可能没有完成。请回到首页再看一遍；仍不行的，请告诉工作人员。",
    "The program failed, and what you did may not be done. Go back to the start and look; if it fails again, tell the"
    " staff.",
)
BACK: Final = Said("回到首页", "Back to the start")
_OTHERWISE: Final = Said("这里什么都没有。", "There is nothing here.")

WORDS: Final[Mapping[str, Said]] = {
    "token": _NO_LINK,
    "host": _ELSEWHERE,
    "origin": _ELSEWHERE,
    "site": _ELSEWHERE,
    "csrf": Said("表单已过时，没有执行。请从首页重新开始。", "The form is out of date; nothing was done. Begin again."),
    "size": Said("发送的内容太大，没有接收。", "What was sent is too large; it was not taken."),
    "method": Said("这个地址不能直接打开。", "This address cannot be opened by itself."),
    "failed": _FAILED,
    "open": Said("已打开，请继续。", "It is open; go on."),
}
"""What is said, by the one word for the reason."""


def plain_page(word: str, status: int) -> Response:
    """The page that says why nothing else is shown; `word` stands in it for whoever looks into the matter."""
    said = WORDS.get(word, _OTHERWISE)
    text = _PAGES.render("plain.html", Language.ZH, said=said, back=BACK, word=word, status=status)
    return HTMLResponse(text, status)


async def refused(_request: Request, error: Exception) -> Response:
    """The answer to an address that is not there, or not for this."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    word = "csrf" if status == 403 else {405: "method", 413: "size"}.get(status, "missing")
    return plain_page(word, status)


async def failed(_request: Request, _error: Exception) -> Response:
    """A defect of the program. What it says goes to the terminal, never to the page."""
    return plain_page("failed", 500)


HANDLERS: Final[Mapping[Any, Any]] = {HTTPException: refused, 500: failed}
"""For the applications of both stations."""
