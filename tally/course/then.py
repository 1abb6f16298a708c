"""What happens after a step, in one sentence."""

from collections.abc import Mapping
from typing import Final

from ballots.screen.words import Said
from tally.course.step import StepKey

_THEN: Final[Mapping[StepKey, Said]] = {
    StepKey.RULES: Said(
        "两名工作人员签名采用规则后，确定表决事项", "When two officials have adopted the rules, the contest is defined"
    ),
    StepKey.DEFINE: Said(
        "名单、名额和规则写入日志后不能再改；然后登记表决卡",
        "Names, seats and rules are then fixed in the log; cards are registered next",
    ),
    StepKey.CARDS: Said("数目相符后，两名工作人员开始投票", "When the numbers agree, two officials open the contest"),
    StepKey.OPEN: Said("签名后终端立即可以投票", "With both signatures votes can be cast at the kiosks at once"),
    StepKey.VOTE: Said(
        "先由两人暂停，作废查验卡；每台终端都没有未送达的选票时，两人会签结束，不能恢复",
        "Two people pause it, test cards are voided; when no ballot waits at a kiosk, two people close it for good",
    ),
    StepKey.REPORT: Said(
        "每台终端核对自己的选票都在日志中，然后监票人核验",
        "Each kiosk checks that all its ballots are in the log; then the scrutineers verify",
    ),
    StepKey.VERIFY: Said(
        "监票人在各自工作站重放全部日志，当面读对根值代码，然后解密总数",
        "The scrutineers replay the log on their stations and compare the root code aloud; then totals are decrypted",
    ),
    StepKey.DECRYPT: Said(
        "只解密各项总数，从不解密单张选票；份额足够后一名工作人员写入票数",
        "Only totals are decrypted, never a ballot; with enough shares an official writes the counts",
    ),
    StepKey.COUNT: Said("任何人都可以复算；然后按规则得出结果", "Anybody can recompute them; then the rules decide"),
    StepKey.SHEETS: Said(
        "每个票箱一张计票单，由两名监票人签名录入；齐全后按规则得出结果",
        "One sheet for each box, signed by two scrutineers; when all are there, the rules decide",
    ),
    StepKey.OUTCOME: Said(
        "两名工作人员确认后，监票人签署报告单", "When two officials have declared it, the scrutineers sign the report"
    ),
    StepKey.SIGN: Said("签署足够后即可宣布和公布", "With enough signatures it is announced and published"),
    StepKey.PUBLISH: Said(
        "先在会场宣布，再按范围公布；公布后大屏可以显示",
        "It is announced in the hall, then published in its scope; after that the hall screen may show it",
    ),
    StepKey.NEXT: Said(
        "需要再次投票、另行选举或减少名额的，从这里办理；没有的，本项到此结束",
        "A run-off, a further vote or fewer seats begin here; otherwise this contest is finished",
    ),
}

_OPEN_BY_HAND: Final = Said("签名后发票、画票、投入票箱", "With both signatures paper ballots are handed out and cast")


def then(key: StepKey, *, by_hand: bool = False) -> Said:
    """The sentence of a step."""
    return _OPEN_BY_HAND if by_hand and key is StepKey.OPEN else _THEN[key]
