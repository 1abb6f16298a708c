"""What an official waits for: the preview of a roll of 5,000 delegates, every row judged."""

from typing import Final

from tally.cli.bench.figure import Figure, at_most, milliseconds
from tally.drafting.preview import ImportPreview, preview_import
from tally.drafting.starters import starter_files

DELEGATES: Final = 5_000
LIMIT_MS: Final = 2_000.0
_RUNS: Final = 3
_SURNAMES: Final = "王李张刘陈杨黄赵吴周"
_GIVEN: Final = "伟芳娜敏静丽强磊军洋"


def large_roll() -> bytes:
    """A roll as an old Excel writes it, in GB18030, with two rows that are refused."""
    lines = ["编号,姓名,性别,民族,代表团,单位,职务,状态"]
    for number in range(DELEGATES):
        name = _SURNAMES[number % 10] + _GIVEN[number // 10 % 10] + _GIVEN[number // 100 % 10]
        lines.append(f"{number:05d},{name},男,汉族,第{number % 40}代表团,某单位,某职务,正常")
    lines[7] = lines[6]
    lines[4_000] = lines[4_000].replace("正常", "在职")
    return ("\n".join(lines) + "\n").encode("gb18030")


def preview() -> ImportPreview:
    """The preview of that roll in the draft of a county congress."""
    return preview_import(starter_files("county-congress"), "roll", "roll.csv", large_roll())


def importing() -> list[Figure]:
    """The median of previewing it again and again."""
    spent = milliseconds(preview, _RUNS)
    note = f"GB18030, two rows refused; median of {_RUNS}"
    return [at_most("import_5000_delegates", spent, "ms", LIMIT_MS, note)]
