"""The words of the set-up for what `session.toml` says in one word."""

from typing import Final

from ballots.paper_setting import PaperUse
from ballots.screen.words import Said

KINDS: Final = {
    "election": Said("选举", "Election"),
    "ticket_vote": Said("票决", "Ticket vote"),
    "motion": Said("决议", "Motion"),
    "evaluation": Said("测评", "Evaluation"),
    "assessment": Said("考核", "Assessment"),
    "questionnaire": Said("问卷", "Questionnaire"),
}

STAGES: Final = {
    "formal": Said("正式选举", "Formal election"),
    "preselection": Said("预选", "Pre-selection"),
    "runoff": Said("再次投票", "Run-off"),
    "supplementary": Said("另行选举", "Supplementary vote"),
}

BODIES: Final = {
    "": Said("其他", "Other"),
    "committee_member": Said("委员", "Committee members"),
    "alternate_member": Said("候补委员", "Alternate members"),
    "discipline_member": Said("纪委委员", "Discipline commission"),
    "standing_member": Said("常委", "Standing committee"),
    "secretary": Said("书记", "Secretary"),
    "deputy_secretary": Said("副书记", "Deputy secretaries"),
    "higher_congress_delegate": Said("出席上级党代会代表", "Delegates to the higher congress"),
}

PURPOSES: Final = {
    "": Said("未定", "Not stated"),
    "appointment": Said("拟任（任用）", "Appointment"),
    "recommendation": Said("推荐", "Recommendation"),
}

CAPTURES: Final = {
    "kiosk": Said("终端投票", "At kiosks"),
    "hand": Said("纸质选票，人工计票", "On paper, counted by hand"),
}

WRITE_INS: Final = {
    "": Said("按规则（终端用纸条，纸票写在票上）", "As the rules say"),
    "slips": Said("写在另选人纸条上", "On slips"),
    "paper": Said("写在纸质选票上", "On the paper ballot"),
    "waived": Said("县里决定本次不设（须填文号）", "Waived by decision"),
}

COLUMNS: Final = {
    zh: Said(zh, f"{zh} ({en})")
    for zh, en in (
        ("编号", "number"),
        ("姓名", "name"),
        ("性别", "sex"),
        ("民族", "ethnicity"),
        ("代表团", "delegation"),
        ("单位", "unit"),
        ("职务", "post"),
        ("团长", "head of delegation"),
        ("状态", "status"),
        ("身份", "standing"),
        ("排序", "place"),
        ("组", "group"),
        ("备注", "remark"),
    )
}
"""The columns of tables that have a meaning here. They keep their Chinese names, for those stand in the files."""

PAPERS: Final = {
    PaperUse.OFF.value: (
        Said("不打印（默认）", "Off (default)"),
        Said(
            "终端只印回执；结果以加密计票为准。",
            "Kiosks print receipts alone; the encrypted count decides.",
        ),
    ),
    PaperUse.AUDIT.value: (
        Said("打印，供核对", "For an audit"),
        Said(
            "终端投出的每张选票另印一张，代表看过文字，投入票箱；结果仍以加密计票为准，纸票清点或抽查后与之比对。",
            "Every ballot cast at a kiosk is printed as well, read by its delegate and put into the box; the encrypted "
            "count decides, and the papers, all or a sample of them, are compared with it.",
        ),
    ),
    PaperUse.RECORD.value: (
        Said("纸票为准", "Ballot of record"),
        Said(
            "“纸质选票，人工计票”的事项在终端上填写、打印，印出的纸就是选票，清点纸票定结果；其余事项同“供核对”。",
            "Contests counted by hand are marked and printed at the kiosks: that paper is the ballot, and counting the "
            "papers decides. All other contests as for an audit.",
        ),
    ),
}
"""What kiosks print: the name of each choice, and one sentence on what it means."""
