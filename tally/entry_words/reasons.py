"""The words for what entries choose from: reasons, scopes, decisions."""

from collections.abc import Mapping
from typing import Final

from ballots.screen.words import Said

ABANDONED: Final[Mapping[str, Said]] = {
    "defect": Said("表决事项有误", "something in the contest is wrong"),
    "emergency": Said("紧急情况，会场中断", "an emergency interrupted the hall"),
    "cards": Said("表决卡数目不符或遗失", "cards are missing or do not add up"),
    "key_lost": Said("剩余密钥不足，无法解密", "too few keys are left to decrypt"),
    "postponed": Said("缓议", "the vote is postponed"),
}
"""Why a contest is abandoned."""

VOIDED: Final[Mapping[str, Said]] = {
    "left_over": Said("未发出", "left over"),
    "test": Said("查验用", "a test card"),
    "returned": Said("退回", "given back"),
}
"""Why a card is voided."""

SCOPES: Final[Mapping[str, Said]] = {
    "all": Said("向社会公布", "to everybody"),
    "delegates": Said("向全体代表公布", "to the delegates"),
    "restricted": Said("限定范围公布", "within a restricted circle"),
}
"""To whom a result is published."""

MISSING: Final[Mapping[str, Said]] = {
    "committed": Said("承诺", "the commitment"),
    "revealed": Said("公开的份额", "the reveal"),
    "confirmed": Said("确认", "the confirmation"),
}
"""Which message of the key ceremony does not come."""

SETTLED: Final[Mapping[str, Said]] = {
    "count": Said("计入", "counted"),
    "void": Said("作废，重新投票", "void, and the vote is held again"),
}
"""What the presidium decides about a box with more ballots than were issued."""
