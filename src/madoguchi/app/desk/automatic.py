"""Whether a program wrote a mail by itself: an answer to ours, a receipt, a report, a mailing list. Nobody waits there."""

import re
from collections.abc import Collection

from madoguchi.intake.limits import Limits
from madoguchi.intake.mail import headers

# What programs wrote before RFC 3834 gave them Auto-Submitted. (X-Auto-Response-Suppress is none of these: it says that
# the reader's program shall not answer, and stands in mails of humans too.)
_OLDER = frozenset({"x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply"})
_LIST = frozenset({"list-id", "list-unsubscribe", "mailing-list"})
_LIST_ID = re.compile(r"<\s*([^<>\s]+)\s*>")


def by_a_program(raw: bytes, *, ours: Collection[str]) -> bool:
    """Tell whether the mail ``raw`` says so of itself (RFC 3834, RFC 2919, RFC 3464).

    ``ours`` are the organisation's own domains: a desk's address is often a list of its staff, and what comes through
    that list was written to the desk.
    """
    fields, _ = headers.fields(raw, Limits().mail_fields)
    said = {field.name: headers.raw_text(field.value).strip().lower() for field in reversed(fields)}
    if not said.get("auto-submitted", "no").startswith("no") or said.keys() & _OLDER:
        return True
    if said.get("return-path") == "<>" or said.get("content-type", "").startswith("multipart/report"):
        return True
    if _is_ours(said.get("list-id", ""), ours):
        return False
    return bool(said.keys() & _LIST) or said.get("precedence", "").startswith(("bulk", "list", "junk", "auto"))


def _is_ours(list_id: str, ours: Collection[str]) -> bool:
    found = _LIST_ID.search(list_id)
    return bool(found) and any(found[1] == domain or found[1].endswith(f".{domain}") for domain in ours)
