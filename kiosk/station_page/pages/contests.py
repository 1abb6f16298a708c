"""One contest: its steps, and a page for each thing that the scrutineer does in it."""

from collections.abc import Callable
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ballots.screen.ballot import button_of
from ballots.screen.words import Said
from ballots.void_reasons import VoidReason
from kiosk.comparison import root_code
from kiosk.inbox import Request as Asked
from kiosk.local_page.gate import PDF_HEADERS
from kiosk.station_page import board, forms
from kiosk.station_page.card_lists import run_code
from kiosk.station_page.forms import Form
from kiosk.station_page.pages.watching import when_open
from kiosk.station_page.problems import Wrong
from kiosk.station_page.report_view import report_view
from kiosk.station_page.scan_file import comparison_typed, sheet_typed
from kiosk.station_page.station import Message, StationPage
from kiosk.station_page.web import Typed, attempt, contest_of, form_of, page, station_of
from kiosk.trustee_tally import awaits_kiosks
from tally.entries.bodies import TYPES
from tally.entries.closing import KioskLost
from tally.entries.reading import Body
from tally.entry_words.reasons import ABANDONED
from tally.replay.card_balance import card_balances
from tally.report.build import contest_documents
from tally.report.document_words import PRINTED
from tally.report.facts import contest_facts, provenance, session_facts
from tally.report.render_pdf import document_pdf
from tally.state import ContestState, State, Status
from voting_core.errors import PlenumError

PROPOSED: Final = Said(
    "已签名。等另一位监票人核对并签名后进入日志；若对方已提出完全相同的内容，现已生效",
    "Signed. It enters the log when another scrutineer has compared and signed it; if they had proposed the very same,"
    " it is done",
)

_Read = Callable[[Form, ContestState], Body]


def contest_values(request: Request) -> dict[str, Any]:
    """What every page of a contest shows at its head."""
    station, contest = station_of(request), contest_of(request)
    snapshot = station.snapshot
    closing, balances = contest.closing, card_balances(snapshot.state, contest.id)
    kiosks = [
        {
            "name": snapshot.state.kiosks[key].name,
            "key": key.hex(),
            "report": contest.reports.get(key),
            "lost": key in contest.lost,
            "waiting": snapshot.queues.get(contest.id, {}).get(key),
        }
        for key in _kiosks_of(snapshot.state, contest)
    ]
    return {
        "contest": contest,
        "rows": contest.contest.rows,
        "marks": [button_of(contest.contest, mark).said for mark in contest.contest.marks],
        "steps": board.steps(snapshot, contest),
        "progress": board.progress(snapshot.state, contest),
        "equations": balances,
        "kiosks": kiosks,
        "to_compare": board.is_to_compare(snapshot, contest),
        "waits_for_kiosks": _waits(contest),
        "root_code": root_code(closing.root) if closing and not awaits_kiosks(contest, closing) else "",
        "issued": sum(item.generated for item in balances),
        "bad_shares": [snapshot.state.trustees[index].name for index in contest.bad_shares],
        "verifiers": [snapshot.state.trustees[index].name for index in sorted(contest.verified)],
        "has_verified": snapshot.index in contest.verified or contest.id in snapshot.signed_roots,
    }


def _kiosks_of(state: State, contest: ContestState) -> tuple[bytes, ...]:
    """The kiosks that have to report on a contest, or that it cannot be closed without while voting pauses."""
    if contest.closing is not None:
        return contest.closing.kiosks
    paused = contest.status is Status.PAUSED and not contest.is_by_hand
    return tuple(sorted(state.kiosks)) if paused else ()


def _waits(contest: ContestState) -> bool:
    if contest.closing is None:
        return contest.status is Status.PAUSED and not contest.is_by_hand
    return awaits_kiosks(contest, contest.closing)


async def contest(request: Request) -> Response:
    """A contest and where it stands."""
    return page(request, "contest", around="contest", **contest_values(request))


FILLED: Final = Said(
    "已填入扫描的数目，尚未签名：请与扫描所得核对，再签名",
    "The scanned numbers are filled in and nothing is signed yet: compare them, then sign",
)

_Fill = Callable[[bytes, ContestState], dict[str, str]]


def asking(name: str, read: _Read, fill: _Fill | None = None) -> Callable[[Request], Any]:
    """A page with a form whose body two scrutineers sign. `fill` puts the findings of a scan into it, to be signed."""

    async def handler(request: Request) -> Response:
        station, held = station_of(request), contest_of(request)
        form: Form = Typed()
        message = None
        if request.method == "POST":
            form, files = await form_of(request)
            if fill is not None and "scan" in files:
                return _filled(request, name, held, fill, files["scan"])
            typed = form
            answer = await attempt(
                request, lambda: ask(station, read(typed, held)), done=PROPOSED, then=f"/contests/{held.id}"
            )
            if isinstance(answer, Response):
                return answer
            message = answer
        return _form_page(request, name, form, message)

    return handler


def _filled(request: Request, name: str, held: ContestState, fill: _Fill, content: bytes) -> Response:
    try:
        form = Typed(fill(content, held))
    except Wrong as error:
        return _form_page(request, name, Typed(), Message("bad", error.said))
    return _form_page(request, name, form, Message("good", FILLED))


def _form_page(request: Request, name: str, form: Form, message: Message | None) -> Response:
    return page(
        request,
        name,
        around="contest_head",
        typed=form,
        reasons=ABANDONED,
        void_reasons=list(VoidReason),
        message=message,
        status=422 if message and message.kind == "bad" else 200,
        **contest_values(request),
    )


def ask(station: StationPage, body: Body) -> None:
    """Propose an entry, or sign what another scrutineer has proposed with exactly this body."""
    request = Asked(TYPES[type(body)], body)
    station.do(lambda scrutineer: scrutineer.do(request))


async def compare(request: Request) -> Response:
    """Confirm the closed root by typing the code that was heard."""
    station, held = station_of(request), contest_of(request)
    message = None
    if request.method == "POST":
        form, _ = await form_of(request)
        done = Said("已签名：根值与您听到的一致", "Signed: the root is the one you heard")
        answer = await attempt(request, lambda: _confirm(station, form, held), done=done, then=f"/contests/{held.id}")
        if isinstance(answer, Response):
            return answer
        message = answer
    return _form_page(request, "compare", Typed(), message)


def _confirm(station: StationPage, form: Form, held: ContestState) -> None:
    compared = forms.comparison(form, held)
    if "numbers" not in form:
        raise Wrong("请先核对票数，再勾选", "Compare the numbers first, then tick")
    station.do(lambda scrutineer: scrutineer.confirm(compared))


async def kiosks(request: Request) -> Response:
    """Which kiosks have reported, and declaring one lost."""
    station, held = station_of(request), contest_of(request)
    message = None
    if request.method == "POST":
        form, _ = await form_of(request)
        answer = await attempt(
            request, lambda: _lose(station, form, held), done=PROPOSED, then=f"/contests/{held.id}/kiosks"
        )
        if isinstance(answer, Response):
            return answer
        message = answer
    return _form_page(request, "kiosks", Typed(), message)


def _lose(station: StationPage, form: Form, held: ContestState) -> None:
    if "searched" not in form:
        raise Wrong("请先找到或确认无法找回该终端，再勾选", "Look for the kiosk first, then tick")
    known = {key.hex(): key for key in _kiosks_of(station.snapshot.state, held)}
    if form.get("kiosk", "") not in known:
        raise Wrong("请选择终端", "Choose a kiosk")
    ask(station, KioskLost(held.id, known[form["kiosk"]]))


async def cards(request: Request) -> Response:
    """Register the lists that were made for this contest."""
    station, held = station_of(request), contest_of(request)
    bodies = station.lists.to_issue(station.snapshot.state, held) if station.lists else ()
    message = None
    if request.method == "POST":
        form, _ = await form_of(request)
        wanted = form.get("class", "")

        def work() -> None:
            for body in bodies:
                if body.class_id == wanted:
                    ask(station, body)
                    return
            raise Wrong("该名单已登记", "This list is registered already")

        answer = await attempt(request, work, done=PROPOSED, then=f"/contests/{held.id}/cards")
        if isinstance(answer, Response):
            return answer
        message = answer
    to_issue = [(body.class_id, len(body.keys) // 32, run_code(body)) for body in bodies]
    return page(
        request,
        "contest_cards",
        around="contest_head",
        to_issue=to_issue,
        missing=board.missing_lists(station.snapshot.state, held),
        message=message,
        status=422 if message else 200,
        **contest_values(request),
    )


async def report(request: Request) -> Response:
    """The report with the rules' steps, and signing it after it was read."""
    station, held = station_of(request), contest_of(request)
    message = None
    if request.method == "POST":
        form, _ = await form_of(request)
        done = Said("报告单已签署", "The report is signed")
        answer = await attempt(
            request, lambda: _sign_report(station, form, held), done=done, then=f"/contests/{held.id}/report"
        )
        if isinstance(answer, Response):
            return answer
        message = answer
    snapshot = station.snapshot
    view = report_view(snapshot.state, held)
    return page(
        request,
        "report",
        around="contest_head",
        view=view,
        documents=_documents(snapshot.state, held) if view else [],
        printed=PRINTED,
        has_signed=snapshot.index in held.signers,
        signers=[snapshot.state.trustees[index].name for index in sorted(held.signers)],
        message=message,
        status=422 if message else 200,
        **contest_values(request),
    )


def _sign_report(station: StationPage, form: Form, held: ContestState) -> None:
    if "read" not in form:
        raise Wrong("请先阅读报告单，再勾选", "Read the report first, then tick")
    try:
        seen = bytes.fromhex(form.get("seen", ""))
    except ValueError:
        raise Wrong("请重新打开此页", "Open this page again") from None
    station.do(lambda scrutineer: scrutineer.sign_report(held.id, seen))


async def report_pdf(request: Request) -> Response:
    """One document of the report on paper."""
    station, held = station_of(request), contest_of(request)
    number = int(request.path_params["number"])
    if report_view(station.snapshot.state, held) is None:
        raise HTTPException(404)
    documents = _documents(station.snapshot.state, held)
    if not 0 <= number < len(documents):
        raise HTTPException(404)
    try:
        pdf = await run_in_threadpool(document_pdf, documents[number])
    except PlenumError:
        raise HTTPException(404) from None
    return Response(pdf, media_type="application/pdf", headers=PDF_HEADERS)


def _documents(state: Any, held: ContestState) -> list[Any]:
    return list(contest_documents(contest_facts(state, held.id), session_facts(state), provenance(state, held.id)))


_BOTH: Final = ["GET", "POST"]
ROUTES: Final = (
    Route("/contests/{contest}", when_open(contest)),
    Route("/contests/{contest}/attendance", when_open(asking("attendance", forms.attendance)), methods=_BOTH),
    Route("/contests/{contest}/cards", when_open(cards), methods=_BOTH),
    Route("/contests/{contest}/kiosks", when_open(kiosks), methods=_BOTH),
    Route("/contests/{contest}/compare", when_open(compare), methods=_BOTH),
    Route("/contests/{contest}/sheet", when_open(asking("sheet", forms.sheet, sheet_typed)), methods=_BOTH),
    Route("/contests/{contest}/paper", when_open(asking("paper", forms.paper, comparison_typed)), methods=_BOTH),
    Route("/contests/{contest}/abandon", when_open(asking("abandon", forms.abandonment)), methods=_BOTH),
    Route("/contests/{contest}/report", when_open(report), methods=_BOTH),
    Route("/contests/{contest}/report/{number:int}.pdf", when_open(report_pdf)),
)
