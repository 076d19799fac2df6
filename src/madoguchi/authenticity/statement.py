"""The signed statement that a company's notice carries (`exchange`): whose it is, and whether it is for this letter."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from madoguchi import exchange
from madoguchi.authenticity import hosts, plain_page
from madoguchi.authenticity.verdict import Reason
from madoguchi.exchange import NotAccepted
from madoguchi.intake.mail import Mail

_LATE = {"expired", "not_yet"}


def judge_mail(
    mail: Mail, official: hosts.Official, keys: exchange.Trusted | None, now: datetime, *, proved: bool
) -> Iterator[Reason]:
    """Yield what the statements of a mail prove: one for exactly its text, by a key that was known before.

    ``proved``: a signature of the sender's system covers the whole mail, how its page looks included.
    """
    reasons = list(_judge(mail.text, [(a.name, a.type, a.data) for a in mail.attachments], official, keys, now))
    if any(reason.id == "notice_valid" for reason in reasons):
        if not _page_says_the_same(mail):
            yield Reason("notice_other_letter", official.named)
        elif not proved and mail.html is not None and not plain_page.shows_only_words(mail.html, mail.page):
            yield Reason("notice_page_more", official.named)
        more = [a.name or a.type for a in mail.attachments if not _is_statement(a.name, a.type, a.data)]
        if more:
            yield Reason("notice_more", ", ".join(more[:5]))
    yield from reasons


def judge_text(text: str, official: hosts.Official, keys: exchange.Trusted | None, now: datetime) -> Iterator[Reason]:
    """Yield what the statements pasted into a text prove."""
    yield from _judge(text, [], official, keys, now)


def _judge(
    text: str,
    attachments: list[tuple[str, str, bytes]],
    official: hosts.Official,
    keys: exchange.Trusted | None,
    now: datetime,
) -> Iterator[Reason]:
    try:
        found = exchange.carry.find(text, attachments)
    except NotAccepted as problem:
        yield Reason("notice_refused", said=problem)
        return
    if found and not keys:
        yield Reason("notice_no_key")
        return
    digest = exchange.letter_digest(exchange.carry.letter(text)) if found and _nothing_among(text) else None
    for jws in found:
        try:
            opened = exchange.open_statement(jws, trusted=keys or {}, now=now)
        except NotAccepted as problem:
            yield Reason("notice_expired" if problem.reason in _LATE else "notice_refused", said=problem)
            continue
        if opened.domain is None or not official.owns(opened.domain):
            yield Reason("notice_not_official", opened.domain or "")
        elif getattr(opened.statement.body, "letter_sha256", "") == digest:
            yield Reason("notice_valid", opened.domain)
        else:
            yield Reason("notice_other_letter", opened.domain)


def letter(text: str) -> str:
    """Return a text without the blocks of its statements, whose letters are no words; as it is where words are among them."""
    without = exchange.carry.letter(text)
    return without if len(without) < len(text) and _nothing_among(text) else text


def _nothing_among(text: str) -> bool:
    """Return whether the blocks of a text hold their statements alone: words among them are in no letter."""
    inside = Counter(_folded(text)) - Counter(_folded(exchange.carry.letter(text)))
    blocks = [exchange.carry.block(jws) for jws in exchange.carry.find(text)]
    with_note, marked = Counter[str](), Counter[str]()
    for block in blocks:
        with_note.update(_folded(block))
        marked.update(_folded(block.partition("\n")[2]))  # copied without the line of words above it
    return inside in (with_note, marked)


def _folded(text: str) -> str:
    return _letters(unicodedata.normalize("NFKC", text))


def _is_statement(name: str, kind: str, data: bytes) -> bool:
    try:
        return bool(exchange.carry.find("", [(name, kind, data)]))
    except NotAccepted:
        return False


def _page_says_the_same(mail: Mail) -> bool:
    """Return whether the HTML beside the signed plain text says the same: its reader sees only the HTML."""
    if mail.html is None:
        return True
    page = _letters(mail.page)
    return page in {_letters(mail.text), _letters(exchange.carry.letter(mail.text))}


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
