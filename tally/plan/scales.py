"""Mark ids of every kind of contest, and the scales met in practice.

Grades are the words that stand on the sheet, because a translation of them would be a second name for one thing.
"""

from typing import Final

APPROVE: Final = "approve"
DISAPPROVE: Final = "disapprove"
ABSTAIN: Final = "abstain"
AGREE: Final = "agree"
CHOSEN: Final = "chosen"
NOT_CHOSEN: Final = "not_chosen"

MOTION_ROW: Final = "motion"

SCALES: Final[dict[str, tuple[str, ...]]] = {
    "trust4": ("信任", "基本信任", "不信任", "弃权"),
    "satisfaction4": ("满意", "基本满意", "不满意", "不了解"),
    "grade4": ("优秀", "称职", "基本称职", "不称职"),
    "grade3": ("称职", "基本称职", "不称职"),
    "team4": ("优秀", "良好", "一般", "较差"),
    "report4": ("好", "较好", "一般", "差"),
    "accept4": ("认同", "基本认同", "不认同", "不了解"),
    "competence4": ("优秀", "胜任", "基本胜任", "不胜任"),
}


def scale_of(grades: tuple[str, ...]) -> str:
    """The name of the scale with these grades, empty where there is none."""
    return next((name for name, known in SCALES.items() if known == grades), "")
