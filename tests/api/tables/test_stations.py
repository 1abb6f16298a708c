from api.tables import stations
from tests.api.tables.columns import columns_of


def test_a_station_is_joined_to_no_ballot() -> None:
    assert columns_of(stations.StationRow) == (
        "id",
        "role",
        "name",
        "number",
        "code",
        "expires",
        "token",
        "key",
        "revoked",
    )
