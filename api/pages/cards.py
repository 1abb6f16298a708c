"""The cards of each contest: whether they add up, shown to everybody who works here; and voiding what is left over.

The secrets of cards come in the body of one form and go nowhere: no page shows a line again, whatever became of it.
"""

import asyncio
from datetime import date
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.accounts.roles import Role
from api.acts.signing import Signer
from api.acts.voiding import Voided, void_cards
from api.errors import MissingError, SaidError
from api.pages.render import page
from api.policies import EVERYBODY_SIGNED_IN, Needs, account_of, form_of, page_router
from api.service import service_of
from api.services.card_voiding import MAX_BYTES, MAX_CARDS, Fate, Pile, voidable
from api.services.reconciliation import reconcile
from api.store.desk_queries import AttendanceCounts, counts_by_category
from ballots.paper.cards import CardTexts, sample_sheet
from ballots.screen.words import Said
from tally.entry_words.class_words import class_said
from tally.plan.evaluators import CLASS
from tally.state import ContestState, State
from voting_core.errors import InputError, StateError

router = page_router()

Everybody = Needs(*EVERYBODY_SIGNED_IN)
Officials = Needs(Role.OFFICIAL)
Voids = Needs(Role.OFFICIAL, form_bytes=MAX_BYTES)

_FORMS: Final = ("flat", "folded")
_SHEET: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_NO_PILE: Final = Said("请选择这些是什么卡", "Say what these cards are")
_NO_CONTEST: Final = Said("请至少选择一个表决事项", "Choose at least one contest")
_NO_CARD: Final = Said("没有扫描到卡。每张卡占一行", "No card was scanned. Each card is a line of its own")
_TOO_MANY: Final = Said("一次最多作废 {n} 张，请分几次办理", "At most {n} cards at a time; do it in several steps")
_WRONG_MOMENT: Final = Said(
    "所选的表决事项现在不能这样作废：剩余的卡在开始前作废，查验卡在开始后、结束投票前作废",
    "One of these contests does not take that now: left-over cards are voided before opening, cards for tests after it "
    "and before closing",
)


@router.get("/cards", dependencies=[Everybody])
async def cards(request: Request) -> Response:
    """The balance of every contest, those that are still to come first."""
    service = service_of(request)
    state = service.sequencer.view.log
    categories = dict(await asyncio.to_thread(service.reader.read, counts_by_category))
    people = sum(categories.values(), AttendanceCounts())
    found = [reconcile(state, one.id, people, categories) for one in _in_order(state)]
    return page(
        request,
        "cards/cards.html",
        contests=found,
        people=people,
        prints=account_of(request).role in (Role.OFFICIAL, Role.DESK) and state.session is not None,
        voids=account_of(request).role is Role.OFFICIAL,
    )


@router.get("/cards/sample-{form}.pdf", dependencies=[Needs(Role.OFFICIAL, Role.DESK)])
async def sample(request: Request, form: str) -> Response:
    """A sheet like those of the cards without a secret on it, to try printer and paper; `form` is flat or folded."""
    state = service_of(request).sequencer.view.log
    facts = state.session
    if form not in _FORMS or facts is None:
        raise MissingError("there is no such sheet, or no session yet")
    texts = CardTexts(
        title=facts.title,
        label=class_said(state, CLASS).zh,
        day=date.fromisoformat(facts.date),
        simulated=facts.simulated,
        folded=form == "folded",
    )
    return Response(await asyncio.to_thread(sample_sheet, texts), media_type="application/pdf", headers=_SHEET)


@router.get("/cards/void", dependencies=[Officials])
async def void_page(request: Request) -> Response:
    """The form for cards that lie on the table."""
    return _void_page(request)


@router.post("/cards/void", dependencies=[Voids])
async def void(request: Request) -> Response:
    """Void cards, and tell by line number what became of each."""
    form = form_of(request)
    signer = Signer(account_of(request), form.secret("password"))
    try:
        if form.text("pile") not in tuple(Pile):
            raise SaidError(_NO_PILE)
        contests = [one for one in form.every("contest") if one]
        if not contests:
            raise SaidError(_NO_CONTEST)
        done = await void_cards(service_of(request), signer, form.secret("cards"), Pile(form.text("pile")), contests)
    except SaidError as error:
        return _void_page(request, error=error)
    except InputError as error:
        said = _NO_CARD if "no card" in error.problem else _TOO_MANY.filled(n=MAX_CARDS)
        return _void_page(request, error=SaidError(said))
    except StateError:
        return _void_page(request, error=SaidError(_WRONG_MOMENT, status=409))
    return _void_page(request, done=done)


def _void_page(request: Request, *, error: SaidError | None = None, done: Voided | None = None) -> Response:
    state = service_of(request).sequencer.view.log
    before, after = voidable(state, Pile.LEFT_OVER), voidable(state, Pile.TEST)
    return page(
        request,
        "cards/void.html",
        status=error.status if error else 200,
        error=error.said if error else None,
        done=done,
        fates=Fate,
        titles={one.id: one.contest.title for one in state.contests.values()},
        piles=tuple(Pile),
        before=before,
        after=after,
        most=MAX_CARDS,
    )


def _in_order(state: State) -> list[ContestState]:
    """Contests by slot; those by hand have no cards and are left out."""
    return sorted((one for one in state.contests.values() if not one.is_by_hand), key=lambda one: one.contest.slot)
