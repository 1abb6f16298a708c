"""Looking at processes of this machine."""

from pathlib import Path


def state_of(process: int) -> str:
    """The letter of a process's state; empty when there is none."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def command_of(process: int) -> bytes:
    """With what a process was started; empty when there is none."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def has_ended(process: int) -> bool:
    """Whether a process runs no more."""
    return state_of(process) in ("", "Z", "X")


def processes_under(parent: int) -> list[int]:
    """The living children of a process."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(after[1]) == parent and after[0] not in ("Z", "X"):
            found.append(int(path.parent.name))
    return sorted(found)
