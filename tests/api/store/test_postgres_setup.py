"""A database server that would lose ballots, or keep their order, is refused."""

from typing import Any

import pytest

from api.store.postgres_setup import DEMANDS, refuse_unsafe_setup
from tests.support.postgres import Cluster
from voting_core.errors import InputError


class Server:
    """Answers as a server would that has one setting changed."""

    def __init__(self, **changed: str) -> None:
        self._values = {demand.setting: demand.accepted[0] for demand in DEMANDS}
        self._values |= {"server_version_num": "150004", **changed}

    def execute(self, query: Any, params: Any = None, /) -> Any:
        value = self._values[params[0]]

        class Answer:
            @staticmethod
            def fetchone() -> tuple[str]:
                return (value,)

        return Answer()


@pytest.mark.parametrize("demand", DEMANDS, ids=lambda demand: demand.setting)
def test_every_demand_is_made(demand: Any) -> None:
    refuse_unsafe_setup("db", Server())
    with pytest.raises(InputError, match=f"has {demand.setting} = strange: .*Set {demand.setting} = "):
        refuse_unsafe_setup("db", Server(**{demand.setting: "strange"}))


def test_an_old_server_is_refused() -> None:
    with pytest.raises(InputError, match="PostgreSQL 13 is too old"):
        refuse_unsafe_setup("db", Server(server_version_num="130011"))


def test_a_server_as_it_comes_is_accepted_and_knows_every_setting(postgres_cluster: Cluster) -> None:
    with postgres_cluster.connection() as connection:
        refuse_unsafe_setup("db", connection)
