from api.services.queues import queues_of_contest
from tests.api.hall import Hall


def test_queues_are_known_while_voting_pauses_and_not_otherwise(hall: Hall) -> None:
    def known() -> list[tuple[str, str]]:
        found = queues_of_contest(hall.service, hall.service.sequencer.view.log, "report")
        return [(one.name, one.standing.value) for one in found]

    assert known() == []
    hall.pause()
    assert known() == [("1", "empty")]
    assert queues_of_contest(hall.service, hall.service.sequencer.view.log, "none") == ()
