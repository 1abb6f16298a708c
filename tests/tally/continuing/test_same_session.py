import pytest

from tally.continuing.same_session import require_same_session
from tests.tally.continuing.held import MAYORS, SESSION, held, read_held
from voting_core.errors import InputError


def test_the_folder_of_the_session() -> None:
    require_same_session(held().state, read_held())


def test_either_may_have_contests_that_the_other_lacks() -> None:
    require_same_session(held().state, read_held(session_toml=SESSION.replace('id = "report"', 'id = "other"')))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("title = '会\"议'", 'title = "别的会"', "title"),
        ('kind = "congress"', 'kind = "plenum"', "kind"),
        ("2026-12-08", "2026-12-09", "date"),
        ("礼堂", "会堂", "place"),
        (SESSION[SESSION.index("[[contest]]") : SESSION.index('[[contest]]\nid = "report"')], "", "contests"),
        ('kind = "motion"', 'kind = "ticket_vote"\ncandidates = "mayors.csv"', "motion"),
    ],
)
def test_another_session_is_refused(old: str, new: str, says: str) -> None:
    assert old in SESSION
    toml = SESSION.replace(old, new, 1)
    if says == "contests":
        toml = toml.replace('id = "report"', 'id = "other"')
    roll = "编号,姓名,身份,状态\n9,人9,委员,正常\n11,人11,委员,终止\n"
    plan = read_held(session_toml=toml, **({"roll_csv": roll} if says == "kind" else {}))
    with pytest.raises(InputError, match=f"the record has the {says}"):
        require_same_session(held().state, plan)


def test_other_rows_are_another_session() -> None:
    plan = read_held(mayors_csv=MAYORS.replace("蔡玉", "蔡芳"))
    with pytest.raises(InputError, match="rows of mayors"):
        require_same_session(held().state, plan)
