"""What may happen to a mandate: the event, what it does, who decides it, and the article (2008 tenure regulation).

* The words of the events are those of the instruments and stand in the column 事项.
* Who decides is a list: where the regulation and the rule of a pilot part, both are accepted and the first is given
  as the answer. For suspension and its end only the pilot's local rule speaks.
* The order of :data:`EVENTS` is the order in which changes of one day take effect.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tally.roll.standing import Status
from tally.rules.ruleset import Article, Certainty


class Decider(StrEnum):
    """Who decides a change. `NONE`: it follows from the facts and needs no decision."""

    COMMITTEE = "committee"
    CREDENTIALS_COMMITTEE = "credentials_committee"
    ELECTING_UNIT = "electing_unit"
    CONGRESS = "congress"
    NONE = "none"

    @property
    def word(self) -> str:
        """The word in the column 决定机关."""
        return _DECIDER_WORDS[self]


_DECIDER_WORDS: Final = {
    Decider.COMMITTEE: "党委",
    Decider.CREDENTIALS_COMMITTEE: "代表资格审查委员会",
    Decider.ELECTING_UNIT: "选举单位",
    Decider.CONGRESS: "代表大会",
    Decider.NONE: "无须决定",
}
DECIDERS: Final = {word: decider for decider, word in _DECIDER_WORDS.items()}

SUPERIOR_COMMITTEE: Final = "superior_committee"
SUPERIOR_WORD: Final = "上级党委"
"""The word in the column 报备; the column is empty where nothing is filed."""


class Effect(StrEnum):
    """What an event changes. Credentials that are found in order change nothing that a roll shows."""

    STATUS = "status"
    CREDENTIALS = "credentials"
    RIGHTS_SUSPENDED = "rights_suspended"
    RIGHTS_RESTORED = "rights_restored"
    LEAVE = "leave"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One kind of event. `status` is the status after it, None where the event does not touch the status.

    `after` are the statuses that it may follow, None among them for somebody who is not a delegate yet.
    """

    word: str
    english: str
    effect: Effect
    article: Article
    status: Status | None = None
    after: tuple[Status | None, ...] = ()
    deciders: tuple[Decider, ...] = (Decider.COMMITTEE,)
    filed: bool = False
    local_rule: bool = False

    @property
    def decided_by(self) -> str:
        """Who decides, as answers of the rule engine say it."""
        return self.deciders[0].value + ("_local_rule" if self.local_rule else "")

    @property
    def filed_with(self) -> str:
        """With whom the decision is filed for record, empty with nobody."""
        return SUPERIOR_COMMITTEE if self.filed else ""


def _article(zh: str, en: str, certainty: Certainty = Certainty.QUOTED) -> Article:
    return Article("roll", zh, en, certainty)


_TERMINATION: Final = _article("《代表任期制暂行条例》（2008）第25、28条", "2008 tenure regulation, arts. 25 and 28")
_STOPPING: Final = _article("《代表任期制暂行条例》（2008）第26、27条", "2008 tenure regulation, arts. 26 and 27")
_AUTOMATIC: Final = _article("试点代表资格办法第6条：自动终止", "pilot's rule on credentials, art. 6: automatic end")
_SUSPENSION: Final = _article("试点代表资格办法第4、5条", "pilot's rule on credentials, arts. 4 and 5")
_RECALL: Final = _article(
    "县党代会常任制方案：罢免；程序和票数由地方规定",
    "founding document: recall; procedure left to a local rule",
    Certainty.DESIGN,
)
_ADDITION: Final = _article(
    "县党代会常任制方案：选举单位选举，代表资格审查委员会审查，年会确认",
    "founding document: elected by the unit, checked by the credentials committee, confirmed by the annual session",
    Certainty.MEMORY,
)
_RIGHTS: Final = _article("《基层组织选举工作条例》（2020）第5条", "2020 grass-roots election regulation, art. 5")
_LEAVE: Final = _article("请假的仍计入应到会人数", "delegates on leave stay in the base", Certainty.DESIGN)

_LIVING: Final = (Status.ACTIVE, Status.ADDED, Status.SUSPENDED, Status.STOPPED)
_BOTH: Final = (Decider.COMMITTEE, Decider.NONE)


def _termination(word: str, english: str, article: Article, deciders: tuple[Decider, ...], *, filed: bool) -> Event:
    return Event(
        word=word,
        english=english,
        effect=Effect.STATUS,
        article=article,
        status=Status.TERMINATED,
        after=_LIVING,
        deciders=deciders,
        filed=filed,
    )


def _stopping(word: str, english: str) -> Event:
    return Event(
        word=word,
        english=english,
        effect=Effect.STATUS,
        article=_STOPPING,
        status=Status.STOPPED,
        after=(Status.ACTIVE, Status.SUSPENDED),
        filed=True,
    )


ADDED: Final = Event(
    word="增补当选",
    english="elected to a vacant seat",
    effect=Effect.STATUS,
    article=_ADDITION,
    status=Status.ADDED,
    after=(None,),
    deciders=(Decider.ELECTING_UNIT,),
)
CHECKED: Final = Event(
    word="增补资格审查合格",
    english="credentials found in order",
    effect=Effect.CREDENTIALS,
    article=_ADDITION,
    after=(Status.ADDED,),
    deciders=(Decider.CREDENTIALS_COMMITTEE,),
)
CONFIRMED: Final = Event(
    word="增补确认",
    english="confirmed by the annual session",
    effect=Effect.STATUS,
    article=_ADDITION,
    status=Status.ACTIVE,
    after=(Status.ADDED,),
    deciders=(Decider.CONGRESS,),
)
RIGHTS_SUSPENDED: Final = Event(
    word="党员权利暂停",
    english="Party rights suspended",
    effect=Effect.RIGHTS_SUSPENDED,
    article=_RIGHTS,
)
RIGHTS_RESTORED: Final = Event(
    word="党员权利恢复",
    english="Party rights restored",
    effect=Effect.RIGHTS_RESTORED,
    article=_RIGHTS,
)
LEAVE: Final = Event(
    word="请假",
    english="on leave",
    effect=Effect.LEAVE,
    article=_LEAVE,
    deciders=(Decider.NONE,),
)
WITHDRAWN: Final = Event(
    word="撤销记录",
    english="recorded by mistake",
    effect=Effect.NOTHING,
    article=_article("更正", "a correction", Certainty.DESIGN),
    deciders=tuple(Decider),
)

EVENTS: Final[dict[str, Event]] = {
    event.word: event
    for event in (
        ADDED,
        CHECKED,
        CONFIRMED,
        Event(
            word="刑事羁押或立案审查",
            english="detained in a criminal case, or under disciplinary investigation",
            effect=Effect.STATUS,
            article=_SUSPENSION,
            status=Status.SUSPENDED,
            after=(Status.ACTIVE,),
            deciders=(Decider.CREDENTIALS_COMMITTEE,),
            local_rule=True,
        ),
        Event(
            word="暂停情形消失",
            english="the cause of the suspension has ended",
            effect=Effect.STATUS,
            article=_SUSPENSION,
            status=Status.ACTIVE,
            after=(Status.SUSPENDED,),
            deciders=(Decider.CREDENTIALS_COMMITTEE,),
            local_rule=True,
        ),
        _stopping("组织关系迁出本县", "organisation relation moved out of the county"),
        _stopping("调离本县", "transferred out of the county"),
        _termination("受留党察看以上处分", "punished with probation or more", _TERMINATION, _BOTH, filed=True),
        _termination("停止党籍", "Party membership stopped", _TERMINATION, _BOTH, filed=True),
        _termination("丧失国籍", "nationality lost", _TERMINATION, _BOTH, filed=True),
        _termination("辞去代表职务被接受", "resignation accepted", _TERMINATION, (Decider.COMMITTEE,), filed=True),
        _termination("剥夺政治权利", "political rights removed", _AUTOMATIC, (Decider.NONE,), filed=False),
        _termination("去世", "died", _AUTOMATIC, (Decider.NONE,), filed=False),
        Event(
            word="罢免",
            english="recalled",
            effect=Effect.STATUS,
            article=_RECALL,
            status=Status.RECALLED,
            after=_LIVING,
            deciders=(Decider.ELECTING_UNIT, Decider.CONGRESS),
        ),
        RIGHTS_SUSPENDED,
        RIGHTS_RESTORED,
        LEAVE,
        WITHDRAWN,
    )
}
"""All events by their word."""

STATUS_ARTICLES: Final[dict[Status, Article]] = {
    Status.ADDED: _ADDITION,
    Status.SUSPENDED: _SUSPENSION,
    Status.STOPPED: _STOPPING,
    Status.TERMINATED: _TERMINATION,
    Status.RECALLED: _RECALL,
}
"""The article behind a status whose event is not known, and :data:`RIGHTS_ARTICLE` for suspended rights."""

RIGHTS_ARTICLE: Final = _RIGHTS
