"""Which addresses a stranger's link may lead to: those of the public network, in one spelling, never inside the user's."""

import ipaddress
import re
from collections.abc import Callable

from madoguchi.problem import Problem

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*\.?", re.IGNORECASE)
_CARRY_IPV4 = (
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # NAT64, RFC 6052
    (ipaddress.IPv6Network("2002::/16"), 80),  # 6to4, RFC 3056
)
"""Blocks whose addresses hold an IPv4 address, so many bits from the right: that one decides."""
_NOT_FOR_PAGES = tuple(
    ipaddress.ip_network(block)
    for block in (
        "::/96",  # IPv4-compatible, RFC 4291
        "100.64.0.0/10",  # carriers' own, RFC 6598
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "64:ff9b:1::/48",  # local NAT64, RFC 8215
        "fec0::/10",  # site-local, RFC 3879
        "100::/64",  # discard, RFC 6666
        "2001::/23",  # Teredo, ORCHID, benchmarks
        "5f00::/16",  # segment routing
        "3fff::/20",  # documentation
    )
)


def is_public(address: Address) -> bool:
    """Return whether an address is one host of the public network, IPv4 addresses inside IPv6 ones looked at too."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        for network, shift in _CARRY_IPV4:
            if address in network:
                return is_public(ipaddress.IPv4Address(int(address) >> shift & 0xFFFFFFFF))
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return not any(address in network for network in _NOT_FOR_PAGES if network.version == address.version)


def written(host: str, url: str) -> Address | None:
    """Return the address that a host is when it is written as one, None for a name.

    Only the ordinary spelling is read: 2130706433, 0x7f.1 and 0177.0.0.1 are addresses to some programs and names to
    others, so they are refused.
    """
    bare = host.removeprefix("[").removesuffix("]")
    if "%" in bare:
        raise Problem(
            ja="アドレスに %（ゾーン）があるため開きません。", en="an address with a zone (%) is not opened", file=url
        )
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        pass
    if _NUMBERS.fullmatch(bare) or ":" in bare:
        raise Problem(
            ja="サイトの名前が、変わった書き方のIPアドレスです。開きません。名前（example.co.jp など）で指定してください。",
            en="the host is an IP address in an unusual spelling; it is not opened, give the site by its name",
            file=url,
        )
    return None


def chosen(found: list[Address], allowed: Callable[[Address], bool], url: str) -> Address:
    """Return the address to connect to; `Problem` when there is none, or when any of them is not allowed.

    One private address among public ones is how a name is bent into the user's network, so the name is refused whole.
    """
    if not found:
        raise Problem(
            ja="サイトの名前からアドレスが見つかりません。つづりを確かめてください。",
            en="the name of the site has no address; check its spelling",
            file=url,
        )
    if not all(allowed(address) for address in found):
        raise Problem(
            ja="このアドレスは、公開されたインターネットの外（利用者の手元や社内のネットワーク）につながるため、開きません。",
            en="this leads outside the public network (into the user's own or a company's), and is not opened",
            file=url,
        )
    return next((address for address in found if address.version == 4), found[0])
