"""What a server certificate may be for, and what the authority is limited to.

The authority's certificate is put into browsers of officials and into stations. One that could sign for any name would
make whoever steals its key a stranger's bank, so it is limited, in the certificate itself, to the addresses that are
never routed on the internet (RFC 1918, RFC 4193, loopback, link-local) and to names that are never delegated there.
"""

import ipaddress
import re
from typing import Final

from cryptography import x509

from voting_core.errors import InputError

NETWORKS: Final = tuple(
    ipaddress.ip_network(text)
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "127.0.0.0/8",
        "fc00::/7",
        "fe80::/10",
        "::1/128",
    )
)
"""Networks whose addresses a certificate may carry."""

DOMAINS: Final = ("lan", "internal", "home.arpa", "localhost", "test")
"""Ends of names that a certificate may carry: reserved, or in use on private networks alone."""

MAX_HOSTS: Final = 20
"""Addresses and names of one server; a machine has a few network cards and a few names."""

MAX_NAME: Final = 253
"""Characters of a name (RFC 1035)."""

_LABEL: Final = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_NAME: Final = re.compile(rf"{_LABEL}(\.{_LABEL})*")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def read_hosts(texts: tuple[str, ...], domains: tuple[str, ...]) -> tuple[x509.GeneralName, ...]:
    """Read what a server is reached by, for its certificate; `domains` are the ends of names of its authority.

    Raises:
        InputError: nothing, too much, something twice, or what the authority may not sign for.
    """
    if not 1 <= len(texts) <= MAX_HOSTS:
        raise InputError("--host", f"{len(texts)} were given", f"Give 1 to {MAX_HOSTS} addresses or names")
    names = tuple(_read(text, domains) for text in texts)
    if len(set(names)) != len(names):
        raise InputError("--host", "an address or name is given twice", "Give each once")
    return names


def read_domain(text: str) -> str:
    """Read a further end of names that an authority is to sign for, such as the county's own domain.

    Raises:
        InputError: it is no name.
    """
    name = text.lower().strip(".")
    if len(name) > MAX_NAME or not _NAME.fullmatch(name) or _address(name) is not None:
        raise InputError("--domain", f"{text!r} is no name", "Write it as qinglan.example")
    return name


def permitted(domains: tuple[str, ...]) -> tuple[x509.GeneralName, ...]:
    """What the authority's certificate says that it signs for."""
    return (*map(x509.DNSName, (*DOMAINS, *domains)), *map(x509.IPAddress, NETWORKS))


def host_texts(names: x509.SubjectAlternativeName) -> tuple[str, ...]:
    """The addresses and names of a certificate, as they are typed."""
    return tuple(str(name.value) for name in names)


def _read(text: str, domains: tuple[str, ...]) -> x509.GeneralName:
    address = _address(text)
    if address is not None:
        if not any(address in network for network in NETWORKS if network.version == address.version):
            raise InputError(
                "--host",
                f"{text} is not an address of a private network",
                "Give the server's address in the hall's own network, such as 10.0.0.1",
            )
        return x509.IPAddress(address)
    name = text.lower()
    if len(name) > MAX_NAME or not _NAME.fullmatch(name):
        raise InputError("--host", f"{text!r} is neither an address nor a name", "Write it as 10.0.0.1 or vote.lan")
    if not any(name == domain or name.endswith(f".{domain}") for domain in domains):
        raise InputError(
            "--host",
            f"this authority may not sign for {name}, only for names that end in {', '.join(domains)}",
            "Use such a name or the address, or make an authority with --domain",
        )
    return x509.DNSName(name)


def _address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
