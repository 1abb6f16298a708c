"""Coming in: language, set-up, and the passphrase."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ballots.screen.words import Said, read_language
from kiosk.station_page.board import may_nobody_be_missing
from kiosk.station_page.forms import Form, read_number, read_words
from kiosk.station_page.key_backup import restore
from kiosk.station_page.problems import Wrong, detail_of, said_of
from kiosk.station_page.seat import Seat, check_new_passphrase
from kiosk.station_page.station import Message, StationPage
from kiosk.station_page.web import (
    LANGUAGE_COOKIE,
    Typed,
    attempt,
    form_of,
    go,
    own_address,
    show,
    station_of,
)
from voting_core.errors import PlenumError
from voting_core.params import MAX_TRUSTEES
from voting_core.secret import Secret

_YEAR_SECONDS: Final = 365 * 86_400


async def language(request: Request) -> Response:
    """Remember a language, and go back."""
    chosen = read_language(request.path_params["language"])
    answer = go(own_address(request.query_params.get("to", "/")))
    if chosen is not None:
        answer.set_cookie(LANGUAGE_COOKIE, chosen.value, max_age=_YEAR_SECONDS, httponly=True, samesite="strict")
    return answer


async def server(request: Request) -> Response:
    """Set-up, first step: where the server is."""
    station = station_of(request)
    if station.seat is not None:
        return go("/")
    message = None
    form: Form = Typed()
    if request.method == "POST":
        form, _ = await form_of(request)
        try:
            await run_in_threadpool(_find, station, form)
        except PlenumError as error:
            message = Message("bad", said_of(error), detail_of(error))
        else:
            return go("/setup/self")
    typed = {key: form[key] for key in ("server", "authority")}
    return show(request, "setup_server.html", typed=typed, message=message, status=422 if message else 200)


def _find(station: StationPage, form: Form) -> None:
    address, code = form["server"].strip(), form["code"].strip()
    if not address and not code:
        raise Wrong("请填写登记码，或服务地址", "Give the enrolment code, or the address of the server")
    if code == "-":
        # On a command line this means: scan it. Here it would wait for the terminal.
        raise Wrong("登记码不对", "This is no enrolment code")
    station.find(address, code, form["authority"].strip())


async def yourself(request: Request) -> Response:
    """Set-up, second step: who sits here, and the passphrase."""
    station = station_of(request)
    if station.seat is not None or station.found is None:
        return go("/")
    form: Form = {}
    message = None
    if request.method == "POST":
        form, files = await form_of(request)
        typed, copy = form, files.get("copy", b"")
        done = Said("工作站已就绪", "The station is ready")
        answer = await attempt(request, lambda: _sit_down(station, typed, copy), done=done, then="/")
        if isinstance(answer, Response):
            return answer
        message = answer
    session = station.found.session
    warning = may_nobody_be_missing(session.trustees, session.threshold) if session else None
    return show(
        request,
        "setup_self.html",
        found=station.found,
        warning=warning,
        typed={
            "name": form.get("name", station.found.name),
            "index": form.get("index", str(station.found.index or "")),
        },
        witness_only="witness_only" in form,
        message=message,
        status=422 if message else 200,
    )


def _sit_down(station: StationPage, form: Form, copy: bytes) -> None:
    if station.found is None:
        raise Wrong("请先填写服务地址", "Give the address of the server first")
    if copy:
        passphrase = Secret(form.get("passphrase", ""))
        lost = restore(copy, passphrase, station.directory)
        decrypts = "witness_only" not in form
        station.sit_down(
            Seat(server=station.found.address, name=lost.name, index=lost.index, decrypts=decrypts), passphrase
        )
        return
    session = station.found.session
    most = session.trustees if session else MAX_TRUSTEES
    index = read_number(form, "index", Said("编号", "Number"))
    if not 1 <= index <= most:
        raise Wrong(f"编号从 1 到 {most}", f"The number is from 1 to {most}")
    seat = Seat(
        server=station.found.address,
        name=read_words(form, "name", Said("姓名", "Name")),
        index=index,
        decrypts="witness_only" not in form,
    )
    station.sit_down(seat, _passphrase(station, form))


def _passphrase(station: StationPage, form: Form) -> Secret[str]:
    """The passphrase: of the key file that is there, or a new one, typed twice."""
    first = form.get("passphrase", "")
    if station.has_key:
        return Secret(first)
    return check_new_passphrase(first, form.get("again", ""))


async def unlock(request: Request) -> Response:
    """Coming back: the passphrase, and the station is where it was."""
    station = station_of(request)
    if station.seat is None or station.worker is not None:
        return go("/")
    message = None
    if request.method == "POST":
        form, _ = await form_of(request)
        seat = station.seat
        done = Said("已打开，工作站从上次的地方继续", "Open: the station goes on where it was")
        answer = await attempt(request, lambda: station.sit_down(seat, _passphrase(station, form)), done=done, then="/")
        if isinstance(answer, Response):
            return answer
        message = answer
    return show(
        request,
        "unlock.html",
        seat=station.seat,
        has_key=station.has_key,
        message=message,
        status=422 if message else 200,
    )


ROUTES: Final = (
    Route("/language/{language}", language),
    Route("/setup", server, methods=["GET", "POST"]),
    Route("/setup/self", yourself, methods=["GET", "POST"]),
    Route("/unlock", unlock, methods=["GET", "POST"]),
)
