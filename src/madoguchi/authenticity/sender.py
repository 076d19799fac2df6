"""Who seems to write: From, the name shown beside it, Reply-To, Return-Path."""

import re
from collections.abc import Iterator

from madoguchi.authenticity import hosts, lookalike
from madoguchi.authenticity.verdict import Reason
from madoguchi.intake.mail import Mail, Mailbox, headers
from madoguchi.text.fold import fold

_ONCE = ("from", "subject", "date", "reply-to", "sender", "content-type", "content-transfer-encoding")
"""Fields that stand once (RFC 5322 3.6, RFC 2045): a second one shows readers something else than was signed."""
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}")
_MOST_FIELDS = 2_000


_UNCLEAR = re.compile(rb"\r(?!\r?\n|\Z)|\0")


def _head(raw: bytes) -> bytes:
    """Return the head in its bytes; where lines end with a CR alone, all of them do, and nothing is unclear."""
    if b"\n" not in raw:
        return b""
    end = re.search(rb"\n\r?\n", raw.lstrip(b"\r\n"))
    return raw.lstrip(b"\r\n")[: end.end() if end else None]


def domain_of(mailbox: Mailbox | None) -> str | None:
    """Return the canonical host of a mail address."""
    return hosts.canonical(mailbox.address.rpartition("@")[2]) if mailbox and "@" in mailbox.address else None


def judge(mail: Mail, official: hosts.Official) -> Iterator[Reason]:
    """Yield what the head of a mail tells about its sender; none of it proves anything for them."""
    fields, _ = headers.fields(mail.raw, _MOST_FIELDS)
    names = [field.name for field in fields]
    twice = [name for name in _ONCE if names.count(name) > 1]
    if twice:
        yield Reason("headers_twice", ", ".join(twice))
    if _UNCLEAR.search(_head(mail.raw)):
        yield Reason("head_unclear")
    yield from _from(mail, fields, official)
    yield from _reply(mail, official)
    back = domain_of(mail.return_path)
    if back is not None and not official.owns(back):
        yield Reason("return_path_elsewhere", hosts.shown(back))


def _from(mail: Mail, fields: list[headers.Field], official: hosts.Official) -> Iterator[Reason]:
    boxes = [box for field in fields if field.name == "from" for box in headers.mailboxes(field.value) if box.address]
    host = domain_of(mail.sender)
    if mail.sender is None or host is None:
        yield Reason("from_missing", mail.sender.name if mail.sender else "")
        return
    written = [box.address for box in boxes] + _angles(fields)
    if len({address.lower() for address in written}) > 1 or any(address.count("@") > 1 for address in written):
        yield Reason("from_several", ", ".join(dict.fromkeys(written)))
    likeness = lookalike.of_host(host, official)
    if official.owns(host):
        yield Reason("from_official", mail.sender.address)
    elif likeness is not None and not likeness.weak:
        yield Reason("from_lookalike", mail.sender.address, how=likeness.how)
    else:
        yield Reason("from_elsewhere", mail.sender.address)
    yield from _name(mail.sender, host, official)


def _angles(fields: list[headers.Field]) -> list[str]:
    """Return what stands in angle brackets of From, where one mailbox holds several and mail programs differ."""
    values = [re.sub(r'"[^"]*"', "", headers.raw_text(field.value)) for field in fields if field.name == "from"]
    return [found for value in values for found in re.findall(r"<\s*([^<>\s]+@[^<>\s]+)\s*>", value)]


def _name(sender: Mailbox, host: str, official: hosts.Official) -> Iterator[Reason]:
    """Yield what a name shown in the place of the address pretends."""
    name = fold(sender.name)
    addresses = [found for found in _ADDRESS.findall(name) if found.lower() != sender.address.lower()]
    shows_official = any(official.owns_address(found) for found in addresses) or any(
        re.search(rf"(?<![A-Za-z0-9-]){re.escape(domain)}(?![A-Za-z0-9-])", name, re.IGNORECASE)
        for domain in official.domains
    )
    if shows_official and not official.owns(host):
        yield Reason("name_imitates", sender.address)
    elif any(_other_owner(found, host) for found in addresses):
        yield Reason("name_differs", ", ".join(addresses))


def _other_owner(address: str, host: str) -> bool:
    other = hosts.canonical(address.rpartition("@")[2])
    return other is not None and "." in other and hosts.registrable(other) != hosts.registrable(host)


def _reply(mail: Mail, official: hosts.Official) -> Iterator[Reason]:
    values = [field.value for field in headers.fields(mail.raw, _MOST_FIELDS)[0] if field.name == "reply-to"]
    for box in [box for value in values for box in headers.mailboxes(value)][:20]:
        host = domain_of(box)
        if host is not None and not official.owns(host):
            likeness = lookalike.of_host(host, official)
            if likeness is not None and not likeness.weak:
                yield Reason("reply_lookalike", box.address, how=likeness.how)
            else:
                yield Reason("reply_elsewhere", box.address)
