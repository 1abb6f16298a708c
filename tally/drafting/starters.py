"""Folders to begin from: small sessions that are valid as they are, with sample names to be replaced."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from tally.drafting.session_text import Files
from tally.drafting.survey import Survey
from voting_core.errors import InputError

SAMPLE: Final = "样例"
"""What the names of samples begin with. No surname does."""


@dataclass(frozen=True, slots=True)
class Starter:
    """A folder to begin from, with what it is for."""

    id: str
    zh: str
    en: str
    about_zh: str
    about_en: str


STARTERS: Final = (
    Starter(
        "county-congress",
        "县党代会选举",
        "County congress elections",
        "选举县委委员、候补委员、县纪委委员和出席市党代会代表",
        "Committee, alternates, discipline commission, delegates to the higher congress",
    ),
    Starter(
        "township-congress",
        "乡镇党代会选举",
        "Township congress elections",
        "选举乡镇党委委员、纪委委员和出席县党代会代表，适用基层组织选举规则",
        "Committee, discipline commission, delegates, under the rules of grass-roots organisations",
    ),
    Starter(
        "plenum-ticket",
        "全委会票决乡镇正职",
        "Plenum: ticket votes on township nominees",
        "全委会票决乡镇党委书记拟任人选和乡镇长推荐人选",
        "Ticket votes on nominees for secretary and mayor",
    ),
    Starter(
        "trust",
        "信任度测评",
        "Trust evaluation",
        "代表对县委委员作信任度测评",
        "Delegates say how far they trust the members of the committee",
    ),
    Starter(
        "blank",
        "空白会议",
        "Blank session",
        "只有一项决议，其余自行添加",
        "One motion; add the rest yourself",
    ),
)


def starter_files(starter_id: str) -> Files:
    """The files of a folder to begin from.

    Raises:
        InputError: there is no such folder.
    """
    if starter_id not in {starter.id for starter in STARTERS}:
        raise InputError("template", "is not known", "Choose one of the list")
    folder = files("tally.drafting") / "starters" / starter_id
    return {entry.name: entry.read_bytes() for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)}


def samples_left(found: Survey) -> int:
    """How many people of a draft are still samples."""
    if found.plan is None:
        return 0
    names = [person.name for person in found.plan.roll.people]
    names += [row.name for contest in found.plan.contests for row in contest.rows]
    names += [*found.plan.scrutineers.names, *found.plan.counters.names]
    return sum(name.startswith(SAMPLE) for name in names)
