"""Looking up a confirmation code at the running server: what became of the ballot, with its proof."""

import asyncio

from fastapi import Request
from starlette.responses import Response

from api.errors import SaidError
from api.pages.render import page
from api.policies import Public, PublicForm, form_of, page_router
from api.public_service import public_of
from api.services.ballot_lookup import Answer, answer_for
from ballots.screen.words import Said
from tally.board.audience import Audience
from voting_core.errors import InputError

router = page_router()

NO_CODE = Said(
    "这不是确认码。请照回执输入二十个字母和数字",
    "This is no confirmation code. Type the twenty letters and digits of your receipt",
)


@router.get("/lookup", dependencies=[Public])
async def ask(request: Request) -> Response:
    """The form."""
    return _page(request, None, None)


@router.post("/lookup", dependencies=[PublicForm])
async def look(request: Request) -> Response:
    """The answer. The code travels in the form, so that no address and no history has it."""
    try:
        found = await asyncio.to_thread(answer_for, public_of(request), form_of(request).text("code"))
    except InputError:
        return _page(request, None, NO_CODE, status=422)
    except SaidError as error:
        return _page(request, None, error.said, status=error.status)
    return _page(request, found, None)


def _page(request: Request, answer: Answer | None, error: Said | None, *, status: int = 200) -> Response:
    board = public_of(request).boards.find(Audience.PUBLIC, "") is not None
    return page(request, "lookup.html", status=status, answer=answer, error=error, board=board)
