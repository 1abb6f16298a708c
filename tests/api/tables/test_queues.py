from api.tables import queues
from tests.api.tables.columns import columns_of


def test_a_queue_is_a_number_and_names_no_ballot_and_no_time() -> None:
    assert columns_of(queues.KioskQueueRow) == ("contest", "kiosk", "size", "waiting", "statement")
