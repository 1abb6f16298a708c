import pytest

from api.acts.standing import NameClashError
from api.errors import SaidError
from api.pages.acting import DONE, Refused, done
from api.schemas.answers import ProposalStatus
from ballots.screen.words import Said
from tests.support.coroutines import run
from voting_core.errors import FatalError, PlenumError, StateError, VerificationError


async def gives(value: ProposalStatus | None) -> ProposalStatus | None:
    return value


async def raises(error: PlenumError) -> None:
    raise error


def status(word: str) -> ProposalStatus:
    return ProposalStatus(id="", type="", signers=[], status=word, missing="", index=None)  # type: ignore[arg-type]


def test_what_became_of_an_act_is_one_word() -> None:
    assert run(done(gives(None))) == "accepted"
    assert run(done(gives(status("accepted")))) == "accepted"
    assert run(done(gives(status("waiting")))) == "waiting"
    assert all(said.zh != said.en for said in DONE.values())


@pytest.mark.parametrize(
    ("error", "code", "clash"),
    [
        (SaidError(Said("不", "no"), status=403), 403, False),
        (NameClashError(Said("不", "no"), status=409), 409, True),
        (VerificationError("V9.A", "x"), 409, False),
        (StateError("x"), 409, False),
    ],
)
def test_a_refusal_says_why(error: PlenumError, code: int, clash: bool) -> None:
    with pytest.raises(Refused) as refused:
        run(done(raises(error)))
    assert (refused.value.status, refused.value.clash) == (code, clash)


def test_a_server_that_has_stopped_is_no_refusal() -> None:
    with pytest.raises(FatalError):
        run(done(raises(FatalError("x"))))
