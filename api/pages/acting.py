"""What pages with acts share: doing an act, and showing what became of it."""

from collections.abc import Awaitable
from typing import Final

from fastapi import Request

from api.acts.signing import Signer
from api.acts.standing import NameClashError
from api.errors import SaidError
from api.policies import account_of, form_of
from api.schemas.answers import ProposalStatus
from ballots.screen.problem_words import said_of
from ballots.screen.words import Said
from voting_core.errors import FatalError, PlenumError

DONE: Final = {
    "accepted": Said("已写入日志", "It is in the log"),
    "waiting": Said("已签名，等待其他人会签", "Signed; it waits for the others"),
    "withdrawn": Said("已撤回", "Withdrawn"),
}
"""What a page says after an act, by the word in its address."""


class Refused(Exception):
    """An act that was not done: what to say, the exact words of the check, and the status."""

    def __init__(self, said: Said, detail: str, status: int, *, clash: bool = False) -> None:
        super().__init__(said.en)
        self.said = said
        self.detail = detail
        self.status = status
        self.clash = clash


def signer_of_form(request: Request) -> Signer:
    """Who signs: the official that is signed in, with the password that was just typed."""
    return Signer(account_of(request), form_of(request).secret("password"))


async def done(work: Awaitable[ProposalStatus | None]) -> str:
    """Do an act; gives the word for the address of the page that is shown next.

    Raises:
        Refused: it was not done, and nothing was changed.
    """
    try:
        status = await work
    except NameClashError as error:
        raise Refused(error.said, "", error.status, clash=True) from error
    except SaidError as error:
        raise Refused(error.said, "", error.status) from error
    except FatalError:
        raise
    except PlenumError as error:
        raise Refused(said_of(error), str(error), 409) from error
    if status is not None and status.status == "waiting":
        return "waiting"
    return "accepted"


def note_of(request: Request) -> Said | None:
    """What the page says of the act that led to it."""
    return DONE.get(request.query_params.get("done", ""))
