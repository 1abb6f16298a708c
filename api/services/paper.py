"""Whether the kiosks of this session print ballots, as its draft says."""

from api.public_service import PublicService
from api.store.setup import read_setup
from ballots.paper_setting import PaperSetting
from tally.plan.paper import paper_of


def session_paper(service: PublicService) -> PaperSetting | None:
    """The setting of the session; None where the server has no draft of it. Reads the disk."""
    return paper_of(service.reader.read(read_setup))
