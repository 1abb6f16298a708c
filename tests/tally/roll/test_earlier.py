import pytest

from tally.decide.evaluation import RowEvaluation
from tally.roll.earlier import Earlier, EarlierTrust, FailedNominee, Nominee, nominee_of

MAYOR = Nominee("蔡玉", "石桥镇 镇长", "女", "汉族")


def earlier(*failed: FailedNominee, trust: tuple[EarlierTrust, ...] = ()) -> Earlier:
    return Earlier(
        id="s-1", title="会", date="2026-01-01", session="", fingerprint="", record="", failed=failed, trust=trust
    )


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Nominee("蔡玉", "石桥镇 镇长"), True),
        (Nominee("蔡玉", "石桥镇 镇长", "女"), True),
        (Nominee("蔡玉", "石桥镇 镇长", "男"), False),
        (Nominee("蔡玉", "石桥镇 镇长", "女", "苗族"), False),
        (Nominee("蔡玉", "青岚镇 镇长", "女", "汉族"), False),
        (Nominee("蔡芳", "石桥镇 镇长", "女", "汉族"), False),
    ],
)
def test_who_may_be_the_same_nominee(other: Nominee, same: bool) -> None:
    assert MAYOR.may_be(other) is same
    assert other.may_be(MAYOR) is same
    failed = FailedNominee(MAYOR, 1, ("s-0",), "f.csv, line 2")
    assert (earlier(failed).failed_before(other) is failed) is same


def test_the_post_is_read_from_the_row() -> None:
    details = [("性别", "女"), ("民族", "汉族"), ("乡镇", "石桥镇"), ("推荐职务", "镇长")]
    assert nominee_of("蔡玉", details, "表决") == MAYOR
    assert nominee_of("蔡玉", [("拟任职务", "局长")], "表决").post == "局长"
    assert nominee_of("蔡玉", [("乡镇", "石桥镇")], "表决").post == "表决"


def test_trust_is_that_of_the_same_number_and_name() -> None:
    one = EarlierTrust("王海", "trust", "s-1", RowEvaluation("7", (), 0, 0, ()))
    left = earlier(trust=(one,))
    assert left.trust_of("7", "王海") == (one,)
    assert left.trust_of("7", "李娟") == left.trust_of("8", "王海") == ()
