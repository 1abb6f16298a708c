from api.tables import pending
from tests.api.tables.columns import columns_of


def test_a_waiting_ballot_has_no_time_no_kiosk_no_number() -> None:
    assert columns_of(pending.PendingBallotRow) == ("ballot_id", "contest", "raw")
    assert pending.PendingBallotRow.__table_args__ == {"sqlite_with_rowid": False}
