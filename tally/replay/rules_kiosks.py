"""Adopting rule sets, registering kiosks (SPEC §8.5 rule 3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tally.entries.contests import KioskRegistered, RulesAdopted
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.entries.reading import failing
from tally.replay import signers
from tally.replay.checks import confirmed_key, refuse, short, with_key
from tally.replay.rule import Rule, rule
from tally.rules.loader import rule_set_from_json
from tally.state import AdoptedRules, Kiosk, State
from voting_core.params import MAX_KIOSKS


def _adopt(state: State, entry: Entry, body: RulesAdopted) -> State:
    confirmed_key(state, entry.type)
    if body.id in state.rules:
        refuse("V4.D", f"the rule set {body.id} is adopted already")
    with failing("V2.B"):
        rules = rule_set_from_json(body.rules, "rules.adopted body.rules")
    if rules.id != body.id:
        refuse("V2.B", f"rules.adopted names {body.id}, and its rule set {rules.id}")
    return replace(state, rules=state.rules.set(body.id, AdoptedRules(rules, body.rules_hash)))


def _register(state: State, entry: Entry, body: KioskRegistered) -> State:
    confirmed_key(state, entry.type)
    voting = [contest.id for contest in state.contests.values() if contest.is_voting]
    if voting:
        refuse("V4.D", f"kiosks are registered while nobody votes; {voting[0]} is open")
    if len(state.kiosks) >= MAX_KIOSKS:
        refuse("V4.D", f"{MAX_KIOSKS} kiosks are registered, no more are accepted")
    state = with_key(state, body.kiosk, f"the kiosk {body.name}")
    if state.box_key is None:
        state = with_key(state, body.box_key, "the ballot box")
    elif body.box_key != state.box_key:
        refuse(
            "V8.K",
            f"the kiosk {body.name} brings the ballot-box key {short(body.box_key)}; the registered one is "
            f"{short(state.box_key)}, and all kiosks share it",
            body.name,
        )
    kiosks = state.kiosks.set(body.kiosk, Kiosk(body.kiosk, body.name))
    return replace(state, kiosks=kiosks, box_key=body.box_key)


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.RULES_ADOPTED: rule(RulesAdopted, signers.two_officials, _adopt),
    EntryType.KIOSK_REGISTERED: rule(KioskRegistered, signers.two_officials_and_the_kiosk, _register),
}
"""The rules of these types."""
