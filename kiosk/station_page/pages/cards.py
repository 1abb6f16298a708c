"""Making cards before two scrutineers: numbers, sheets straight to the printer, public lists, erasing."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ballots.matrix import CLASS_FORM
from ballots.screen.words import Said
from kiosk.local_page.gate import PDF_HEADERS
from kiosk.station_page import forms
from kiosk.station_page.card_lists import CardLists
from kiosk.station_page.card_press import Deck
from kiosk.station_page.forms import Form, read_number, read_words
from kiosk.station_page.pages.contests import PROPOSED, ask
from kiosk.station_page.pages.watching import when_open
from kiosk.station_page.problems import Wrong, detail_of, said_of
from kiosk.station_page.station import Message, StationPage
from kiosk.station_page.web import Typed, attempt, form_of, page, station_of
from voting_core.errors import EncodingError, PlenumError
from voting_core.params import MAX_CREDENTIALS, MAX_SLOTS

SPARE_SLOTS: Final = 4
"""Contests that are not planned yet: run-offs, supplementary votes, a vote held again."""

MOST_DECKS: Final = 4
"""Rows of the form. More than four kinds of cards in one hall cannot be kept apart by people."""

MADE: Final = Said(
    "卡已制成。请打印，清点，再清除；清除之前不要关闭工作站",
    "The cards are made. Print them, count them, then erase; do not stop the station before that",
)
ERASED: Final = Said("已清除：这些卡再也不能打印", "Erased: these cards can never be printed again")
LOADED: Final = Said("名单已存入本机", "The lists are kept on this laptop")


async def cards(request: Request) -> Response:
    """The page about cards."""
    return _page(request, Typed(), None)


def _page(request: Request, form: Form, message: Message | None) -> Response:
    station = station_of(request)
    state = station.snapshot.state
    planned = sorted({name for contest in state.contests.values() for name in contest.contest.classes})
    lists = station.lists
    highest = max((contest.contest.slot + 1 for contest in state.contests.values()), default=0)
    return page(
        request,
        "cards",
        typed=form,
        planned=planned or ["delegate"],
        decks=range(MOST_DECKS),
        slots=min(MAX_SLOTS, highest + SPARE_SLOTS),
        max_slots=MAX_SLOTS,
        printed=station.printed,
        lists=[(name, lists.count(name), len(lists.classes[name])) for name in sorted(lists.classes)] if lists else [],
        lists_code=lists.code if lists else "",
        reserve=dict(state.reserve),
        can_make=state.key is not None,
        message=message,
        status=422 if message else 200,
    )


async def make(request: Request) -> Response:
    """Make the cards."""
    form, _ = await form_of(request)
    station = station_of(request)
    answer = await attempt(request, lambda: _make(station, form), done=MADE, then="/cards#print")
    return answer if isinstance(answer, Response) else _page(request, form, answer)


def _make(station: StationPage, form: Form) -> None:
    if "witnessed" not in form:
        raise Wrong("制卡须有第二名监票人在场，请勾选", "A second scrutineer must be there: tick that")
    if station.snapshot.state.key is None:
        raise Wrong("密钥生成之后才能制卡", "Cards are made after the key ceremony")
    slots = read_number(form, "slots", Said("可用于几项表决", "For how many contests"))
    if not 1 <= slots <= MAX_SLOTS:
        raise Wrong(f"表决项数从 1 到 {MAX_SLOTS}", f"1 to {MAX_SLOTS} contests")
    decks = tuple(deck for number in range(MOST_DECKS) if (deck := _deck(form, number)) is not None)
    cards = sum(deck.count for deck in decks)
    if not 1 <= cards <= MAX_CREDENTIALS:
        raise Wrong(
            f"请填写张数，合计不超过 {MAX_CREDENTIALS}", f"Say how many cards, {MAX_CREDENTIALS} in all at most"
        )
    known = station.lists.classes if station.lists else {}
    if "again" not in form and any(name in known for deck in decks for name in deck.classes):
        raise Wrong(
            "这一类的卡已经制过。再制一次，先前印好的卡都不能用；确要重新制卡，请勾选",
            "Cards of this class were made before. Made again, none of those printed votes: tick if you mean it",
        )
    station.make_cards(decks, slots, folded="folded" in form)


def _deck(form: Form, number: int) -> Deck | None:
    """One kind of cards, from the number drawn, for tests, and in reserve."""
    # Of a row that is begun, what is left empty is none: most have no reserve.
    parts = [key for kind in ("drawn", "test", "reserve") if form.get(key := f"{kind}_{number}", "").strip()]
    count = sum(read_number(form, key, Said(f"第 {number + 1} 行", f"Row {number + 1}")) for key in parts)
    if count == 0:
        return None
    label = read_words(form, f"label_{number}", Said("卡面字样", "Words on the card"))
    classes = tuple(form.get(f"classes_{number}", "").replace(",", " ").replace("，", " ").split())
    if not classes or not all(CLASS_FORM.fullmatch(name) for name in classes):
        raise Wrong("类别为小写字母、数字或下划线", "A class is written in small letters, digits and _")
    return Deck(label, classes, count)


async def sheet(request: Request) -> Response:
    """The sheets of one kind of cards, for the printer. No cache and no disk of ours keeps them."""
    printed, number = station_of(request).printed, int(request.path_params["number"])
    if printed is None or not 0 <= number < len(printed.made.sheets):
        raise HTTPException(404)
    return Response(
        printed.made.sheets[number].reveal(),
        media_type="application/pdf",
        headers=PDF_HEADERS,
    )


async def sample(request: Request) -> Response:
    """A sheet without secrets, to try printer, paper and knife before the cards are made."""
    station = station_of(request)
    if not station.snapshot.has_session:
        raise HTTPException(404)
    folded = request.query_params.get("folded") == "1"
    try:
        pdf = await run_in_threadpool(lambda: station.sample(folded=folded))
    except PlenumError as error:
        return _page(request, Typed(), Message("bad", said_of(error), detail_of(error)))
    return Response(pdf, media_type="application/pdf", headers=PDF_HEADERS)


async def erase(request: Request) -> Response:
    """Forget the sheets."""
    form, _ = await form_of(request)
    station = station_of(request)

    def work() -> None:
        if "counted" not in form:
            raise Wrong("请先清点印好的卡，再勾选", "Count the printed cards first, then tick")
        station.erase()

    answer = await attempt(request, work, done=ERASED, then="/cards")
    return answer if isinstance(answer, Response) else _page(request, form, answer)


async def download(request: Request) -> Response:
    """The public lists, for the second scrutineer's stick."""
    lists = station_of(request).lists
    if lists is None:
        raise HTTPException(404)
    headers = {"Content-Disposition": 'attachment; filename="cards.public.json"'}
    return Response(lists.to_bytes(), media_type="application/json", headers=headers)


async def load(request: Request) -> Response:
    """Take the lists that another scrutineer's station has made."""
    _, files = await form_of(request)
    station = station_of(request)
    answer = await attempt(request, lambda: _load(station, files.get("lists", b"")), done=LOADED, then="/cards")
    return answer if isinstance(answer, Response) else _page(request, Typed(), answer)


def _load(station: StationPage, data: bytes) -> None:
    try:
        lists = CardLists.from_bytes(data)
    except EncodingError as error:
        raise Wrong(f"这不是卡的公钥名单（{error}）", f"This is no file of card lists ({error})") from error
    station.keep_lists(lists)


async def reserve(request: Request) -> Response:
    """Seal the reserve of a class, jointly."""
    form, _ = await form_of(request)
    station = station_of(request)
    answer = await attempt(request, lambda: ask(station, forms.reserve(form)), done=PROPOSED, then="/cards")
    return answer if isinstance(answer, Response) else await run_in_threadpool(_page, request, form, answer)


ROUTES: Final = (
    Route("/cards", when_open(cards)),
    Route("/cards/make", when_open(make), methods=["POST"]),
    Route("/cards/sheet-{number:int}.pdf", when_open(sheet)),
    Route("/cards/sample.pdf", when_open(sample)),
    Route("/cards/erase", when_open(erase), methods=["POST"]),
    Route("/cards/lists.json", when_open(download)),
    Route("/cards/load", when_open(load), methods=["POST"]),
    Route("/cards/reserve", when_open(reserve), methods=["POST"]),
)
