from pathlib import Path

from api.public_service import PublicKeys
from api.settings import Settings
from api.workers.handed import Handed


def test_a_line_is_read_as_it_was_written() -> None:
    for authority, tls in ((None, None), (b"-----BEGIN", (Path("/a/tls.crt"), Path("/a/tls.key")))):
        settings = Settings(
            directory=Path("/数据/会"),
            database_url="postgresql://u@h/d",
            simulated=True,
            address="a:1",
            authority=authority,
        )
        handed = Handed(settings, PublicKeys(b"l" * 32, b"s" * 32), 7, tls)
        line = handed.line()
        assert line.count(b"\n") == 1
        assert Handed.read(line) == handed
