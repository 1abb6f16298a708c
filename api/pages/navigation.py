"""Where each role can go. The first link of a role is the page it starts on."""

from dataclasses import dataclass
from typing import Final

from api.accounts.roles import Role
from ballots.screen.words import Said


@dataclass(frozen=True, slots=True)
class Place:
    """A page that stands in the navigation of some roles."""

    address: str
    said: Said
    roles: frozenset[Role]


def _place(address: str, zh: str, en: str, *roles: Role) -> Place:
    return Place(address, Said(zh, en), frozenset(roles))


WATCHING: Final = (Role.OFFICIAL, Role.CHIEF_SCRUTINEER, Role.SCRUTINEER, Role.OBSERVER)
"""Who sees the whole course of the session."""

PLACES: Final = (
    _place("/accounts", "账户", "Accounts", Role.ADMIN),
    _place("/setup", "准备会议", "Set up", Role.OFFICIAL),
    _place("/desk", "签到处", "Check-in desk", Role.DESK, Role.OFFICIAL),
    _place("/cards", "表决卡核对", "Cards", *(set(Role) - {Role.HALL, Role.ADMIN})),
    _place("/session", "会议总览", "The session", *WATCHING),
    _place("/waiting", "待会签", "To be signed", *WATCHING),
    _place("/hall", "大屏", "Hall screen", Role.HALL),
    _place("/hall/control", "会场大屏", "Hall screen", Role.OFFICIAL),
    _place("/stations", "终端和工作站", "Stations", Role.ADMIN, Role.OFFICIAL),
    _place("/publishing", "公示", "Publishing", Role.OFFICIAL, Role.OBSERVER),
    _place("/lookup", "查确认码", "Look up a code", *(set(Role) - {Role.HALL, Role.ADMIN})),
    _place("/me", "我的账户", "My account", *(set(Role) - {Role.HALL})),
)
"""In the order of the navigation."""


_WITHIN: Final = {"/contests": "/session"}
"""Pages that are reached from a place, and stand under another address."""


def is_at(place: Place, path: str) -> bool:
    """Whether the page at `path` belongs to a place."""
    return any(
        path == start or path.startswith(start + "/")
        for start in (place.address, *(start for start, address in _WITHIN.items() if address == place.address))
    )


def places_of(role: Role) -> tuple[Place, ...]:
    """The pages of a role."""
    return tuple(place for place in PLACES if role in place.roles)


def start_of(role: Role) -> str:
    """The page on which a role starts."""
    places = places_of(role)
    return places[0].address if places else "/"
