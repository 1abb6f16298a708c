"""Who signs an entry of each type, and what it brings about, for those who are asked to sign it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from ballots.screen.words import Said
from tally.entries.entry_type import EntryType


class Signers(Enum):
    """Whose signatures an entry carries (SPEC §8.4); the value says it."""

    OFFICIAL = Said("一名工作人员", "one official")
    OFFICIALS = Said("两名工作人员", "two officials")
    OFFICIALS_AND_NEW = Said("两名工作人员和新工作人员本人", "two officials and the new one")
    OFFICIALS_AND_TRUSTEE = Said("监票人本人和两名工作人员", "the scrutineer and two officials")
    OFFICIALS_AND_KIOSK = Said("两名工作人员和终端", "two officials and the kiosk")
    OFFICIALS_AND_QUORUM = Said("两名工作人员和法定数的监票人", "two officials and a quorum of scrutineers")
    OFFICIAL_AND_CARD = Said("一名工作人员和这张卡", "an official and the card itself")
    TRUSTEE = Said("一名监票人", "one scrutineer")
    TRUSTEES = Said("两名监票人", "two scrutineers")
    QUORUM = Said("法定数的监票人", "a quorum of scrutineers")
    KIOSK = Said("终端", "the kiosk")
    CARD_AND_BOX = Said("表决卡和票箱", "the card and the ballot box")
    BOX = Said("票箱", "the ballot box")


@dataclass(frozen=True, slots=True)
class Act:
    """A type of entry for people: its short name, who signs it, and what it brings about once it is in the log."""

    name: Said
    signers: Signers
    brings: Said


def act_of(type_: EntryType) -> Act:
    """What is said of a type."""
    return _ACTS[type_]


def _act(zh: str, en: str, signers: Signers, then_zh: str, then_en: str) -> Act:
    return Act(Said(zh, en), signers, Said(then_zh, then_en))


_ACTS: Final[Mapping[EntryType, Act]] = {
    EntryType.SESSION_CREATED: _act(
        "创建会议",
        "Create the session",
        Signers.OFFICIALS,
        "名称、日期、监票人数从此固定，监票人可以加入",
        "Title, day and number of scrutineers are fixed; scrutineers can join",
    ),
    EntryType.OFFICIAL_ADMITTED: _act(
        "增加工作人员",
        "Admit an official",
        Signers.OFFICIALS_AND_NEW,
        "此人可以与其他工作人员共同签名",
        "This person can sign together with other officials",
    ),
    EntryType.TRUSTEE_JOINED: _act(
        "接纳监票人",
        "Admit a scrutineer",
        Signers.OFFICIALS_AND_TRUSTEE,
        "此人持有一份密钥，参与核验和解密",
        "This person holds a share of the key, verifies and decrypts",
    ),
    EntryType.DKG_COMMITTED: _act(
        "密钥承诺",
        "Commitment to the key",
        Signers.TRUSTEE,
        "全体承诺后公开份额",
        "When all have committed, they reveal",
    ),
    EntryType.DKG_REVEALED: _act(
        "公开密钥份额", "Reveal", Signers.TRUSTEE, "各监票人检查收到的份额", "Each scrutineer checks the shares"
    ),
    EntryType.DKG_CONFIRMED: _act(
        "确认密钥",
        "Confirm the key",
        Signers.TRUSTEE,
        "全体确认后会议指纹确定",
        "When all have confirmed, the fingerprint of the session is fixed",
    ),
    EntryType.DKG_COMPLAINED: _act(
        "对份额提出异议", "Dispute a share", Signers.TRUSTEE, "密钥重新生成", "The key is made anew"
    ),
    EntryType.DKG_FAULTED: _act(
        "记录监票人未按时办理",
        "Record a missing message",
        Signers.OFFICIALS,
        "密钥生成重新开始",
        "The key ceremony begins anew",
    ),
    EntryType.RULES_ADOPTED: _act(
        "采用规则",
        "Adopt rules",
        Signers.OFFICIALS,
        "结果只按这套规则得出，不能再改",
        "Outcomes follow from these rules alone; they cannot be changed",
    ),
    EntryType.KIOSK_REGISTERED: _act(
        "登记终端",
        "Register a kiosk",
        Signers.OFFICIALS_AND_KIOSK,
        "这台终端可以投票",
        "Votes can be cast at this kiosk",
    ),
    EntryType.CONTEST_DEFINED: _act(
        "确定表决事项",
        "Define a contest",
        Signers.OFFICIALS,
        "名单、名额和规则从此固定，可以登记表决卡",
        "Names, seats and rules are fixed; cards can be registered",
    ),
    EntryType.CREDENTIALS_ISSUED: _act(
        "登记表决卡", "Register cards", Signers.TRUSTEES, "这些卡可以投票", "These cards can vote"
    ),
    EntryType.RESERVE_SEALED: _act(
        "封存备用卡", "Seal cards in reserve", Signers.TRUSTEES, "这些卡不再发出", "These cards are not handed out"
    ),
    EntryType.CREDENTIAL_VOIDED: _act(
        "作废表决卡", "Void a card", Signers.OFFICIAL_AND_CARD, "这张卡不能再投票", "This card votes no more"
    ),
    EntryType.ATTENDANCE_DECLARED: _act(
        "申报到会情况",
        "Declare the attendance",
        Signers.TRUSTEES,
        "应到、实到和发卡数作为结果的依据",
        "The numbers become the basis of the outcome",
    ),
    EntryType.CONTEST_OPENED: _act(
        "开始投票", "Open", Signers.OFFICIALS, "终端可以投票", "Votes can be cast at the kiosks"
    ),
    EntryType.BALLOT_CAST: _act("投票", "Cast", Signers.CARD_AND_BOX, "计入票数", "The ballot counts"),
    EntryType.BALLOT_CHALLENGED: _act(
        "查验选票", "Test a ballot", Signers.CARD_AND_BOX, "公开，不计票", "It is opened and does not count"
    ),
    EntryType.BALLOT_ASSISTED: _act(
        "协助填写", "Help at the kiosk", Signers.BOX, "只记一次，不记是谁", "It is noted, not who it was"
    ),
    EntryType.CONTEST_PAUSED: _act(
        "暂停投票", "Pause", Signers.OFFICIALS, "终端停止接受选票", "The kiosks take no ballots"
    ),
    EntryType.CONTEST_RESUMED: _act(
        "恢复投票", "Resume", Signers.OFFICIALS, "终端重新接受选票", "The kiosks take ballots again"
    ),
    EntryType.CONTEST_CLOSED: _act(
        "结束投票",
        "Close",
        Signers.OFFICIALS,
        "不再接受任何选票，不能重新开始",
        "No ballot is taken any more; this cannot be undone",
    ),
    EntryType.CONTEST_ABANDONED: _act(
        "中止表决",
        "Abandon the contest",
        Signers.OFFICIALS_AND_QUORUM,
        "没有结果，选票永不解密，不能撤销",
        "No result, never decrypted; this cannot be undone",
    ),
    EntryType.KIOSK_REPORTED: _act(
        "终端报告票数", "Kiosk report", Signers.KIOSK, "与日志核对", "It is compared with the log"
    ),
    EntryType.KIOSK_LOST: _act(
        "终端无法报告",
        "Kiosk lost",
        Signers.QUORUM,
        "不再等待这台终端的报告",
        "Nobody waits for this kiosk's report any more",
    ),
    EntryType.RECORD_VERIFIED: _act(
        "核验日志", "Verify the log", Signers.TRUSTEE, "达到法定数后可以解密", "With a quorum decryption begins"
    ),
    EntryType.TALLY_COMMITTED: _act(
        "承诺解密份额", "Commit to a share", Signers.TRUSTEE, "承诺后出示份额", "Then the shares are shown"
    ),
    EntryType.TALLY_SHARED: _act(
        "出示解密份额", "Show a share", Signers.TRUSTEE, "份额足够后得出票数", "With enough shares there are counts"
    ),
    EntryType.TALLY_COUNTED: _act(
        "写入票数", "Write the counts", Signers.OFFICIAL, "按规则得出结果", "The rules decide the outcome"
    ),
    EntryType.COUNT_ENTERED: _act(
        "录入计票单", "Enter a count sheet", Signers.TRUSTEES, "这个票箱的票数计入", "The box is counted"
    ),
    EntryType.BOX_SETTLED: _act(
        "记录主席团对票箱的决定",
        "Record the decision on a box",
        Signers.OFFICIALS,
        "票箱按此计入或作废",
        "The box counts or is void",
    ),
    EntryType.PAPER_COMPARED: _act(
        "纸质票比对", "Compare paper", Signers.TRUSTEES, "比对结果留在日志里", "The comparison stays in the log"
    ),
    EntryType.OUTCOME_DECLARED: _act(
        "确认结果",
        "Declare the outcome",
        Signers.OFFICIALS,
        "监票人可以签署报告单",
        "The scrutineers can sign the report",
    ),
    EntryType.REPORT_SIGNED: _act(
        "签署报告单", "Sign the report", Signers.TRUSTEE, "签名足够后可以公布", "With enough signatures it is published"
    ),
    EntryType.RESULT_PUBLISHED: _act(
        "公布结果",
        "Publish the result",
        Signers.OFFICIALS,
        "结果按所选范围公开，大屏可以显示",
        "The result is public in the chosen scope, and the hall may show it",
    ),
    EntryType.SEATS_REDUCED: _act(
        "减少应选名额",
        "Reduce the seats",
        Signers.OFFICIALS,
        "空缺的名额不再选举",
        "The empty seats are not voted on any more",
    ),
    EntryType.CONSULTATION_RECORDED: _act(
        "记录书面征求意见",
        "Record a consultation",
        Signers.OFFICIALS,
        "只作记录，不产生决定",
        "It is a record and decides nothing",
    ),
    EntryType.KEY_DESTROYED: _act(
        "销毁密钥份额", "Destroy a key", Signers.TRUSTEE, "这份密钥不能再用", "This share is gone"
    ),
    EntryType.SESSION_SEALED: _act(
        "封存会议",
        "Seal the session",
        Signers.OFFICIALS,
        "记录完整；日志此后只能再写一条：销毁会议资料",
        "The record is complete; only the destruction of the material is still written",
    ),
    EntryType.SESSION_DESTROYED: _act(
        "销毁会议资料",
        "Destroy the material",
        Signers.OFFICIALS,
        "服务器上的会议资料可以删除",
        "What the server keeps may be deleted",
    ),
}
