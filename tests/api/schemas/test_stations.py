import pytest
from pydantic import BaseModel, ValidationError

from api.schemas.stations import ROLE_NAMES, ROLES, Claim, NewStation
from ballots.qr.enrolment import StationRole

BAD: list[tuple[type[BaseModel], str]] = [
    (NewStation, '{"role":"desk","name":"x"}'),
    (NewStation, '{"role":"kiosk","name":""}'),
    (NewStation, '{"role":"kiosk","name":"x","number":"1"}'),
    (NewStation, '{"role":"kiosk","name":"x","number":16}'),
    (NewStation, '{"role":"kiosk","name":"x","more":1}'),
    (Claim, '{"code":"0000-0000-0000","token":"' + "0" * 64 + '"}'),
    (Claim, '{"code":"0000-0000-0000-0000","token":"' + "A" * 64 + '"}'),
    (Claim, '{"code":"0000-0000-0000-0000"}'),
]


def test_every_role_has_its_word() -> None:
    assert set(ROLES.values()) == set(StationRole) == set(ROLE_NAMES)


@pytest.mark.parametrize(("model", "text"), BAD)
def test_what_is_not_described_is_refused(model: type[BaseModel], text: str) -> None:
    with pytest.raises(ValidationError):
        model.model_validate_json(text)
