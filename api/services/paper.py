"""Whether the kiosks of this session print ballots, as its draft says."""

from functools import lru_cache

from api.public_service import PublicService
from api.store.setup import read_setup_file
from ballots.paper_setting import PaperSetting
from tally.plan.paper import paper_of
from tally.plan.source import SESSION_FILE


def session_paper(service: PublicService) -> PaperSetting | None:
    """The setting of the session; None where the server has no draft of it. Reads the disk.

    Every kiosk asks for it, and anybody may: one small file of the draft is read, and parsed when it has changed.
    """
    content = service.reader.read(lambda connection: read_setup_file(connection, SESSION_FILE))
    return None if content is None else _read(content)


@lru_cache(maxsize=1)
def _read(content: bytes) -> PaperSetting | None:
    return paper_of({SESSION_FILE: content})
