from dataclasses import fields

import pytest
from starlette.requests import Request

from api.public_service import PublicService, public_of
from api.service import Service
from tests.api.hall import Hall


def test_the_whole_service_answers_what_everybody_may_ask(empty_hall: Hall) -> None:
    request = Request({"type": "http", "app": empty_hall.client.app})
    assert public_of(request) is empty_hall.service
    assert empty_hall.service.public_keys.log == empty_hall.service.keys.log.public


def test_it_has_nothing_with_which_one_could_write_or_sign() -> None:
    secret = {"writer", "keys", "desk_token", "operator_token", "records", "database", "rng"}
    assert secret <= {field.name for field in fields(Service)}
    assert not secret & {field.name for field in fields(PublicService)}


def test_an_application_without_a_service_says_so() -> None:
    class App:
        class state:
            service = None

    with pytest.raises(TypeError, match="not started"):
        public_of(Request({"type": "http", "app": App}))
