"""Letters as their reader takes them in."""

import pytest

from madoguchi.authenticity.seen import as_seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("050\u200b-33\u00ad33", "050-3333"),
        ("０５０（３３３３）", "050(3333)"),
        ("𝟎𝟓𝟎 ٠٥", "050 05"),
        ("ｘ＠ａ．ｅｘａｍｐｌｅ", "x@a.example"),
        ("0️⃣5️⃣", "05"),
        ("一行目\n二行目、①", "一行目\n二行目、①"),
    ],
)
def test_nothing_hides_in_a_number_or_an_address(written, seen):
    assert as_seen(written) == seen
