"""Why a proposal cannot enter the log as things stand, and what to do about it, in words for those who would sign it.

What replay would refuse anyway is told before anybody signs: a complete entry that is refused cannot be signed once
more, and would wait for ever.
"""

from dataclasses import dataclass
from typing import Final

from ballots.screen.problem_words import said_of
from ballots.screen.words import Said
from tally.entries.closing import ContestClosed
from tally.entries.contests import KioskRegistered
from tally.entries.envelope import Entry
from tally.entry_words.naming import titled
from tally.replay import refusal_whoever_signs
from tally.state import State

_GROWN: Final = Said(
    "签名之后日志又有新内容，这一份不能再会签。", "The log has grown since it was signed; it cannot be countersigned."
)
_AGAIN: Final = Said("请撤回，重新发起。", "Withdraw it, and propose it again.")
_LATER: Final = Said(
    "请先办完前面的步骤，再回来签名；如果已不再需要，请撤回。",
    "Take the steps before it, then come back and sign; withdraw it if it is no longer needed.",
)
_WITHDRAW: Final = Said("请撤回。", "Withdraw it.")
_VOTING: Final = Said(
    "“{title}”正在投票；投票期间不接纳新终端。", "Voting on {title} is going on; no kiosk is admitted meanwhile."
)
_AFTER_VOTING: Final = Said(
    "请等这项表决结束投票后再签名；在此之前请用已接纳的终端。",
    "Sign after this contest has closed; until then use the kiosks that are admitted already.",
)
_OTHER_BOX: Final = Said(
    "这台终端的票箱密钥与已接纳的终端不同。", "This kiosk has another ballot-box key than the admitted kiosks."
)
_COPY_BOX: Final = Said(
    "请撤回；把已接纳终端的 ballot-box.json 复制到这台终端，再重新申请。",
    "Withdraw it; copy ballot-box.json from an admitted kiosk to this one, and let it ask again.",
)
_KEY_KNOWN: Final = Said("这个密钥已经在日志中。", "This key is in the log already.")

_OUT_OF_DATE: Final = frozenset({"V3.A", "V9.A"})
_FOR_EVER: Final = frozenset({"V2.B", "V2.C", "V2.D", "V4.C", "V8.K", "V12.B"})


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a proposal cannot enter the log, what to do, and the exact words of the check (empty where none spoke).

    `final` says that no waiting helps: it is withdrawn, and proposed again where it is still wanted.
    """

    said: Said
    remedy: Said
    detail: str = ""
    final: bool = False


STUCK: Final = Hindrance(
    Said("签名已齐，但当时不能写入日志。", "Everybody has signed, but it could not enter the log at that time."),
    _AGAIN,
    final=True,
)
"""A complete proposal that waits still: the log refused it when the last signature came, and nobody can sign again."""


def hindrance_of(state: State, form: Entry) -> Hindrance | None:
    """What keeps a proposal from the log, whoever signs it; None when signatures are all that it needs.

    `form` is its draft read as an entry (:meth:`tally.entries.build.Draft.as_entry`).
    """
    body, seen = form.body, form.seen
    if isinstance(body, ContestClosed):
        # Ballots that wait for their batch enter before a closing; the sequencer alone can judge that.
        if seen is not None and (seen.size, seen.root) != (state.size, state.root):
            return Hindrance(_GROWN, _AGAIN, final=True)
        return None
    refusal = refusal_whoever_signs(state, form)
    if refusal is None:
        return None
    detail = str(refusal)
    if refusal.code in _OUT_OF_DATE or _acted_since(state, form):
        return Hindrance(_GROWN, _AGAIN, detail, final=True)
    if refusal.code == "V4.C":
        return Hindrance(_KEY_KNOWN, _WITHDRAW, detail, final=True)
    if isinstance(body, KioskRegistered):
        if refusal.code == "V8.K":
            return Hindrance(_OTHER_BOX, _COPY_BOX, detail, final=True)
        for held in state.contests.values():
            if held.is_voting:
                title = titled(held.contest.title.zh, held.contest.title.en)
                said = Said(_VOTING.zh.format(title=title.zh), _VOTING.en.format(title=title.en))
                return Hindrance(said, _AFTER_VOTING, detail)
    final = refusal.code in _FOR_EVER
    said = said_of(refusal)
    ended = Said(said.zh + "。", said.en + ".")
    return Hindrance(ended, _WITHDRAW if final else _LATER, detail, final=final)


def _acted_since(state: State, form: Entry) -> bool:
    """Whether somebody has acted on the same contest since this was signed (SPEC §8.5, rule 12)."""
    held = state.contests.get(str(getattr(form.body, "contest", "")))
    seen = form.seen
    return held is not None and seen is not None and seen.size <= held.last_act
