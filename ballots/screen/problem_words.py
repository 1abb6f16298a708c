"""What a refusal means, in words for people at a screen. The exact sentence of the check stands below it, small."""

from typing import Final

from ballots.screen.words import Said
from voting_core.errors import EncodingError, FatalError, InputError, PlenumError, StateError, VerificationError

_OF_CHECK: Final = {
    "V1": Said("记录文件不完整或被改动", "The record file is not whole, or was changed"),
    "V2.C": Said("这属于另一场会议", "This belongs to another session"),
    "V2": Said("内容格式不对，没有写入日志", "It is not well formed; nothing was written"),
    "V3.A": Said("日志已有新内容，请刷新页面后重新办理", "The log has grown; load the page again and do it over"),
    "V3": Said("日志不一致，请立即告诉监票人", "The log does not fit together; tell the scrutineers at once"),
    "V4.A": Said("签名不对", "A signature is wrong"),
    "V4.B": Said("签名的人不对，或还缺人签名", "The wrong people have signed, or somebody has not signed yet"),
    "V4.D": Said(
        "现在还不能办理这一步，请先完成前面的步骤", "This step cannot be taken now; finish the steps before it"
    ),
    "V4": Said("这一条不能写入日志", "This entry cannot go into the log"),
    "V5": Said("密钥生成中有一步不对", "A step of the key ceremony is wrong"),
    "V6": Said("表决事项的设置不合规则", "The contest is not set up as the rules ask"),
    "V7.B": Said(
        "这张表决卡不能作废：不是本次的卡，或已作废、已使用",
        "This card cannot be voided: not of this contest, voided already, or used",
    ),
    "V7.C": Said("出席人数或发卡数与日志不符", "The numbers of those present or of cards do not fit the log"),
    "V7": Said("表决卡的名单或数目不对", "The list or the number of cards is wrong"),
    "V8.A": Said("这个表决事项现在不接受选票", "This contest takes no ballots now"),
    "V8.B": Said("这张表决卡已经投过票", "This card has voted already"),
    "V8": Said("选票无效，没有接受", "The ballot is not valid and was not accepted"),
    "V9.A": Said("签名之后日志又有新内容，请重新发起", "The log has grown since this was signed; propose it again"),
    "V9": Said("结束投票的数目或报告不符", "Counts or reports after closing do not fit"),
    "V10": Said("计票的一步不对", "A step of the tally is wrong"),
    "V11": Said("结果或公布的内容与规则不符", "The outcome or its publication is not as the rules decide"),
    "V13": Said("会议指纹或回执与记录不符", "The fingerprint or the receipt is not that of the record"),
    "V12": Said("封存之后还缺一步", "A step of the ending is missing or wrong"),
}
"""By the number of a check (SPEC §11), or by the group before the point."""

_WRONG_MOMENT: Final = Said("现在不能办理", "This cannot be done now")
_BAD_INPUT: Final = Said("填写的内容有误，请改正后再试", "Something that was entered is wrong; mend it and try again")
_BAD_FORM: Final = Said("内容格式不对，没有写入日志", "It is not well formed; nothing was written")
_STOPPED: Final = Said(
    "服务器已停止写入，请立即告诉系统管理员", "The server has stopped writing; tell the administrator at once"
)
_LATER: Final = Said("服务器暂时不能办理，请稍后再试", "The server cannot do this at the moment; try again soon")


def said_of(error: PlenumError) -> Said:
    """The sentence for an error."""
    match error:
        case VerificationError():
            return _OF_CHECK.get(error.code) or _OF_CHECK.get(error.code.partition(".")[0], _WRONG_MOMENT)
        case StateError():
            return _WRONG_MOMENT
        case InputError():
            return _BAD_INPUT
        case EncodingError():
            return _BAD_FORM
        case FatalError():
            return _STOPPED
        case _:
            return _LATER
