from tally.drafting.readiness import Item, Mark, checklist, may_be_created
from tally.drafting.starters import starter_files
from tally.drafting.survey import survey
from tests.tally.drafting.folders import EXAMPLE, draft, example_files


def items(files: object, mark: Mark, *, rehearsal: bool = False) -> list[Item]:
    found = checklist(survey(files), rehearsal=rehearsal)  # type: ignore[arg-type]
    return [item for item in found if item.mark is mark]


def test_the_example_can_be_created() -> None:
    assert items(example_files(), Mark.MISSING) == []
    assert may_be_created(survey(example_files()), rehearsal=False)


def test_samples_are_for_rehearsals_only() -> None:
    found = survey(starter_files("county-congress"))
    assert not may_be_created(found, rehearsal=False)
    assert may_be_created(found, rehearsal=True)
    assert "样例" in items(starter_files("blank"), Mark.LOOK, rehearsal=True)[0].what.zh


def test_a_problem_keeps_a_session_from_being_created() -> None:
    assert not may_be_created(survey(draft(roll_csv="编号,姓名,状态\n1,甲,休假\n")), rehearsal=True)
    assert not may_be_created(survey({}), rehearsal=True)
    assert items({}, Mark.MISSING)[0].where == "overview"


def test_a_namesake_must_be_settled() -> None:
    session = draft()["session.toml"].decode().replace('"丙"', '"吴六"')
    (item,) = items(draft(session_toml=session), Mark.MISSING)
    assert (item.where, "吴六 与候选人同名" in item.what.zh) == ("scrutineers", True)
    settled = session.replace('names = ["甲', 'different = ["吴六"]\nnames = ["甲')
    assert items(draft(session_toml=settled), Mark.MISSING) == []


def test_it_is_said_when_nobody_may_be_missing() -> None:
    session = draft()["session.toml"].decode().replace("threshold = 2", "threshold = 3")
    assert any("一人缺席" in item.what.zh for item in items(draft(session_toml=session), Mark.LOOK))


def test_lists_and_rules_that_people_should_look_at_are_named() -> None:
    session = draft()["session.toml"].decode().replace("election_local_2020", "election_grassroots_1990")
    looks = [item.what.zh for item in items(draft(session_toml=session), Mark.LOOK)]
    assert any("施行期" in zh for zh in looks)


def test_a_contest_is_called_by_its_english_title_on_english_pages() -> None:
    files = {path.name: path.read_bytes() for path in (EXAMPLE.parent / "rehearsal").iterdir()}
    (look,) = (item.what for item in items(files, Mark.LOOK) if "正式文本" in item.what.zh)
    assert look.zh.startswith("县委委员信任度测评：")
    assert look.en.startswith("Trust evaluation of committee members: ")
