"""Is it really from them: one function for each thing that somebody may hold in their hand."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from madoguchi import exchange
from madoguchi.authenticity import asks, enclosed, hosts, links, mbox, numbers, sender, signature, statement, verdict
from madoguchi.authenticity.numbers import Listed
from madoguchi.authenticity.seen import as_seen
from madoguchi.authenticity.signature import Dns
from madoguchi.authenticity.verdict import Reason, Verdict, Word
from madoguchi.intake import mail as mails
from madoguchi.intake.html import Link
from madoguchi.intake.html import ways as html_ways
from madoguchi.intake.mail import Mail
from madoguchi.intake.mail import links as mail_links
from madoguchi.problem import Lang, Problem
from madoguchi.text import emails
from madoguchi.text.language import LocalText

_RUNS = re.compile(
    r"\.(?:exe|scr|com|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|jar|msi|msix|iso|img|vhd|cab|reg|chm|cpl|dll|"
    r"docm|dotm|xlsm|xlam|xll|pptm|one|html?|mhtml?|svg|url|apk|dmg|pkg)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9_.@/=%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9_@-])"
)


_LONGEST = 1_000_000  # letters of a text; a book of 500 pages has as many
_TOO_LONG = Problem(
    ja="長すぎるため、はじめの部分だけを調べました。",
    en="it is too long; only its beginning was looked at",
    easy="長（なが）すぎるので、はじめだけ 調（しら）べました。",
)


@dataclass(frozen=True)
class Checked:
    """The verdicts on the mails of an mbox: the worst of them, and each with its number (from 1) and subject."""

    verdict: Word
    means: LocalText
    messages: tuple[tuple[str, Verdict], ...]

    def answer(self, lang: Lang = "ja") -> dict[str, Any]:
        """Return the contract's answer for an mbox."""
        return {
            "verdict": self.verdict,
            "means": self.means.say(lang),
            "messages": [
                {"number": number, "subject": subject, **found.answer(lang)}
                for number, (subject, found) in enumerate(self.messages, 1)
            ],
        }

    def say(self, lang: Lang = "ja") -> str:
        """Return the answer as a person reads it."""
        parts = [f"【{verdict.word(self.verdict, lang)}】", self.means.say(lang)]
        parts += [f"{number}. {subject}\n{found.say(lang)}" for number, (subject, found) in enumerate(self.messages, 1)]
        return "\n\n".join(parts)


class _Numbers(NamedTuple):
    """The phone numbers to compare with: the company's, None where no list names them, and those of public bodies."""

    official: frozenset[str] | None
    public: frozenset[str]


def check_mail(
    data: bytes,
    *,
    official: Iterable[str],
    dns: Dns | None = None,
    keys: exchange.Trusted | None = None,
    phones: Listed | None = None,
    public: Collection[str] = (),
    now: datetime,
) -> Verdict:
    """Return whether a mail (RFC 5322, as it was received) is really from the owner of the ``official`` domains.

    Genuine: signed by the system of the sender's own, official domain (DKIM, checked by us with the keys that ``dns``
    gives), or carrying a statement for exactly its text by one of the ``keys``; and no link or number leads elsewhere.
    Without ``dns`` no signature can be checked; ``phones`` are the official numbers by domain, ``public`` those of
    bodies that anybody may be sent to (188, the regulator; E.164), which lead nowhere else. Never raises for what stands
    in the mail; `Problem` for ``official`` that is no domain.
    """
    own = hosts.official(official)
    return _mail(mails.read(data), own, dns, keys, _Numbers(numbers.listed(phones, own), frozenset(public)), now)


def _mail(
    found: Mail,
    own: hosts.Official,
    dns: Dns | None,
    keys: exchange.Trusted | None,
    known: _Numbers,
    now: datetime,
) -> Verdict:
    signed = list(_signatures(found, own, dns, now))
    proved = any(reason.id == "dkim_aligned" for reason in signed)
    inside = enclosed.read(found)
    text = "\n".join([*_everything(found), *inside.texts])
    reasons = [
        *signed,
        *statement.judge_mail(found, own, keys, now, proved=proved),
        *sender.judge(found, own),
        *_content(text, [*_bare(_head(found)), *found.links, *inside.links], own, known, exclude=_receivers(found)),
        *_parts(found, inside, own),
    ]
    return verdict.decide("mail", reasons, own)


def check_mbox(
    data: bytes,
    *,
    official: Iterable[str],
    dns: Dns | None = None,
    keys: exchange.Trusted | None = None,
    phones: Listed | None = None,
    public: Collection[str] = (),
    now: datetime,
) -> Checked:
    """Return `check_mail` of each mail of an mbox, and the worst verdict; `Problem` where it holds none."""
    own = hosts.official(official)
    known = _Numbers(numbers.listed(phones, own), frozenset(public))
    messages = []
    for one in mbox.split(data):
        found = mails.read(one)
        messages.append((found.subject, _mail(found, own, dns, keys, known, now)))
    if not messages:
        raise Problem(
            ja="メールが1通も入っていません。mbox 形式で書き出し直してください。",
            en="it holds no mail; export it again as mbox",
        )
    worst = min((one.verdict for _, one in messages), key=verdict.WORST.index)
    return Checked(worst, verdict.means("mail", worst, own), tuple(messages))


def check_text(
    text: str,
    *,
    official: Iterable[str],
    shown: Iterable[Link] = (),
    keys: exchange.Trusted | None = None,
    phones: Listed | None = None,
    public: Collection[str] = (),
    now: datetime,
) -> Verdict:
    """Return what can be told of a text (SMS, letter, chat): at best cannot tell, unless a signed statement is in it.

    ``shown`` are the links of the page that the text comes from, beside the addresses that stand in the text.
    """
    own = hosts.official(official)
    known = _Numbers(numbers.listed(phones, own), frozenset(public))
    reasons = [
        Reason("no_signature"),
        *statement.judge_text(text, own, keys, now),
        *_content(statement.letter(text), [*_bare(text), *shown], own, known, exclude=frozenset()),
    ]
    if any(reason.id == "notice_valid" for reason in reasons):
        reasons = [reason for reason in reasons if reason.id != "no_signature"]
    return verdict.decide("text", reasons, own)


def check_address(address: str, *, official: Iterable[str]) -> Verdict:
    """Return whether the host of an address (of a page, or a mail address) belongs to an official domain.

    `Problem` for what is no address.
    """
    own = hosts.official(official)
    to = links.target(address.strip())
    if to.kind == "none" and "@" in address and emails.canonical(address):
        to = links.Target("mail", value=address.strip())
    if to.kind == "mail":
        return verdict.decide("address", _mailbox(to.value, own), own)
    if to.kind != "web":
        raise Problem(
            ja="ページの行き先として読めません。https:// から書いてください。",
            en="not the address of a page; write it from https:// on",
            place=address[:80],
        )
    reasons = list(_address(to, own))
    return verdict.decide("address", reasons, own)


def check_phone(number: str, *, official: Iterable[str], phones: Listed | None = None) -> Verdict:
    """Return whether a phone number (with or without ``tel:``) is on the official list; `Problem` for no number."""
    own = hosts.official(official)
    value = re.sub(r"^tel:(?://)?", "", number.strip(), flags=re.IGNORECASE).partition(";")[0]  # RFC 3966: parameters
    return verdict.decide("phone", [numbers.judge_one(value, numbers.listed(phones, own))], own)


def _signatures(found: Mail, own: hosts.Official, dns: Dns | None, now: datetime) -> Iterator[Reason]:
    """Yield what the signatures prove: only one of the sender's own domain, and that one official, proves anything."""
    host = sender.domain_of(found.sender)
    domain = hosts.registrable(host) or host if host is not None and own.owns(host) else None

    def counts(signer: str) -> bool:
        name = hosts.canonical(signer)
        return name is not None and domain is not None and (hosts.registrable(name) or name) == domain

    made = signature.signatures(found.raw, counts=counts, dns=dns, now=now)
    aligned = [one for one in made if one.state != "other_domain"]
    valid = [one for one in aligned if one.state == "valid"]
    if valid:
        yield Reason("dkim_aligned", valid[0].domain)
        return
    for one in aligned:
        yield Reason(_SAYS[one.state], one.domain)
    if not aligned:
        yield Reason("dkim_missing")
    for one in made:
        if one.state == "other_domain":
            yield Reason("dkim_other_domain", one.domain)


_SAYS: dict[signature.State, str] = {
    "bad": "dkim_failed",
    "not_asked": "dkim_not_checked",
    "unreachable": "dkim_unreachable",
    "no_key": "dkim_key_missing",
    "weak": "dkim_weak",
    "partial": "dkim_partial",
    "expired": "dkim_expired",
    "testing": "dkim_testing",
    "uncovered": "dkim_uncovered",
}


def _content(
    text: str, found: Iterable[Link], own: hosts.Official, known: _Numbers, *, exclude: frozenset[str]
) -> Iterator[Reason]:
    found = list(found)
    if len(text) > _LONGEST or len(found) > links.MOST:
        yield Reason("parts_left_out", said=_TOO_LONG)
        text = text[:_LONGEST]
    text = as_seen(text)
    yield from links.judge(found, own)
    called = [to.value for link in found[: links.MOST] if (to := links.target(link.href)).kind == "phone"]
    yield from numbers.judge(text, called, known.official, known.public)
    for address in _addresses(text):
        if address.lower() not in exclude:
            yield from links.mailbox(address, own)
    yield from asks.judge(text)


def _addresses(text: str) -> list[str]:
    """Return the mail addresses in a text, each once; what stands before the @ of a page's address is none."""
    found = [
        match
        for match in _ADDRESS.finditer(text)
        if not _IN_PAGE.search(text[max(0, match.start() - 80) : match.start()])
    ]
    return list(dict.fromkeys(match[0] for match in found))


_IN_PAGE = re.compile(r"://[^\s/]*:$")


def _bare(text: str) -> list[Link]:
    return [Link(address, text[start:end], (start, end)) for address, start, end in mail_links.find(text)]


def _head(found: Mail) -> str:
    """Return the words of the head that readers see: the subject, and the names, which a web form fills in too."""
    boxes = [found.sender, found.reply_to, *found.to[:50], *found.cc[:50]]
    return "\n".join([found.subject, *(box.name for box in boxes if box is not None)])


def _everything(found: Mail) -> list[str]:
    """Return all words that a reader of the mail may see: programs show the plain text or the page, and the head."""
    shown = [found.text] + ([found.page] if found.page != found.text else [])
    return [_head(found), *(statement.letter(text) for text in shown)]


def _receivers(found: Mail) -> frozenset[str]:
    """Return the addresses that a mail may name honestly: its receivers', whom a footer often names."""
    return frozenset(box.address.lower() for box in (*found.to, *found.cc))


def _parts(found: Mail, inside: enclosed.Enclosed, own: hosts.Official) -> Iterator[Reason]:
    for flaw in (*found.flaws, *inside.flaws):
        if flaw.left_out:
            yield Reason("parts_left_out", said=Problem(ja=flaw.ja, en=flaw.en))
    for attachment in found.attachments:
        if _RUNS.search(attachment.name):
            yield Reason("attachment_runs", attachment.name)
        if attachment.type == "message/rfc822":
            yield Reason("forwarded_inside", attachment.name)
    if found.html is not None:
        yield from links.judge((Link(address, "", (0, 0)) for address in html_ways.ways(found.html)), own)
        if links.asks(found.html):
            yield Reason("form_inside")


def _mailbox(address: str, own: hosts.Official) -> list[Reason]:
    if own.owns_address(address):
        return [Reason("mailbox_official", address)]
    return list(links.mailbox(address, own))


def _address(to: links.Target, own: hosts.Official) -> Iterator[Reason]:
    for reason in links.web(to, own):
        if reason.id == "link_official":
            yield Reason("host_official", reason.evidence)
        elif reason.id == "link_elsewhere":
            yield Reason("host_elsewhere", reason.evidence)
        elif reason.id == "link_resembles":  # asked about by itself, with nothing honest around it
            yield Reason("link_lookalike", reason.evidence, how=reason.how)
        else:
            yield reason
