"""Entries of the log, and proposals for them, in plain words: what one says, who signs it, and what it brings about.

Screens of officials, of scrutineers and of the public say the same of the same entry. A sentence never holds a key, a
hash or a ballot; those are for the verifier.
"""

from tally.entry_words.naming import signer_of, title_of
from tally.entry_words.sentences import tell
from tally.entry_words.signing import Act, Signers, act_of
from tally.entry_words.told import Told

__all__ = ["Act", "Signers", "Told", "act_of", "signer_of", "tell", "title_of"]
