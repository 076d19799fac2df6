"""What a row of a case tells, sealed under the key of the case and bound to its row."""

import json
from typing import Any

from madoguchi.app.person.models import OfCase
from madoguchi.app.vault import seal


def fill(row: OfCase, told: Any) -> OfCase:
    """Return ``row`` (with its case set) with the JSON value ``told`` sealed in it."""
    row.organisation_id = row.case.organisation_id
    # Half a character (UTF-7 and its kind can carry one) has no bytes; it becomes a question mark.
    data = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    row.sealed = seal.seal(row.case.seal_key, _place(row), data)
    return row


def told(row: OfCase) -> Any:
    """Return the JSON value that was sealed in ``row``; `Problem` when it was altered or its key destroyed."""
    return json.loads(seal.open_text(row.case.seal_key, _place(row), bytes(row.sealed)))


def _place(row: OfCase) -> str:
    return seal.place(row._meta.db_table, row.id, "sealed")  # noqa: SLF001 - Django's documented model API
