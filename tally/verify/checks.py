"""The checks of SPEC §11: what each of them examines, in English and Chinese.

The English words are those of the specification, and a test compares them. A check that a record gives nothing to
examine holds, and the report says that it examined nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ENTRIES: Final = "entries"
MEMBERS: Final = "members"
MANIFEST: Final = "manifest"
CHECKPOINTS: Final = "checkpoints"
COSIGNATURES: Final = "cosignatures"
FULL_CHECKPOINT: Final = "full_checkpoint"
FINGERPRINT: Final = "fingerprint"
RECEIPT: Final = "receipt"


@dataclass(frozen=True, slots=True)
class Check:
    """One numbered check. `examines` names types of entries, or one of the constants above, separated by spaces."""

    code: str
    section: str
    examines: str
    en: str
    zh: str

    def subjects(self, examined: Mapping[str, int]) -> int:
        """How many things it examined, from the numbers by type of entry and by constant."""
        return sum(examined.get(subject, 0) for subject in self.examines.split(" "))


CHECKS: Final = (
    Check(
        "V1.A",
        "§10.1",
        "members",
        "the archive is a ZIP with only allowed members, within limits, none twice",
        "文件是 ZIP 归档，只含允许的成员，不超限，无重复",
    ),
    Check(
        "V1.B",
        "§10.2",
        "manifest",
        "the manifest is canonical, of a known format and version, signed by the service key",
        "清单为规范形式，格式和版本已知，由服务密钥签名",
    ),
    Check(
        "V1.C",
        "§10.2",
        "members",
        "every member has the size and SHA-256 of the manifest; none missing, none extra",
        "每个成员的大小和 SHA-256 与清单一致，不缺不多",
    ),
    Check(
        "V1.D",
        "§10.2",
        "manifest",
        "size and root of the manifest are those of the replayed log",
        "清单的条目数和根与重放的日志一致",
    ),
    Check("V2.A", "§3.5", "entries", "the entry is canonical JSON within its limits", "条目为规范 JSON，不超限"),
    Check(
        "V2.B",
        "§8.4",
        "entries",
        "envelope and body have exactly the fields of the type, each in its format",
        "信封和正文恰有该类型的字段，格式正确",
    ),
    Check("V2.C", "§8.2", "entries", "the entry names this session", "条目属于本次会议"),
    Check(
        "V2.D",
        "§2.1",
        "entries",
        "every point, scalar and base64 run decodes canonically; no identity",
        "点、标量和 base64 段均为规范编码，无单位元",
    ),
    Check("V3.A", "§8.3", "entries", "`seen` is a prefix of this log", "作者所见的日志是本日志的前缀"),
    Check(
        "V3.B",
        "§8.6",
        "checkpoints",
        "every checkpoint is well-formed, of this session, signed by the log key, with the root of this log",
        "检查点格式正确，属于本次会议，由日志密钥签名，根与日志一致",
    ),
    Check(
        "V3.C",
        "§8.6",
        "cosignatures",
        "every cosignature verifies under the witness key of a trustee",
        "每个联署都能用某位监票人的见证密钥核对",
    ),
    Check(
        "V3.D",
        "§8.6",
        "full_checkpoint",
        "the checkpoint of the full size is there, cosigned by at least Q trustees once a key is confirmed; where the "
        "last entry is `session.destroyed`, Q cosignatures of the checkpoint just before it do as well",
        "有完整大小的检查点；密钥确认后至少有 Q 位监票人联署；最后一条是销毁时，联署前一个检查点即可",
    ),
    Check("V4.A", "§3.6", "entries", "every signature verifies strictly", "每个签名都通过严格核对"),
    Check("V4.B", "§8.4", "entries", "the signers are those that the type asks for", "签名人正是该类型所要求的人"),
    Check(
        "V4.C",
        "§3.6",
        "session.created official.admitted trustee.joined dkg.committed kiosk.registered",
        "keys that enter the log are canonical, not of small order, and new",
        "进入日志的密钥为规范编码、非小阶、首次出现",
    ),
    Check("V4.D", "§8.5", "entries", "the session is ready for an entry of this type", "会议进程允许该类型的条目"),
    Check(
        "V5.A",
        "§6",
        "session.created trustee.joined",
        "n trustees with distinct indices and keys, 2 ≤ k ≤ n",
        "n 位监票人，序号和密钥各不相同，2 ≤ k ≤ n",
    ),
    Check("V5.B", "§6.4", "dkg.revealed", "the reveal opens the commitment", "公开的内容与先前的承诺一致"),
    Check(
        "V5.C",
        "§6.4",
        "dkg.revealed",
        "exactly k commitments, none the identity, none copied",
        "恰有 k 个承诺点，无单位元，无抄袭",
    ),
    Check("V5.D", "§6.3", "dkg.revealed", "the proof of the constant term holds", "常数项的证明成立"),
    Check(
        "V5.E",
        "§6.4",
        "dkg.revealed",
        "one box of the right length for each other trustee",
        "给其他每位监票人各一个长度正确的密封份额",
    ),
    Check(
        "V5.F",
        "§6.5",
        "dkg.complained",
        "a complaint publishes the private key of its own sealing key, in time",
        "申诉及时公布自己的密封私钥",
    ),
    Check(
        "V5.G",
        "§6.5",
        "dkg.confirmed",
        "a confirmation is over this ceremony's transcript",
        "确认的是本次密钥仪式的记录",
    ),
    Check(
        "V5.H",
        "§6.6",
        "dkg.confirmed",
        "joint key and public shares are not the identity",
        "联合公钥和公开份额不是单位元",
    ),
    Check(
        "V6.A",
        "§4.1",
        "contest.defined",
        "the contest object is well-formed and within the bounds",
        "表决事项格式正确，不超限",
    ),
    Check(
        "V6.B",
        "§8.4",
        "rules.adopted contest.defined",
        "its rule set is adopted with that hash, and decides this kind",
        "所用规则已按此哈希通过，并适用于此类表决",
    ),
    Check("V6.C", "§4.1", "contest.defined", "its id and slot are new", "事项编号和槽位为新"),
    Check(
        "V6.D",
        "§4.1",
        "contest.defined",
        "cells have distinct ids, partition the classes and merge forwards; minimum or waiver as required",
        "分组构成类别的划分；最小票数或豁免符合要求",
    ),
    Check(
        "V6.E",
        "§8.5",
        "contest.defined",
        "a contest that follows another one has the people, seats and rule set that its outcome leaves",
        "接续投票的人员、名额和规则与前次结果一致",
    ),
    Check(
        "V7.A",
        "§7.2",
        "credentials.issued",
        "credential lists are sorted, without repetition, of new keys, equal in number for all slots of a class",
        "凭证名单有序、无重复、全为新密钥，同类各槽位数目相等",
    ),
    Check(
        "V7.B",
        "§8.5",
        "credential.voided",
        "voiding: the credential is of an unclosed contest, unvoided, has not cast",
        "作废：凭证属于未结束投票的表决，未作废，未投票",
    ),
    Check(
        "V7.C",
        "§8.5",
        "attendance.declared contest.opened contest.closed",
        "generated − voided − reserve = drawn + test at opening; test cards voided at closing; "
        "present ≤ should attend; paper has boxes, each once",
        "开始时：生成 − 作废 − 备用 = 领取 + 查验；结束投票时查验卡已作废；实到 ≤ 应到；纸票有票箱且不重复",
    ),
    Check(
        "V8.A",
        "§8.5",
        "ballot.cast ballot.challenged ballot.assisted",
        "the contest is open, the credential issued for it and not voided",
        "表决正在进行，凭证为其发放且未作废",
    ),
    Check(
        "V8.B",
        "§5.5",
        "ballot.cast ballot.challenged ballot.assisted",
        "one cast a credential, at most three challenges, a ballot id once; no more assistances than cards",
        "每个凭证投一票，最多三次查验，选票编号唯一；协助次数不多于表决卡数",
    ),
    Check(
        "V8.C",
        "§5.3",
        "ballot.cast ballot.challenged",
        "ciphertexts and argument have exactly the length of the contest",
        "密文和论证的长度与事项一致",
    ),
    Check(
        "V8.D",
        "§5.3",
        "ballot.cast ballot.challenged",
        "no point A_j, P, Q twice, in the ballot or in the log",
        "点 A_j、P、Q 在选票和日志中均不重复",
    ),
    Check("V8.E", "§5.3", "ballot.cast ballot.challenged", "eq. 1", "等式 1"),
    Check("V8.F", "§5.3", "ballot.cast ballot.challenged", "eq. 2", "等式 2"),
    Check("V8.G", "§5.3", "ballot.cast ballot.challenged", "eq. 3", "等式 3"),
    Check("V8.H", "§5.3", "ballot.cast ballot.challenged", "eq. 4", "等式 4"),
    Check("V8.I", "§5.3", "ballot.cast ballot.challenged", "eq. 5", "等式 5"),
    Check(
        "V8.J",
        "§5.6",
        "ballot.challenged",
        "a challenged ballot is reproduced byte for byte from seed and marks",
        "被查验的选票可由种子和意见逐字节重现",
    ),
    Check(
        "V8.K",
        "§8.4",
        "ballot.cast ballot.challenged ballot.assisted",
        "the ballot carries the signature of the registered ballot-box key",
        "选票带有已登记票箱密钥的签名",
    ),
    Check(
        "V9.A",
        "§8.5",
        "contest.closed",
        "contest.closed carries exactly its predecessor, and the counts of the log",
        "结束投票条目恰好接在所见的日志之后，票数与日志一致",
    ),
    Check(
        "V9.B",
        "§8.5",
        "kiosk.reported kiosk.lost record.verified",
        "kiosk reports are over the closed root, once each, and add up to the log",
        "终端报告针对结束时的根值，每台一次，合计与日志一致",
    ),
    Check(
        "V9.C",
        "§9.3",
        "record.verified",
        "record.verified carries the closed root, counts and aggregates of replay; one a trustee and contest",
        "核验条目载有结束时的根值、票数和重放得到的密文总和；每位监票人每项一次",
    ),
    Check(
        "V9.D",
        "§9.4",
        "tally.committed",
        "Q trustees verified the same root before any commitment or share",
        "在任何承诺或份额之前，已有 Q 位监票人核验同一根值",
    ),
    Check("V10.A", "§9.2", "tally.committed", "no cell below the minimum is decrypted", "票数低于最小值的分组不解密"),
    Check(
        "V10.B",
        "§9.4",
        "tally.committed tally.shared",
        "a share opens its commitment; k commitments before any share, none after k good shares",
        "份额与其承诺一致；首个份额前至少 k 个承诺，已有 k 个有效份额后不再承诺",
    ),
    Check("V10.C", "§9.5", "tally.counted", "at least k shares with valid proofs", "至少 k 个份额的证明有效"),
    Check(
        "V10.D",
        "§9.6",
        "tally.counted",
        "counts are the discrete logarithms of the decrypted counters; subsets agree",
        "票数是解密计数器的离散对数；不同组合结果一致",
    ),
    Check(
        "V10.E",
        "§9.6",
        "tally.counted count.entered",
        "each contest, box and bundle of slips is counted once; a correction replaces the sheet in force",
        "每项、每个票箱和另选人纸条只计一次；更正单取代现行计票单",
    ),
    Check("V11.A", "§9.7", "outcome.declared", "the outcome is what the rule set decides", "结果由规则得出"),
    Check(
        "V11.B", "§9.8", "report.signed", "signed reports carry the digest of this result", "签署的报告单与此结果一致"
    ),
    Check(
        "V11.C", "§9.8", "result.published", "published only with outcome and k signatures", "有结果和 k 个签名才公布"
    ),
    Check(
        "V11.D",
        "§8.4",
        "count.entered paper.compared consultation.recorded outcome.declared",
        "count sheets and consultations add up, a sheet fits its box and the rule set; "
        "a paper comparison says what the counts say",
        "计票单和征求意见合计正确，计票单与票箱发出票数和规则相符；纸票核对如实",
    ),
    Check(
        "V11.E",
        "§8.5",
        "seats.reduced",
        "seats are reduced to those filled, with the consent that the rule set asks for",
        "名额减至已选出的人数，并经规则要求的同意",
    ),
    Check(
        "V12.A",
        "§9.9",
        "session.sealed",
        "sealed only when every contest is finished and n − k + 1 keys are destroyed",
        "所有事项完成、n − k + 1 份密钥销毁后才封存",
    ),
    Check(
        "V12.B",
        "§9.9",
        "entries",
        "nothing follows the sealing but session.destroyed, once",
        "封存之后只有一次销毁条目",
    ),
    Check("V13.A", "§6.7", "fingerprint", "the fingerprint is the one given", "会议指纹与给出的一致"),
    Check(
        "V13.B",
        "§8.8",
        "receipt",
        "a receipt's ballot is in the log, and its promise is signed by the service key",
        "回执上的选票在日志中，其承诺由服务密钥签名",
    ),
)
