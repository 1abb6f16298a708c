"""What stands around every page: who sits here, which session, where one can go."""

from dataclasses import dataclass
from typing import Final

from ballots.screen.words import Language, Said
from kiosk.station_page.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Link:
    """A place of the navigation."""

    said: Said
    address: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The values of the shared layout."""

    home: str = "/"
    theme: str = ""
    session: str
    fingerprint: str = ""
    person: str
    role: Said
    language_address: str
    rehearsal: bool
    links: tuple[Link, ...]
    csrf: str


PLACES: Final = (
    (Said("概览", "Overview"), "/"),
    (Said("生成密钥", "Key ceremony"), "/ceremony"),
    (Said("表决卡", "Cards"), "/cards"),
    (Said("日志", "Log"), "/log"),
    (Said("我的密钥", "My key"), "/key"),
)


def frame_of(snapshot: Snapshot, path: str, language: Language, csrf: str, *, is_open: bool) -> Frame:
    """The frame of a page. Before the passphrase was typed there is nowhere to go."""
    state = snapshot.state
    facts = state.session
    links = tuple(Link(said, address, _is_current(path, address)) for said, address in PLACES) if is_open else ()
    if is_open:
        contests = sorted(state.contests.values(), key=lambda contest: contest.contest.slot)
        links += tuple(
            Link(
                Said(contest.contest.title.zh, contest.contest.title.en or contest.contest.title.zh),
                f"/contests/{contest.id}",
                _is_current(path, f"/contests/{contest.id}"),
            )
            for contest in contests
        )
    return Frame(
        session=facts.title if facts else "",
        person=f"{snapshot.index} {snapshot.name}" if is_open else "",
        role=Said("监票人", "Scrutineer"),
        language_address=f"/language/{language.other.value}?to={path}",
        rehearsal=bool(facts and facts.simulated),
        links=links,
        csrf=csrf,
    )


def _is_current(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(f"{address}/"))
