"""Does a host imitate the company's: letters that look alike, another registry, added words, a subdomain of a stranger."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from madoguchi.authenticity import hosts
from madoguchi.text import datafile

How = Literal["letters", "registry", "words", "subdomain", "written_out", "path", "before_at"]
"""In which way a host imitates: letters changed; the same name under another suffix; words added; a stranger's
subdomain; the whole official domain inside another (``mihon.co.jp.example.net``, ``mihon-co-jp``); in the path; before
an ``@``."""

SHORT = 3
"""Names up to this length (au, nhk) are parts of too many others; they count only as a word of their own."""
EVERYDAY = 4
"""Names up to this length (line, visa, aeon) are endings and words of others; beside them more is asked."""
_CHECKED = frozenset({"co.jp", "or.jp", "go.jp", "ac.jp", "ed.jp", "lg.jp", "ad.jp"})
"""Suffixes for which the Japanese registry checks who registers (JPRS 属性型): no place for a quick imitation."""


class _Confusables(BaseModel):
    model_config = ConfigDict(extra="forbid")
    as_of: date
    characters: dict[str, str]
    pairs: dict[str, str]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    as_of: date
    added: frozenset[str]
    no_names: frozenset[str]
    cheap: frozenset[str]


@dataclass(frozen=True)
class Likeness:
    """In which way a host imitates which official domain."""

    how: How
    domain: str
    weak: bool = False
    """Honest companies do the same: a sister domain abroad, a partner's page under the company's name."""


@cache
def _confusables() -> tuple[dict[int, str], list[tuple[str, str]]]:
    data = datafile.load(_Confusables, hosts.FOLDER / "confusables.yaml")
    return {ord(char): right for right, chars in data.characters.items() for char in chars}, list(data.pairs.items())


@cache
def _words() -> _Words:
    return datafile.load(_Words, hosts.FOLDER / "words.yaml")


@lru_cache(maxsize=8192)
def skeleton(label: str) -> str:
    """Return a label as its reader may take it: ``rnih0n`` and ``mіhon`` (with a Cyrillic letter) are ``mihon``."""
    table, pairs = _confusables()
    text = unicodedata.normalize("NFKC", label.casefold()).translate(table)
    text = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    for pair, right in pairs:
        text = text.replace(pair, right)
    return text


@dataclass(frozen=True)
class _Name:
    """An official domain taken apart once, for many comparisons."""

    domain: str
    core: str
    joined: str
    seen: str
    tokens: tuple[str, ...]
    telling: tuple[str, ...]
    """The one word of the name that is a name by itself (smbc of smbc-card); none where there are two (mihon-zakka)."""
    flat: str


@lru_cache(maxsize=1024)
def _name(domain: str) -> _Name:
    first, _, rest = domain.partition(".")
    if first in hosts.BODIES:  # of city.mihon.jp, "city" alone is every city's
        first = f"{first}-{rest.partition('.')[0]}"
    core = hosts.shown(first)
    tokens = tuple(token for token in core.split("-") if token)
    nothing = _words().no_names | _words().added
    telling = tuple(token for token in tokens if token not in nothing)
    if len(telling) != 1 or len(tokens) == 1 or len(telling[0]) <= SHORT:
        telling = ()
    joined = "".join(tokens)
    return _Name(domain, core, joined, skeleton(joined), tokens, telling, hosts.shown(domain).replace(".", "-"))


def of_host(host: str, official: hosts.Official) -> Likeness | None:
    """Return how a (canonical) host that is not the company's imitates one that is, or None.

    Made for what people read in a hurry. A name that merely holds the same word (another company's, a city's) is
    no imitation where the registry checks its owners, and short or everyday names count only in full.
    """
    if official.owns(host) or hosts.is_number(host):
        return None
    domain = hosts.registrable(host) or host
    if domain in hosts.hosting().companions:
        return None
    if host.endswith(tuple(f".{own}" for own in official.domains)):
        return None  # a customer's page below the provider's own domain (github.io), which the asker named
    tenant = domain.partition(".")[2] in hosts.hosting().tenants or domain in hosts.hosting().tenants
    for own in sorted(official.domains):
        how = _how(host, domain, _name(own), tenant=tenant)
        if how is not None:
            return Likeness(how, own, weak=_is_weak(how, host, domain, _name(own)))
    return None


def _is_weak(how: How, host: str, domain: str, own: _Name) -> bool:
    """Return whether honest mails hold such addresses too often to call it a fake for this alone."""
    if domain.rpartition(".")[2] in _words().cheap:
        return False
    if how == "registry":
        return not own.domain.endswith(".jp")
    below = [label for label in host[: -len(domain)].strip(".").split(".") if label != "www"]
    return how == "subdomain" and [label.replace("-", "") for label in below] == [own.joined]


def _how(host: str, domain: str, own: _Name, *, tenant: bool) -> How | None:
    shown = hosts.shown(host)
    core, _, after = hosts.shown(domain).partition(".")
    joined = core.replace("-", "").replace("_", "")
    if joined != own.joined and _holds(re.sub(r"[-_.]+", "-", shown), own.flat):
        return "written_out"
    if own.joined in _words().no_names:
        return None
    if joined != own.joined and _same_letters(joined, own):
        return "letters"
    if tenant:
        return None
    ease = int(after.rpartition(".")[2] in _words().cheap)
    if after not in _CHECKED and (how := _in_domain(core, joined, own, ease)) is not None:
        return how
    below = shown[: -len(hosts.shown(domain))].strip(".")
    if below and any(_as_subdomain(label, own, ease=ease) for label in below.split(".")):
        return "subdomain"
    return None


def _in_domain(core: str, joined: str, own: _Name, ease: int) -> How | None:
    """Return how the registered name itself imitates."""
    if joined == own.joined:
        return "registry" if len(own.joined) > SHORT or not own.joined.isascii() else None
    if _near(joined, own.joined) and not _is_word(joined):
        return "letters"
    return "words" if _with_words(core, own, ease=ease) else None


def _holds(text: str, part: str) -> bool:
    return f"-{part}-" in f"-{text}-"


def _is_word(joined: str) -> bool:
    return joined in _words().no_names or joined in _words().added


def _same_letters(joined: str, own: _Name) -> bool:
    return len(own.joined) > SHORT and skeleton(joined) == own.seen


def _near(a: str, b: str) -> bool:
    """Return whether two names differ by one slip of the finger (two in long names) after the first letter."""
    shorter = min(len(a), len(b))
    if shorter < 6 or abs(len(a) - len(b)) > 2 or a[0] != b[0]:
        return False
    if shorter < 7:
        return _slips(a, b) <= 1
    return _slips(skeleton(a), skeleton(b)) <= (2 if shorter >= 10 else 1)


def _slips(a: str, b: str) -> int:
    """Return the letters to change, add, drop or swap to make ``a`` of ``b`` (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _with_words(label: str, own: _Name, *, ease: int) -> bool:
    """Return whether a label is the company's name with something beside it that readers pass over.

    ``ease`` says how little of the name is enough: one for a suffix that imitators buy, one for a subdomain.
    """
    tokens = [token for token in re.split(r"[-_]+", label) if token]
    if len(tokens) > 1 and _has_run(tokens, own.tokens):
        others = [token for token in tokens if token not in own.tokens]
        return len(own.joined) > EVERYDAY or ease > 0 or any(_is_word(token) for token in others)
    if any(token in own.telling for token in tokens):
        return ease > 0 or any(_is_word(token) for token in tokens)
    return any(_grown(token, name, ease=ease) for token in tokens for name in {own.joined, *own.telling})


def _has_run(tokens: list[str], run: tuple[str, ...]) -> bool:
    seen = [skeleton(token) for token in tokens]
    wanted = [skeleton(token) for token in run]
    joined = skeleton("".join(run))
    return joined in seen or any(seen[at : at + len(wanted)] == wanted for at in range(len(seen)))


def _grown(token: str, name: str, *, ease: int) -> bool:
    """Return whether a word without hyphens is the name with words written on to it (``supportmihon``)."""
    if len(name) >= EVERYDAY + (ease == 0) and token.startswith(name) and token[len(name) :].isdecimal():
        return True
    seen, wanted = skeleton(token), skeleton(name)
    at = seen.find(wanted)
    if at < 0 or len(seen) == len(wanted):
        return False
    if len(name) >= 7 or (len(name) > EVERYDAY and ease > 0):
        return True
    before, after = seen[:at], seen[at + len(wanted) :]
    if len(name) < SHORT:
        return ease > 0 and len(before + after) >= SHORT and before + after in _added()
    if len(name) == SHORT:
        return (ease > 0 or len(before + after) > SHORT) and _made_of_words(before, 0) and _made_of_words(after, 0)
    if len(name) == EVERYDAY and ease > 1 and len(before + after) <= EVERYDAY and not _is_word(token):
        return True
    if len(name) <= EVERYDAY and before and ease == 0:
        return False
    stray = 2 if len(name) > EVERYDAY and name in token else 0
    return _made_of_words(before, 3 if len(name) > 5 and stray else 0) and _made_of_words(after, stray)


@cache
def _added() -> frozenset[str]:
    return frozenset(skeleton(word) for word in _words().added)


def _made_of_words(text: str, stray: int) -> bool:
    """Return whether ``text`` is words of `words.yaml` one after another, with at most ``stray`` other letters."""
    best = [0] + [99] * len(text)
    for end in range(1, len(text) + 1):
        best[end] = best[end - 1] + 1
        for start in range(max(0, end - 12), end):
            if text[start:end] in _added():
                best[end] = min(best[end], best[start])
    return best[-1] <= stray


def _as_subdomain(label: str, own: _Name, *, ease: int) -> bool:
    """Return whether a label below a stranger's domain is the company's name, alone or with words.

    Nobody needs a company's name there but the company's own helpers, so less of it is enough than in a domain.
    """
    joined = label.replace("-", "")
    if joined == own.joined:
        return len(own.joined) >= SHORT or ease > 0
    if _same_letters(joined, own) or _near(joined, own.joined):
        return True
    return _with_words(label, own, ease=ease + (len(own.joined) >= SHORT))


def in_path(path: str, official: hosts.Official) -> Likeness | None:
    """Return the official domain that a stranger's path writes out as if it were the host (``/www.mihon.co.jp/``)."""
    for own in sorted(official.domains):
        if re.search(rf"/(?:[a-z0-9-]+\.)*{re.escape(own)}(?:/|$)", path.lower()[:2000]):
            return Likeness("path", own)
    return None
