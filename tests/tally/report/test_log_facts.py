from tally.report.log_facts import DeclaredAttendance, contest_logs, declared_attendances, trustees
from tally.simulate.run import Simulated
from tests.support.session import SessionBuilder


def test_attendance_is_as_declared_with_the_quorum_of_the_rules(done: Simulated) -> None:
    assert declared_attendances(done.state) == (
        DeclaredAttendance("表决0", 8, 7, 5),
        DeclaredAttendance("表决1", 8, 7, 5),
    )


def test_before_any_declaration_there_is_none() -> None:
    assert declared_attendances(SessionBuilder().run(until="defined").state) == ()


def test_the_course_of_a_contest(done: Simulated) -> None:
    election, motion = contest_logs(done.state)
    assert (election.id, election.cast, motion.cast) == ("election", 6, 5)
    assert election.status == "published"
    closing = done.state.contest("election").closing
    assert closing is not None
    assert (election.size, election.root) == (closing.size, closing.root.hex())
    assert len(election.decrypted) >= 2
    assert set(election.decrypted) | set(election.signed) | set(election.verified) <= {"1 甲", "2 乙", "3 丙"}


def test_a_contest_that_is_not_closed_has_no_root() -> None:
    log = contest_logs(SessionBuilder().run(until="open").state)[0]
    assert (log.size, log.root, log.verified) == (None, "", ())


def test_trustees_have_index_and_name(done: Simulated) -> None:
    assert trustees(done.state) == ("1 甲", "2 乙", "3 丙")
