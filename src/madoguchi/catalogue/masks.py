"""How much of a value may be shown: nothing of a password, six and four digits of a card, the rest as it is."""

import unicodedata

from madoguchi.catalogue.corpus import check_keys, items

HIDDEN = "●●●"


def mask(key: str, value: str) -> str:
    """Return ``value`` as it may be shown for the item ``key``.

    ``presence`` items show only that something was there. ``mask`` items keep what the person needs to recognise
    their own (a card: first six and last four digits; a number of a document or account: its last three characters).
    An empty value stays empty. `Problem` for an unknown key.
    """
    check_keys([key])
    value = value.strip()
    handling = items()[key].handling
    if not value or handling == "plain":
        return value
    if handling == "presence":
        return HIDDEN
    return _card(value) if key == "card_number" else _tail(value)


def _card(value: str) -> str:
    digits = [c for c in unicodedata.normalize("NFKC", value) if c.isdecimal()]
    # A short run is no whole card: six and four of twelve digits would show nearly all of it.
    if len(digits) < 13:
        return HIDDEN
    return f"{''.join(digits[:6])}{'*' * (len(digits) - 10)}{''.join(digits[-4:])}"


def _tail(value: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKC", value) if c.isalnum())
    return HIDDEN if len(plain) < 6 else f"{'*' * (len(plain) - 3)}{plain[-3:]}"
