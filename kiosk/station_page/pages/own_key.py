"""The scrutineer's own key: a copy on a stick, the proof that it opens, and its destruction at the end."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ballots.screen.words import Said
from kiosk.inbox import Request as Asked
from kiosk.station_page.board import is_over
from kiosk.station_page.key_backup import KEY_FILE, CopyState, check_copy, copy_of_key
from kiosk.station_page.pages.watching import when_open
from kiosk.station_page.problems import Wrong, detail_of, said_of
from kiosk.station_page.station import Message, StationPage
from kiosk.station_page.web import attempt, form_of, page, station_of
from tally.entries.entry_type import EntryType
from voting_core.errors import InputError
from voting_core.secret import Secret

DESTROYED: Final = Said(
    "密钥份额已销毁，并已签名声明。U盘上的备份也请销毁",
    "The share of the key is destroyed, and you have signed that it is. Destroy the copy on the stick too",
)
GOOD: Final = Said(
    "备份可用：已用口令打开，与本机密钥完全一致", "The copy is good: it opened, and holds what this laptop holds"
)

_BAD: Final = {
    CopyState.OLD: Said(
        "这份备份能打开，但比本机的旧（例如在密钥生成完成之前复制）。请重新下载一份，再试",
        "This copy opens, but is older than the key on this laptop. Download a new one and test that",
    ),
    CopyState.OTHER: Said("这份备份属于另一场会议或另一位监票人", "This copy is of another session or scrutineer"),
}


async def key(request: Request) -> Response:
    """The page about the key."""
    return _page(request, None)


def _page(request: Request, message: Message | None) -> Response:
    station = station_of(request)
    snapshot = station.snapshot
    contests = list(snapshot.state.contests.values())
    return page(
        request,
        "key",
        has_key=station.has_key,
        tested=station.backup_tested,
        finished=not any(contest.is_in_progress for contest in contests) and bool(contests),
        over=is_over(snapshot.state),
        destroyed=snapshot.index in snapshot.state.destroyed_keys,
        message=message,
        status=422 if message else 200,
    )


async def copy(request: Request) -> Response:
    """The encrypted key file, to be kept on a stick."""
    station = station_of(request)
    try:
        data = copy_of_key(station.directory)
    except InputError as error:
        return _page(request, Message("bad", said_of(error), detail_of(error)))
    headers = {"Content-Disposition": f'attachment; filename="scrutineer-{station.snapshot.index}-{KEY_FILE}"'}
    return Response(data, media_type="application/json", headers=headers)


async def test(request: Request) -> Response:
    """Open the copy as one would after a loss."""
    form, files = await form_of(request)
    station = station_of(request)
    passphrase = Secret(form.get("passphrase", ""))
    answer = await attempt(request, lambda: _test(station, files.get("copy", b""), passphrase), done=GOOD, then="/key")
    return answer if isinstance(answer, Response) else _page(request, answer)


def _test(station: StationPage, data: bytes, passphrase: Secret[str]) -> None:
    if not data:
        raise Wrong("请选择U盘上的备份文件", "Choose the copy on your stick")
    found = check_copy(data, passphrase, station.directory)
    if found is not CopyState.GOOD:
        raise Wrong(*_BAD[found])
    if station.snapshot.has_share:
        station.remember_tested()


async def destroy(request: Request) -> Response:
    """Destroy the share of the key, and sign that it is destroyed."""
    form, _ = await form_of(request)
    station = station_of(request)

    def work() -> None:
        if "sure" not in form:
            raise Wrong("销毁不能撤回，请先勾选", "This cannot be undone: tick first")
        station.do(lambda scrutineer: scrutineer.do(Asked(EntryType.KEY_DESTROYED, None)))

    answer = await attempt(request, work, done=DESTROYED, then="/key")
    return answer if isinstance(answer, Response) else _page(request, answer)


ROUTES: Final = (
    Route("/key", when_open(key)),
    Route("/key/copy", when_open(copy)),
    Route("/key/test", when_open(test), methods=["POST"]),
    Route("/key/destroy", when_open(destroy), methods=["POST"]),
)
