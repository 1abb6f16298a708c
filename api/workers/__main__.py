"""`python -m api.workers`: a reader, started by `plenum serve --workers N` and by nobody else."""

import logging
import os
import sys

from api.watching.log import begin_log
from api.workers.serving import serve
from api.workers.telling import mouth_at
from voting_core.errors import PlenumError


def main() -> int:
    """Run it; gives the exit status."""
    os.umask(0o077)
    begin_log(as_json=False)
    try:
        # Without a buffer, whose lock a waiting thread would hold when the process ends.
        return serve(open(0, "rb", buffering=0, closefd=False), mouth_at(1))
    except PlenumError as error:
        logging.getLogger("plenum.reader").error("%s", error)
        return 1


if __name__ == "__main__":
    sys.exit(main())
