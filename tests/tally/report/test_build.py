from ballots.contest import Stage
from tally.report.build import contest_documents, documents
from tally.report.evaluation import CONFIDENTIAL
from tally.report.log_summary import count_types
from tally.report.model import DocumentKind
from tally.simulate.run import Simulated
from tests.tally.decide.contests import changed_rules
from tests.tally.report.evaluations import scopes, trust
from tests.tally.report.samples import SESSION, election, origin


def kinds(facts) -> list[DocumentKind]:
    return [document.kind for document in contest_documents(facts, SESSION, origin())]


def test_a_session_has_the_documents_of_its_contests_then_its_own(done: Simulated) -> None:
    made = documents(done.state, count_types(done.entries))
    assert [document.file_name for document in made] == [
        "election-得票情况报告单",
        "election-当选名单",
        "motion-表决结果报告单",
        "后续表决建议",
        "到会情况",
        "日志摘要",
    ]
    assert all(document.simulated and document.heading == "测试大会" for document in made)


def test_a_void_vote_has_a_count_and_no_list() -> None:
    assert kinds(election(160, returned=306)) == [DocumentKind.COUNT]
    assert kinds(election(160)) == [DocumentKind.COUNT, DocumentKind.ELECTED]


def test_who_may_see_a_document_stands_on_it() -> None:
    rules = changed_rules("trust_default", scopes=scopes("self", "committee", "superior", "delegates", "public"))
    found = contest_documents(trust((10, 0, 0, 0), rules=rules), SESSION, origin())
    assert {one.kind: one.mark for one in found} == {
        DocumentKind.EVALUATION_ROWS: CONFIDENTIAL,
        DocumentKind.EVALUATION_PERSON: CONFIDENTIAL,
        DocumentKind.EVALUATION_COMMITTEE: CONFIDENTIAL,
        DocumentKind.EVALUATION_SUPERIOR: CONFIDENTIAL,
        DocumentKind.EVALUATION_DELEGATES: "限会议代表",
        DocumentKind.EVALUATION_PUBLIC: "",
    }
    preselection = contest_documents(election(160, stage=Stage.PRESELECTION), SESSION, origin())
    assert [one.mark for one in preselection] == ["", "只报大会主席团"]
