from pathlib import Path

import pytest

from api.acts.signing import Signer
from api.acts.waiting import sign_waiting, withdraw
from api.errors import SaidError
from tests.api.people import PASSWORD
from tests.api.staged import OFFICIALS, stage
from tests.support.coroutines import run
from voting_core.secret import Secret


def test_what_is_gone_cannot_be_signed_or_withdrawn(tmp_path: Path) -> None:
    staged = stage(tmp_path / "data")
    staged.builder.run("ready")
    with staged.running() as running:
        account = running.service.accounts.find(OFFICIALS[0])
        assert account is not None
        with pytest.raises(SaidError, match="in the log already"):
            run(sign_waiting(running.service, Signer(account, Secret(PASSWORD)), bytes(32), different=False))
        with pytest.raises(SaidError, match="withdrawn"):
            run(withdraw(running.service, account, bytes(32)))
