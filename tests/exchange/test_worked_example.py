"""docs/exchange.md tells others what our programs do: its example opens, its table is whole."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from madoguchi import exchange
from madoguchi.exchange import carry
from madoguchi.exchange.refusal import SAID
from madoguchi.record import canonical, keys

TEXT = (Path(__file__).resolve().parents[2] / "docs/exchange.md").read_text(encoding="utf-8")


def test_the_example_is_a_statement_that_opens():
    jwk, payload = re.findall(r"```json\n(.+?)\n```", TEXT, re.DOTALL)
    jws, block = re.findall(r"```text\n(.+?)\n```", TEXT, re.DOTALL)
    key = keys.Key.model_validate_json(jwk)
    assert json.loads(jwk)["kid"] == key.kid
    now = datetime(2026, 11, 21, 3, tzinfo=UTC)
    opened = exchange.open_statement(jws, trusted={"shop.example": {key.kid: key}}, now=now)
    written = opened.statement.model_dump(mode="json", exclude_none=True)
    assert canonical.encode(written).decode() == payload
    letter = re.search(r"The letter is the one line `(.+?)`", TEXT)[1]
    assert opened.statement.body.letter_sha256 == exchange.letter_digest(letter)
    assert carry.find(block) == [jws]


def test_the_table_names_each_reason():
    assert set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE)) == set(SAID)
