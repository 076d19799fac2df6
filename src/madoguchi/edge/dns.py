"""A look-up of TXT records that was asked for: keys of mail signatures, policies of a domain."""

import dns.exception
import dns.name
import dns.resolver

from madoguchi.problem import Problem

_SECONDS = 5.0
"""For all servers and tries together; a mail is checked with two or three look-ups."""
_LONGEST = 65_536


def txt(name: str, *, servers: list[str] | None = None, port: int = 53, seconds: float = _SECONDS) -> list[bytes]:
    """Return the TXT records of ``name``, the strings of each joined; empty where there are none.

    Asked are the system's name servers, or ``servers`` (IP addresses) at ``port``. `Problem` when the question cannot be
    put or is not answered within ``seconds``: that there is no record and that nobody knows are different things.
    """
    try:
        asked = dns.name.from_text(name.strip().rstrip(".") + ".")
    except (dns.exception.DNSException, UnicodeError):
        raise Problem(
            ja="DNSの名前として正しくありません。ドメイン名を確かめてください。",
            en="not a DNS name; check the domain",
            file=name[:200],
        ) from None
    try:
        resolver = dns.resolver.Resolver(configure=servers is None)
        if servers is not None:
            resolver.nameservers, resolver.port = list(servers), port
        resolver.cache = None
        answer = resolver.resolve(asked, "TXT", lifetime=seconds, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, ValueError) as error:
        raise Problem(
            ja="DNSに問い合わせられませんでした（答えがないか、つながりません）。時間をおいて試してください。",
            en=f"the DNS could not be asked ({type(error).__name__}); try again later",
            file=name[:200],
        ) from None
    return [b"".join(record.strings)[:_LONGEST] for record in answer]
