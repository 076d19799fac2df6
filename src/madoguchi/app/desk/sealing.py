"""What a row of the desk tells, sealed under the key of its inquiry and bound to its row."""

import json
from typing import Any

from madoguchi.app.desk.models import Inquiry, OfInquiry
from madoguchi.app.vault import seal


def fill(row: Inquiry | OfInquiry, told: Any):
    """Return ``row`` with the JSON value ``told`` sealed in it."""
    # In ASCII: a stranger's mail may hold half a character (UTF-7 lets it through), which UTF-8 has no bytes for.
    row.sealed = seal.seal(_inquiry(row).seal_key, _place(row), json.dumps(told))
    return row


def told(row: Inquiry | OfInquiry) -> Any:
    """Return the JSON value that was sealed in ``row``; `Problem` when it was altered or its key destroyed."""
    return json.loads(seal.open_text(_inquiry(row).seal_key, _place(row), bytes(row.sealed)))


def _inquiry(row: Inquiry | OfInquiry) -> Inquiry:
    return row if isinstance(row, Inquiry) else row.inquiry


def _place(row: Inquiry | OfInquiry) -> str:
    return seal.place(row._meta.db_table, row.id, "sealed")  # noqa: SLF001 - Django's documented model API
