"""Voiding the cards that lie on an official's table: each entry is signed by the official and by the card.

The password opens the official's key once, for all cards of one request. A card that was voided by an earlier try is
found to be so, so sending the same cards again does nothing twice.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from api.acts.signing import Signer, write_with
from api.service import Service
from api.services.card_voiding import Fate, Line, Pile, Voiding, plan, read_lines
from voting_core.errors import FatalError, PlenumError
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey


@dataclass(frozen=True, slots=True)
class Voided:
    """What became of the cards: the lines as they were read, without secrets, and each card in each contest."""

    lines: tuple[Line, ...]
    contests: tuple[str, ...]
    fates: dict[tuple[int, str], Fate]

    def count(self, fate: Fate) -> int:
        """How often a fate occurs, over all cards and contests."""
        return sum(one is fate for one in self.fates.values())

    @property
    def unread(self) -> int:
        """Lines that are no card of this session, or one that stands on an earlier line."""
        return sum(line.problem is not None for line in self.lines)


async def void_cards(
    service: Service, signer: Signer, text: Secret[str], pile: Pile, contests: Sequence[str]
) -> Voided:
    """Void cards in these contests, and tell what became of each.

    Raises:
        InputError: there is no line, or there are too many.
        StateError: a contest takes no card of such a pile now.
        SaidError: the password is wrong.
    """
    state = service.sequencer.view.log
    lines = await asyncio.to_thread(read_lines, text.reveal(), state.session_id)
    planned = await asyncio.to_thread(plan, state, lines, pile, contests)
    key = await asyncio.to_thread(signer.open, service.accounts)
    fates = {(one.line, one.contest): await _void(service, key, one) for one in planned}
    bare = tuple(Line(line.number, None, line.problem) for line in lines)
    return Voided(bare, tuple(dict.fromkeys(one.contest for one in planned)), fates)


async def _void(service: Service, key: SigningKey, one: Voiding) -> Fate:
    if one.body is None or one.key is None:
        return one.fate
    try:
        await write_with(service, key, one.body, one.key)
    except FatalError:
        raise
    except PlenumError:
        # The log has grown meanwhile (the card has voted, or another official voided it), or the disk is full.
        return Fate.REFUSED
    return Fate.VOIDED
