import re
from pathlib import Path

import httpx2
import pytest

from ballots.screen.ballot import Shape
from kiosk.kiosk_page.serving import serving_kiosk
from tests.api.hall import Hall
from tests.kiosk.kiosk_page.screen import running_kiosk
from voting_core.errors import InputError


def test_the_link_opens_the_screen_once(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk, serving_kiosk(kiosk.screen, 0, Shape.LANDSCAPE) as link:
        assert link.startswith("http://127.0.0.1:")
        with httpx2.Client(follow_redirects=True, trust_env=False) as browser:
            assert "请出示表决卡" in browser.get(link).text
        assert httpx2.get(link, trust_env=False).status_code == 403
        port = re.search(r":(\d+)/", link)
        assert port is not None
        with (
            pytest.raises(InputError, match="cannot listen"),
            serving_kiosk(kiosk.screen, int(port[1]), Shape.LANDSCAPE),
        ):
            pass
