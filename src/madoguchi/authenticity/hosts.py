"""Hosts and whose they are: one writing, the registrable domain, the company's own domains."""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from publicsuffixlist import PublicSuffixList
from pydantic import BaseModel, ConfigDict

from madoguchi.problem import Problem
from madoguchi.text import datafile
from madoguchi.text.domains import suffixes

FOLDER = files("madoguchi.authenticity")
_DOTS = re.compile("[\u3002\uff0e\uff61]")
BODIES = frozenset({"pref", "metro", "city", "town", "vill"})
"""How the domains of local public bodies begin."""
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"(?:0x[0-9a-f]+|[0-9]+)(?:\.(?:0x[0-9a-f]+|[0-9]+)){0,3}")


class Hosting(BaseModel):
    """`hosting.yaml`."""

    model_config = ConfigDict(extra="forbid")
    as_of: date
    suffixes: list[str]
    tenants: frozenset[str]
    redirectors: dict[str, list[str]]
    counters: frozenset[str]
    companions: frozenset[str]
    named: frozenset[str]


@cache
def hosting() -> Hosting:
    """Return `hosting.yaml`."""
    return datafile.load(Hosting, FOLDER / "hosting.yaml")


@lru_cache(maxsize=4096)
def canonical(host: str) -> str | None:
    """Return a host as ``xn--`` and small letters without a last dot, or None where no browser would take it.

    Full-width letters and the dots of Japanese are read as browsers read them (UTS 46).
    """
    text = _DOTS.sub(".", unicodedata.normalize("NFKC", host)).casefold().strip().rstrip(".")
    labels = []
    for label in text.split("."):
        written = label.replace("\u00ad", "").replace("\u200b", "").replace("\u200d", "")
        if not written.isascii():
            written = "xn--" + written.encode("punycode", "replace").decode("ascii")
        if not _LABEL.fullmatch(written):
            return None
        labels.append(written)
    return ".".join(labels) if len(text) <= 253 else None


def shown(host: str) -> str:
    """Return a host as a reader sees it: ``xn--`` labels in their own script."""
    return ".".join(_shown(label) for label in host.split("."))


def _shown(label: str) -> str:
    if label.startswith("xn--"):
        try:
            return label[4:].encode("ascii").decode("punycode")
        except (UnicodeError, ValueError):
            return label
    return label


def is_number(host: str) -> bool:
    """Tell whether a host is an IP address in any writing that browsers take (also ``0x7f.1`` and one number)."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return bool(_NUMBER.fullmatch(host.lower()))
    return True


@lru_cache(maxsize=4096)
def registrable(host: str) -> str | None:
    """Return the part of a (canonical) host that one owner registered, None where it is a suffix itself.

    By the Public Suffix List with its private section, and `hosting.yaml`: two customers of one hosting provider are
    two owners.
    """
    for suffix in hosting().suffixes:
        if host == suffix:
            return host  # the provider's own page
        if host.endswith(f".{suffix}"):
            return ".".join(host.split(".")[-suffix.count(".") - 2 :])
    found = suffixes().privatesuffix(host)
    if found and host.endswith(".lg.jp"):
        return _body(host) or str(found)
    return str(found) if found else None


def _body(host: str) -> str | None:
    """Return the domain of a local public body, which begins with its kind (JPRS: ``pref.hokkaido.lg.jp``).

    What stands right below ``lg.jp`` may be the name of a prefecture, under which its towns have theirs too.
    """
    labels = host.split(".")
    at = next((at for at in range(len(labels) - 4, -1, -1) if labels[at] in BODIES), None)
    return ".".join(labels[at:]) if at is not None else None


def suffix(host: str) -> str:
    """Return what follows the registered label (``co.jp``)."""
    domain = registrable(host)
    return domain.partition(".")[2] if domain else host


@dataclass(frozen=True)
class Official:
    """The domains that the asker knows to be the company's, fixed before anything was read."""

    hosts: tuple[str, ...]
    """As given, canonical."""
    domains: frozenset[str]
    """Their registrable domains."""

    def owns(self, host: str) -> bool:
        """Tell whether a (canonical) host belongs to one of the domains."""
        return (registrable(host) or host) in self.domains

    def owns_address(self, mailbox: str) -> bool:
        """Tell whether a mail address is at one of the domains."""
        host = canonical(mailbox.rpartition("@")[2])
        return host is not None and self.owns(host)

    @property
    def named(self) -> str:
        """Return the domains for a sentence."""
        return ", ".join(shown(domain) for domain in sorted(self.domains))


def official(given: Iterable[str]) -> Official:
    """Return the company's domains from what the asker wrote: domains, addresses of pages, mail addresses.

    `Problem` for none, for what is no domain, and for a suffix that belongs to everybody (``co.jp``).
    """
    hosts = [_given(word) for line in given for word in re.split(r"[\s,、，]+", line) if word]
    if not hosts:
        raise Problem(
            ja="公式のドメインが指定されていません。--official に会社のドメイン（例: mihon.co.jp）を書いてください。",
            en="no official domain was given; write the company's domain after --official (such as mihon.co.jp)",
        )
    return Official(tuple(dict.fromkeys(hosts)), frozenset(registrable(host) or host for host in hosts))


def _given(word: str) -> str:
    name = re.sub(r"^[a-z][a-z0-9+.-]*:(?://)?", "", word.strip(), flags=re.IGNORECASE)
    name = re.split(r"[/?#]", name, maxsplit=1)[0].rpartition("@")[2]
    name = re.sub(r":[0-9]*$", "", name).removeprefix("*.").lstrip(".")
    host = canonical(name) if name else None
    if host is None or "." not in host or is_number(host):
        raise Problem(
            ja=f"「{word[:80]}」はドメインとして読めません。mihon.co.jp のように書いてください。",
            en=f"{word[:80]!r} is not a domain; write it like mihon.co.jp",
            place="--official",
        )
    if registrable(host) is None and suffixes().publicsuffix(host) == host and _is_registry(host):
        raise Problem(
            ja=f"「{host}」は誰でも登録できる末尾の部分で、会社のドメインではありません。mihon.{host} のように書いてください。",
            en=f"{host!r} is a suffix that belongs to everybody; write the company's own domain, like mihon.{host}",
            place="--official",
        )
    return host


@cache
def _icann() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def _is_registry(host: str) -> bool:
    """Return whether a registry sells names under this suffix; a provider's own name (blogspot.com) is a company's."""
    return _icann().publicsuffix(host) == host
