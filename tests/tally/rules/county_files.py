"""A county's rule set as a file, for tests to break one thing at a time."""

NAME = "qinglan-election.toml"
TEXT = """\
inherits = "election_local_2020"
name = { zh = "青岚县选举办法", en = "Election method of Qinglan" }
instrument = "《青岚县党代会选举办法》"
adopted_by = "青岚县第十四届代表大会第三次会议 2026-12-01"
elect = { base = "present", op = "gt", frac = [1, 2] }
"""


def county_files(text: str = TEXT, **others: str) -> dict[str, bytes]:
    """The file, and others beside it: a key `base` stands for base.toml."""
    return {NAME: text.encode(), **{f"{name}.toml": content.encode() for name, content in others.items()}}


def changed(*changes: tuple[str, str]) -> str:
    """The text with parts replaced; each must be there."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text
