"""`python -m api.verifiers [sodium]`: a verifier, started by the server and by nobody else; it ends with its standard
input.
"""

import sys

from api.verifiers.looking import answer
from voting_core.fast import fastest
from voting_core.public import SODIUM

if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer, SODIUM if sys.argv[1:] == [SODIUM.name] else fastest())
