"""What a server certificate may be for."""

import pytest
from cryptography import x509

from api.pki.hosts import DOMAINS, MAX_HOSTS, NETWORKS, host_texts, permitted, read_domain, read_hosts
from voting_core.errors import InputError


def test_addresses_of_private_networks_and_private_names_are_taken() -> None:
    texts = ("10.0.0.1", "192.168.1.2", "fd00::1", "127.0.0.1", "vote.lan", "localhost", "A.Vote.Internal")
    read = read_hosts(texts, DOMAINS)
    assert host_texts(x509.SubjectAlternativeName(read)) == (*texts[:-1], "a.vote.internal")


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        ((), "0 were given"),
        (("10.0.0.1",) * (MAX_HOSTS + 1), "21 were given"),
        (("10.0.0.1", "10.0.0.1"), "twice"),
        (("8.8.8.8",), "not an address of a private network"),
        (("2001:db8::1",), "not an address of a private network"),
        (("bank.com",), "may not sign for bank.com"),
        (("evil-lan",), "may not sign for evil-lan"),
        (("vote..lan",), "neither an address nor a name"),
        (("*.lan",), "neither an address nor a name"),
        (("投票.lan",), "neither an address nor a name"),
        (("a" * 64 + ".lan",), "neither an address nor a name"),
        (("10.0.0.1/8",), "neither an address nor a name"),
        (("",), "neither an address nor a name"),
    ],
)
def test_everything_else_is_refused(texts: tuple[str, ...], problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_hosts(texts, DOMAINS)


def test_a_county_may_have_its_own_domain() -> None:
    own = read_domain("Qinglan.Example.")
    assert read_hosts(("vote.qinglan.example",), (*DOMAINS, own))
    for text in ("", "a b", "10.0.0.1", "x" * 254):
        with pytest.raises(InputError, match="no name"):
            read_domain(text)


def test_the_authority_is_limited_to_exactly_these() -> None:
    names = permitted(("qinglan.example",))
    assert [name.value for name in names] == [*DOMAINS, "qinglan.example", *NETWORKS]
