from concurrent.futures import Future

from api.sequencer.tasks import EntryTask, Position, refuse
from voting_core.errors import StateError


def test_only_who_has_no_answer_is_refused() -> None:
    answered: Future[Position] = Future()
    answered.set_result(Position(0, 1, bytes(32)))
    waiting: Future[Position] = Future()
    refuse([EntryTask(b"", answered), EntryTask(b"", waiting)], StateError("no"))
    assert answered.result().index == 0
    assert isinstance(waiting.exception(), StateError)
