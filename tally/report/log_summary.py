"""日志摘要: what the log has, for scrutineers who keep it with their papers.

How many entries of each type there are, each contest with its closed root, and who verified, decrypted and signed. No
ballot is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from tally.entries.entry_type import EntryType
from tally.report.log_facts import ContestLog
from tally.report.model import (
    NONE,
    Block,
    Cell,
    Column,
    ColumnKind,
    Facts,
    Notes,
    Provenance,
    Sheet,
    SignatureLine,
    Table,
)
from tally.verify.entries import type_of

TYPE_WORDS: Final[Mapping[EntryType, str]] = {
    EntryType.SESSION_CREATED: "会议建立",
    EntryType.OFFICIAL_ADMITTED: "增加工作人员",
    EntryType.TRUSTEE_JOINED: "监票人加入",
    EntryType.DKG_COMMITTED: "密钥生成：承诺",
    EntryType.DKG_REVEALED: "密钥生成：公开",
    EntryType.DKG_CONFIRMED: "密钥生成：确认",
    EntryType.DKG_COMPLAINED: "密钥生成：异议",
    EntryType.DKG_FAULTED: "密钥生成：认定过错",
    EntryType.RULES_ADOPTED: "通过规则",
    EntryType.KIOSK_REGISTERED: "表决终端登记",
    EntryType.CONTEST_DEFINED: "设定表决事项",
    EntryType.CREDENTIALS_ISSUED: "登记表决卡",
    EntryType.RESERVE_SEALED: "封存备用卡",
    EntryType.CREDENTIAL_VOIDED: "作废表决卡",
    EntryType.ATTENDANCE_DECLARED: "申报到会人数",
    EntryType.CONTEST_OPENED: "开始投票",
    EntryType.BALLOT_CAST: "投票",
    EntryType.BALLOT_CHALLENGED: "查验选票",
    EntryType.BALLOT_ASSISTED: "协助投票",
    EntryType.CONTEST_PAUSED: "暂停投票",
    EntryType.CONTEST_RESUMED: "恢复投票",
    EntryType.CONTEST_CLOSED: "结束投票",
    EntryType.CONTEST_ABANDONED: "中止表决事项",
    EntryType.KIOSK_REPORTED: "终端报告票数",
    EntryType.KIOSK_LOST: "终端失联",
    EntryType.RECORD_VERIFIED: "监票人核验",
    EntryType.TALLY_COMMITTED: "解密：承诺",
    EntryType.TALLY_SHARED: "解密：出示份额",
    EntryType.TALLY_COUNTED: "计票结果",
    EntryType.COUNT_ENTERED: "录入人工计票",
    EntryType.BOX_SETTLED: "票箱多票的决定",
    EntryType.PAPER_COMPARED: "与纸质记录比对",
    EntryType.OUTCOME_DECLARED: "认定结果",
    EntryType.REPORT_SIGNED: "监票人签署",
    EntryType.RESULT_PUBLISHED: "公布结果",
    EntryType.SEATS_REDUCED: "减少名额",
    EntryType.CONSULTATION_RECORDED: "记录书面征求意见",
    EntryType.KEY_DESTROYED: "销毁密钥",
    EntryType.SESSION_SEALED: "封存会议",
    EntryType.SESSION_DESTROYED: "销毁附属资料",
}
_STATUS_WORDS: Final[Mapping[str, str]] = {
    "defined": "未投票",
    "open": "投票中",
    "paused": "暂停",
    "closed": "已结束投票",
    "counted": "已计票",
    "decided": "已认定",
    "published": "已公布",
    "abandoned": "已中止",
}
REMARKS: Final = "须说明的事项"
_LINE: Final = 32
"""Characters of a root in one piece; the whole of it takes two lines."""


def log_sheet(
    types: Mapping[EntryType, int], contests: tuple[ContestLog, ...], trustees: tuple[str, ...], origin: Provenance
) -> Sheet:
    """The sheet of a session; `types` counts the entries of the log."""
    blocks: list[Block] = [
        Facts((("条目", origin.size), ("监票人", len(trustees)), ("表决事项", len(contests)))),
        _types(types),
        _contests(contests),
        *((_acts(contests),) if any(contest.root for contest in contests) else ()),
        *((_remarks(contests),) if any(contest.remarks for contest in contests) else ()),
        Notes(("监票人：" + ("；".join(trustees) or NONE) + "。", *_roots(contests))),
    ]
    return Sheet("会议日志摘要", tuple(blocks), (SignatureLine("总监票人"), SignatureLine("监票人", 3)))


def _types(types: Mapping[EntryType, int]) -> Table:
    columns = (
        Column("类型", ColumnKind.TEXT),
        Column("标识", ColumnKind.TEXT),
        Column("条数", ColumnKind.NUMBER),
    )
    rows: list[tuple[Cell, ...]] = [
        (TYPE_WORDS[kind], kind.value, types[kind]) for kind in EntryType if types.get(kind)
    ]
    rows.append(("合计", "", sum(types.values())))
    return Table(columns, tuple(rows), "各类条目")


def _contests(contests: tuple[ContestLog, ...]) -> Table:
    columns = (
        Column("表决事项", ColumnKind.TEXT),
        Column("状态", ColumnKind.TEXT),
        Column("投票", ColumnKind.NUMBER),
        Column("查验", ColumnKind.NUMBER),
        Column("协助", ColumnKind.NUMBER),
    )
    rows = tuple((one.title, _STATUS_WORDS[one.status], one.cast, one.challenged, one.assisted) for one in contests)
    return Table(columns, rows, "表决事项")


def _acts(contests: tuple[ContestLog, ...]) -> Table:
    """Who of the scrutineers did what, contest by contest."""
    headings = ("表决事项", "核验结束时的日志", "参加解密", "签署报告")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.title, *("；".join(who) or NONE for who in (one.verified, one.decrypted, one.signed)))
        for one in contests
        if one.root
    )
    return Table(tuple(Column(heading, ColumnKind.TEXT) for heading in headings), rows, "监票人所做的工作")


def _remarks(contests: tuple[ContestLog, ...]) -> Table:
    """What happened to contests besides being voted on."""
    columns = (Column("表决事项", ColumnKind.TEXT), Column("说明", ColumnKind.PROSE))
    rows = tuple((one.title, "；".join(one.remarks) + "。") for one in contests if one.remarks)
    return Table(columns, rows, REMARKS)


def _roots(contests: tuple[ContestLog, ...]) -> tuple[str, ...]:
    return tuple(
        f"{contest.id} 结束时的日志：{contest.size} 条，根 {contest.root[:_LINE]} {contest.root[_LINE:]}"
        for contest in contests
        if contest.root
    )


def count_types(entries: Iterable[bytes]) -> Counter[EntryType]:
    """How many entries of each type there are, in a log that was replayed without a fault."""
    return Counter(EntryType(type_of(entry)) for entry in entries)
