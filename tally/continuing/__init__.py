"""From a sealed and verified session to the folder of the next one."""

from tally.continuing.folder import continue_session

__all__ = ["continue_session"]
