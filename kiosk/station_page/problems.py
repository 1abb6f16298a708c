"""Why something was not done, in words for the person at the page.

The programs' own messages are English and exact; they stand below, for whoever helps. What a scrutineer meets in an
ordinary meeting has a Chinese sentence of its own here.
"""

from typing import Final

from ballots.screen import problem_words
from ballots.screen.words import Said
from kiosk.client import Refused, Unreachable, WrongClock
from voting_core.errors import InputError, PlenumError, StateError, VerificationError

_UNREACHABLE: Final = Said(
    "服务没有应答。请检查网络；什么也没有丢失，连上后再试一次",
    "The server does not answer. Check the network; nothing is lost, try again once it is back",
)
_NOT_NOW: Final = Said(
    "现在不能这样做，什么也没有签名。情况可能刚刚变化，请看本页的最新状态",
    "This cannot be done now, and nothing was signed. Things may just have changed: look at the page again",
)
_OTHERWISE: Final = Said("没有完成，什么也没有签名", "It was not done, and nothing was signed")

_BY_CODE: Final = {
    "V4.B": Said("签名人不对：此事须由规定的人签名", "The signers are not the right ones: others must sign this"),
    "V4.D": Said(
        "时机不对：会议还没有（或已经过了）这一步", "Not at this moment: the session is not there yet, or is past it"
    ),
    "V7.A": Said(
        "表决卡名单不符：同一类卡在每项表决中的张数必须相同，且不得与已登记的重复",
        "The list of credentials does not fit: a class has the same number in every contest, and no key comes twice",
    ),
    "V7.C": Said(
        "数目对不上：制卡数 − 作废 − 封存备用 = 领取 + 查验；实到不得多于应到。请重新清点",
        "The numbers do not agree: made − voided − sealed reserve = drawn + tests; no more are present than should"
        " attend. Count again",
    ),
    "V11.D": Said("计票单的数目不符，请逐项核对", "The numbers of the count sheet do not agree: check them one by one"),
    "V12.A": Said(
        "还有表决事项需要您的密钥，现在不能销毁", "A contest still needs your key; it cannot be destroyed now"
    ),
}

_BY_PLACE: Final = {
    "passphrase": Said(
        "口令不合要求：两次须一致，至少十个字", "The passphrase will not do: both the same, ten characters or more"
    ),
    "enrolment code": Said(
        "登记码没有读全、有误，或不是给监票人工作站的：请重新扫描，或请工作人员再生成一个",
        "The enrolment code is incomplete, mistyped, or for another kind of station: scan it again, or ask the"
        " officials for a new one",
    ),
    "root code": Said(
        "根值代码没有读全或有误：共二十个字母和数字",
        "The root code is incomplete or mistyped: it has twenty characters",
    ),
    "key file": Said(
        "密钥文件属于另一场会议或另一位监票人，请检查姓名和编号",
        "The key file is of another session or scrutineer: check name and number",
    ),
}


class Wrong(PlenumError):
    """Something on a form is wrong, in both languages. It repeats nothing that was typed in secret."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.said = Said(zh, en)


def shared(code: str) -> Said:
    """The sentence that all screens have for a check."""
    return problem_words.said_of(VerificationError(code, ""))


def said_of(error: PlenumError) -> Said:
    """The sentence for a person."""
    match error:
        case Wrong() | WrongClock():
            return error.said
        case Unreachable():
            return _UNREACHABLE
        case VerificationError() | Refused():
            return _BY_CODE.get(error.code) or (shared(error.code) if error.code.startswith("V") else _OTHERWISE)
        case StateError():
            return _NOT_NOW
        case InputError():
            return _input(error)
    return _OTHERWISE


def detail_of(error: PlenumError) -> str:
    """The exact message in English, empty where the sentence says all."""
    return "" if isinstance(error, Wrong | WrongClock) else str(error)


def _input(error: InputError) -> Said:
    if error.place.startswith("root code of "):
        return Said(
            "您听到的根值代码与本机算出的不同，本机没有签名。若不是抄错，谁也不要签：保持电脑原样，告知其他监票人",
            "The code you heard is not the one this laptop computed; it signed nothing. If it was not a slip, nobody"
            " signs: keep the laptop as it is and tell the other scrutineers",
        )
    if "passphrase is wrong" in error.problem:
        return Said("口令不对，或密钥文件被改动", "The passphrase is wrong, or the key file was changed")
    if "where the server is" in error.problem:
        return Said(
            "十六个字符的登记码没有写明服务在哪里：请在下面填写服务地址（https 还要填证书指纹），"
            "或扫二维码，或输入二维码旁的一长串数字",
            "A code of sixteen characters does not say where the server is: fill in its address below (and the"
            " fingerprint, with https), or scan the QR code, or type the long row of digits beside it",
        )
    return _BY_PLACE.get(error.place, _OTHERWISE)
