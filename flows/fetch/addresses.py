"""Which addresses may be asked: those of the public network, and those that are allowed by name."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlsplit

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolver = Callable[[str], Sequence[str]]
"""Gives the addresses of a host name; raises OSError if there are none."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# What Python's own tables miss in one version or another.
_CLOSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "100.64.0.0/10",  # shared by a provider's customers
        "192.0.0.0/24",
        "192.88.99.0/24",  # relays to 6to4
        "198.18.0.0/15",
        "64:ff9b:1::/48",  # NAT64 within one network
        "2001::/23",  # Teredo and its like
        "2002::/16",  # 6to4, long out of use, holds an IPv4 address
        "3fff::/20",  # for documentation
        "5f00::/16",
        "fec0::/10",  # site-local
        "::/96",  # IPv4 in IPv6, as long deprecated
    )
)


class ForbiddenAddressError(Exception):
    """A name that leads to an address which may not be asked."""


def is_public(address: IPAddress) -> bool:
    """Tell whether an address is one of the public network, and so is every one within it."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return False
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    closed = any(address in network for network in _CLOSED if network.version == address.version)
    return (
        address.is_global
        and not closed
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not address.is_loopback
        and not address.is_link_local
    )


@dataclass(frozen=True)
class AllowList:
    """Hosts and networks that may be asked although they are not public.

    ``hosts`` holds (name or address as written in the URL, port or None for any).
    """

    hosts: frozenset[tuple[str, int | None]] = frozenset()
    networks: tuple[IPNetwork, ...] = ()

    @classmethod
    def parse(cls, text: str) -> AllowList:
        """Read a comma-separated list of host, host:port and networks such as 10.0.0.0/8.

        Raises ValueError, naming the entry, for what is none of these.
        """
        hosts: set[tuple[str, int | None]] = set()
        networks: list[IPNetwork] = []
        for entry in filter(None, (part.strip() for part in text.split(","))):
            try:
                if "/" in entry:
                    networks.append(ipaddress.ip_network(entry))
                else:
                    hosts.add(_host_and_port(entry))
            except ValueError as error:
                raise ValueError(
                    f"{entry!r} is neither a host, a host:port nor a network: {error}"
                ) from None
        return cls(frozenset(hosts), tuple(networks))

    def has_host(self, host: str, port: int) -> bool:
        """Tell whether the host itself is allowed, wherever its name leads."""
        name = host.lower().rstrip(".")
        return (name, None) in self.hosts or (name, port) in self.hosts

    def has_address(self, address: IPAddress) -> bool:
        """Tell whether the address lies in an allowed network."""
        return any(
            address in network for network in self.networks if network.version == address.version
        )


def _host_and_port(entry: str) -> tuple[str, int | None]:
    if entry.count(":") > 1 and not entry.startswith("["):
        return str(ipaddress.IPv6Address(entry)), None
    parts = urlsplit(f"//{entry}")
    if not parts.hostname or parts.path or parts.query or parts.username is not None:
        raise ValueError("write the name alone")
    return parts.hostname.rstrip("."), parts.port


def system_resolver(host: str) -> list[str]:
    """Return the addresses of ``host`` in the order in which the system would try them."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


@dataclass(frozen=True)
class Guard:
    """Resolves names, and lets through only what may be asked."""

    allowed: AllowList = AllowList()
    resolver: Resolver = system_resolver

    def addresses(self, host: str, port: int) -> list[IPAddress]:
        """Return the addresses of ``host``, every one of them checked.

        Raises :class:`ForbiddenAddressError` if one may not be asked: a name that leads both ways
        is not to be trusted. Raises OSError if it has none.
        """
        found = self.resolve(host)
        if not self.allowed.has_host(host, port):
            refuse(host, (a for a in found if not self.allowed.has_address(a)))
        return found

    def resolve(self, host: str) -> list[IPAddress]:
        """Return the addresses of ``host``, unchecked."""
        try:
            found = [ipaddress.ip_address(text) for text in self.resolver(host)]
        except ValueError as error:  # no text of an address, or a name that none can have
            raise OSError(f"{host!r} can't be looked up: {error}") from None
        if not found:
            raise OSError(f"{host!r} has no address")
        return found


def by_turns(addresses: Sequence[IPAddress]) -> list[IPAddress]:
    """Return addresses with the two families taking turns, so that few tries reach both.

    A name may have four addresses of a family that does not get through from here.
    """
    first = [a for a in addresses if a.version == addresses[0].version]
    second = [a for a in addresses if a.version != addresses[0].version]
    turns = [a for pair in zip_longest(first, second) for a in pair]
    return [a for a in turns if a is not None]


def refuse(host: str, addresses: Iterable[IPAddress]) -> None:
    """Raise :class:`ForbiddenAddressError` if one of the addresses is not public."""
    for address in addresses:
        if not is_public(address):
            where = "" if str(address) == host else f" leads to {address}, which"
            raise ForbiddenAddressError(
                f"{host}{where} is no address of the public network; if it is yours, "
                "name it in BRIEFHOUSE_ALLOW_HOSTS"
            )
