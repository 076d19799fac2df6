"""What a row tells lies sealed in the database, opens in its own row alone, and ends with the key of its case."""

import pytest
from django.apps import apps
from django.db import connection

from madoguchi.app import vault
from madoguchi.app.person.models import Message
from madoguchi.app.person.queries import current_facts
from madoguchi.app.person.sealing import fill, told
from madoguchi.app.person.services import check_message, keep_windows, overrule, record_sent, tick_step
from madoguchi.app.vault.keystore import KeyDestroyed
from madoguchi.app.vault.seal import SealBroken

SECRETS = (
    "青木",
    "花子",
    "アオキ",
    "見本9-8-7",
    "090-1111-2222",
    "hanako@",
    "A-77",
    "みなと堂",
    "minato.example",
    "secure-refund",
)
SAID = ("カードを止めた", "返金いたします", "調査中", "不安", "名簿の流出")


def database() -> bytes:
    """Return every value of every table, as the database holds it."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found += [value for row in cursor.fetchall() for value in row]
    return b"\0".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in found)


def test_no_name_no_address_and_no_word_lies_readable_in_the_database(me, case, post):
    window = {
        "channel": "email",
        "value": "desk@minato.example",
        "grade": "privacy_page",
        "source": "https://minato.example/",
    }
    keep_windows(case=case, by=me.actor, answer={"windows": [window]})
    me.file(case, me.mail())
    check_message(message=me.file(case, me.mail(me.FAKE), role="other"), by=me.actor)
    me.memo(case, "カードを止めた", counterpart="みなと堂カード窓口 港さん")
    tick_step(case=case, by=me.actor, step="card_call")
    asked = me.sent(case)
    overrule(
        message=me.replied(case, asked, me.REPLY),
        by=me.actor,
        number=3,
        verdict="partly",
        reason="みなと堂の電話で聞いた",
    )
    record_sent(
        letter=me.letter(case, "complaint"), by=me.actor, channel="post", at=me.now(), to="みなと堂", note="A-77"
    )
    raw = database()
    assert str(case.id).encode() in raw or case.id.bytes in raw or case.id.hex.encode() in raw
    found = [secret for secret in (*SECRETS, *SAID) if secret.encode() in raw]
    assert found == []


def test_what_was_told_is_read_back(case):
    row = fill(Message(case=case), {"text": "改行\n「引用」", "n": [1, None]})
    assert told(row) == {"text": "改行\n「引用」", "n": [1, None]}
    assert row.organisation_id == case.organisation_id


def test_half_a_character_breaks_nothing(case):
    assert told(fill(Message(case=case), {"text": "a\ud800b"})) == {"text": "a?b"}


def test_what_was_copied_to_another_row_or_case_does_not_open(me, case):
    row = fill(Message(case=case), "x")
    with pytest.raises(SealBroken):
        told(Message(case=case, sealed=row.sealed))
    with pytest.raises(SealBroken):
        told(Message(id=row.id, case=me.case(), sealed=row.sealed))


def test_with_the_key_of_a_case_everything_in_it_ends_and_no_other_case(me, case):
    other = me.case()
    vault.store().destroy(case.seal_key)
    with pytest.raises(KeyDestroyed):
        current_facts(case)
    assert current_facts(other).name == me.KNOWN["name"]
