"""rules.adopted and kiosk.registered (SPEC §8.5 rule 3)."""

from tally.entries.contests import KioskRegistered, RulesAdopted, rules_hash
from tally.rules.loader import load_rule_set
from tests.support.refusals import refused
from tests.support.session import SessionBuilder
from tests.tally.replay.conftest import At
from voting_core.params import MAX_KIOSKS


def adopted(id_: str = "resolution_default", rule_set: str = "resolution_default") -> RulesAdopted:
    return RulesAdopted(id_, load_rule_set(rule_set).to_json())


def registered(session: SessionBuilder, name: str, box_key: bytes | None = None) -> bytes:
    kiosk = session.key(name)
    body = KioskRegistered(name=name, kiosk=kiosk.public, box_key=box_key or session.box.public)
    return session.entry(body, *session.officials, kiosk)


def test_a_rule_set_is_adopted_with_its_hash(at: At) -> None:
    session = at("equipped")
    rules = load_rule_set("resolution_default")
    assert session.state.rules["resolution_default"].rules == rules
    assert session.state.rules["resolution_default"].hash == rules_hash(rules.to_json())


def test_a_rule_set_is_adopted_once(at: At) -> None:
    session = at("equipped")
    refused(session, session.entry(adopted(), *session.officials), "V4.D")


def test_rules_come_after_the_key(at: At) -> None:
    session = at("revealed")
    refused(session, session.entry(adopted(), *session.officials), "V4.D")


def test_rules_that_are_no_rule_set_are_refused(at: At) -> None:
    session = at("keyed")
    broken = {**load_rule_set("resolution_default").to_json(), "majority": "large"}
    refused(session, session.entry(RulesAdopted("resolution_default", broken), *session.officials), "V2.B")


def test_rules_are_adopted_under_their_own_id(at: At) -> None:
    session = at("keyed")
    refused(session, session.entry(adopted("trust_default"), *session.officials), "V2.B")


def test_kiosks_come_after_the_key(at: At) -> None:
    session = at("revealed")
    refused(session, registered(session, "K77"), "V4.D")


def test_all_kiosks_share_one_ballot_box_key(at: At) -> None:
    session = at("equipped")
    session.append(registered(session, "K77"))
    refusal = refused(session, registered(session, "K78", session.key("other box").public), "V8.K")
    assert refusal.culprits == ("K78",)


def test_a_kiosk_has_a_key_of_its_own(at: At) -> None:
    session = at("equipped")
    body = KioskRegistered(name="again", kiosk=session.kiosks[0].public, box_key=session.box.public)
    refused(session, session.entry(body, *session.officials, session.kiosks[0]), "V4.C")
    body = KioskRegistered(name="box", kiosk=session.box.public, box_key=session.box.public)
    refused(session, session.entry(body, *session.officials, session.box), "V4.C")


def test_the_box_key_is_new_too(at: At) -> None:
    session = at("keyed")
    refused(session, registered(session, "K01", session.log_key.public), "V4.C")


def test_no_kiosk_is_registered_while_a_contest_is_open(at: At) -> None:
    session = at("open")
    refused(session, registered(session, "K77"), "V4.D")
    session = at("closed")
    session.append(registered(session, "K77"))
    assert len(session.state.kiosks) == 3


def test_there_are_only_so_many_kiosks(at: At) -> None:
    session = at("equipped")
    for number in range(3, MAX_KIOSKS + 1):
        session.append(registered(session, f"K{number:03d}"))
    refused(session, registered(session, "one too many"), "V4.D")
