"""The file from which libsodium was loaded.

The package rbcl carries the library inside of a module. Whenever a process loads it, it writes 2.7 MB to a temporary
file and leaves it there for ever: stations, readers and verifiers of some days would fill a small disk, or the memory
where temporary files are in it. A library that is loaded needs its file no longer.
"""

import contextlib
import os
import tempfile
from typing import Final

_SUFFIX: Final = ".so"


def drop_library_file(path: str) -> None:
    """Remove the file of a loaded library, if it is a temporary one; a library of the system stays.

    One that cannot be removed is left: it costs room and nothing else.
    """
    folder, name = os.path.split(path)
    if folder == tempfile.gettempdir() and name.startswith(tempfile.gettempprefix()) and name.endswith(_SUFFIX):
        with contextlib.suppress(OSError):
            os.unlink(path)
