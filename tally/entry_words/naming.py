"""Names of what entries speak of: contests by their titles, keys by whose they are."""

from ballots.screen.words import Said
from tally.state import State
from voting_core.codec import JsonObject

SHORT = 8
"""Digits by which a key is named where nobody knows whose it is."""


def title_of(state: State, contest: str) -> Said:
    """The title of a contest; its id before it is defined."""
    found = state.contests.get(contest)
    return Said(contest, contest) if found is None else titled(found.contest.title.zh, found.contest.title.en)


def titled(zh: str, en: str) -> Said:
    """A title; without an English one the Chinese words stand in both languages, because they are somebody's own."""
    return Said(zh, en or zh)


def defined_title(contest: JsonObject) -> Said:
    """The title of a contest that is about to be defined and that nobody has read yet."""
    title = contest.get("title")
    words = title if isinstance(title, dict) else {}
    zh, en = words.get("zh"), words.get("en")
    fallback = str(contest.get("id", ""))
    return titled(zh if isinstance(zh, str) and zh else fallback, en if isinstance(en, str) else "")


def trustee_name(state: State, index: int) -> str:
    """The name of a scrutineer; the number before the scrutineer has joined."""
    found = state.trustees.get(index)
    return found.name if found else f"#{index}"


def signer_of(state: State, key: bytes) -> Said:
    """Whose key it is."""
    index = state.trustee_index(key)
    if index is not None:
        return Said(f"监票人 {trustee_name(state, index)}", f"scrutineer {trustee_name(state, index)}")
    if key in state.officials:
        number = state.officials.index(key) + 1
        return Said(f"工作人员 {number}", f"official {number}")
    kiosk = state.kiosks.get(key)
    if kiosk is not None:
        return Said(f"终端 {kiosk.name}", f"kiosk {kiosk.name}")
    if key == state.box_key:
        return Said("票箱密钥", "the ballot box")
    return Said("一张表决卡", "a card") if key in state.credentials else Said("新加入者", "somebody new")
