import pytest
from pydantic import BaseModel, ValidationError

from api.schemas.requests import CheckIn, ProposalSignature, Roll

GOOD: list[tuple[type[BaseModel], str]] = [
    (CheckIn, '{"delegate":"0001","action":"arrive"}'),
    (Roll, '{"people":[{"id":"1","name":"李红香","should_attend":true}]}'),
    (ProposalSignature, '{"key":"' + "0" * 64 + '","signature":"' + "A" * 86 + '"}'),
]
BAD: list[tuple[type[BaseModel], str]] = [
    (CheckIn, '{"delegate":1,"action":"arrive"}'),
    (CheckIn, '{"delegate":"1","action":"arrive","time":1}'),
    (CheckIn, '{"delegate":"' + "1" * 33 + '","action":"arrive"}'),
    (Roll, '{"people":[{"id":"1","name":"","should_attend":true}]}'),
    (Roll, '{"people":[{"id":"1","name":"x","should_attend":1}]}'),
    (Roll, '{"people":[{"id":"1","name":"x","should_attend":"true"}]}'),
    (Roll, '{"people":{}}'),
    (ProposalSignature, '{"key":"' + "A" * 64 + '","signature":"' + "A" * 86 + '"}'),
    (ProposalSignature, '{"key":"' + "0" * 64 + '","signature":"' + "A" * 85 + '="}'),
]


@pytest.mark.parametrize(("model", "text"), GOOD)
def test_what_is_described_is_read(model: type[BaseModel], text: str) -> None:
    model.model_validate_json(text)


@pytest.mark.parametrize(("model", "text"), BAD)
def test_everything_else_is_refused(model: type[BaseModel], text: str) -> None:
    with pytest.raises(ValidationError):
        model.model_validate_json(text)
