"""Each reason is one line in both languages and says what to do."""

import re

import pytest

from madoguchi.intake import reasons
from madoguchi.intake.limits import Limits

ALL = [
    reasons.EMPTY, reasons.LINK_OUT, reasons.SPECIAL, reasons.LOCKED, reasons.OVERLAP, reasons.MEMORY,
    reasons.closed("7z"), reasons.packing(9), reasons.too_deep(Limits()), reasons.too_many(Limits()),
    reasons.too_big(5, 3), reasons.too_dense(1000, Limits()), reasons.damaged("EOFError", 0),
    reasons.damaged("EOFError", 1_000), reasons.system("Permission denied"),
]  # fmt: skip


@pytest.mark.parametrize(("ja", "en"), ALL)
def test_a_reason_is_one_line_with_a_next_step(ja: str, en: str) -> None:
    assert "\n" not in ja + en
    assert ja.endswith("ください。")
    assert re.search("[;,]", en)
    assert not re.search("[ぁ-ん]", en)


def test_the_numbers_are_in_it() -> None:
    assert "1,000バイト" in reasons.damaged("EOFError", 1_000)[0]
    assert "250" in reasons.too_dense(1000, Limits())[1]
