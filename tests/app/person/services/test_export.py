"""The case file of a case holds everything, verifies without us, and says to whom it was handed."""

import json

import pytest

from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import public_keys
from madoguchi.app.person.services import check_message, close_case, export_case_file
from madoguchi.problem import Problem
from madoguchi.record import container
from madoguchi.record.keys import read_trusted
from madoguchi.record.verify import verify


def members(data: bytes) -> dict[str, bytes]:
    return {member.name: bytes(member.data) for member in container.read(data).members}


@pytest.fixture
def whole(me, case, post):
    """Return a case in which everything happened."""
    check_message(message=me.file(case, me.mail()), by=me.actor)
    me.memo(case, "カード会社に電話した")
    me.replied(case, me.sent(case))
    me.letter(case, "follow_up")
    return case


def test_the_case_file_verifies_with_the_persons_keys_and_without(me, whole):
    data = export_case_file(case=whole, by=me.actor, to="消費生活センター")
    assert verify(data).whole
    trusted = read_trusted(json.dumps({"me.example": public_keys(me.organisation)}).encode())
    verdict = verify(data, trusted)
    assert (verdict.whole, verdict.signer) == (True, "me.example")
    assert verdict.entries == Entry.objects.filter(log=whole.record_log()).count()
    assert not verify(data.replace("カード会社".encode(), "クレカ会社".encode())).whole


def test_the_export_is_the_last_entry_and_says_to_whom(me, whole):
    inside = members(export_case_file(case=whole, by=me.actor, to=" 消費生活センター "))
    last = json.loads(inside["log.jsonl"].splitlines()[-1])
    assert last["kind"] == "person:case_file:exported"
    told = json.loads(inside["payloads.jsonl"].splitlines()[-1])
    assert (told["index"], told["payload"]["to"]) == (last["index"], "消費生活センター")
    (course,) = (content.decode() for name, content in inside.items() if name.endswith("/経過.txt"))
    for said in ("相談を開始", "問い合わせ", "書面を電子メールで送付", "本人", "mail.eml"):
        assert said in course


def test_mails_memos_and_letters_are_in_it_as_they_were(me, whole):
    inside = members(export_case_file(case=whole, by=me.actor, to="自分の控え"))
    names = [name.rpartition("/")[2] for name in inside if name.startswith("files/")]
    assert names.count("mail.eml") == 3
    assert {"memo.txt", "問い合わせ.pdf", "再度の問い合わせ.txt", "madoguchi-inquiry.json", "check.json"} <= set(names)


def test_a_closed_case_is_handed_out_and_holds_nothing_of_another(me, whole):
    other = me.case(name="別の人", title="別の相談")
    me.memo(other, "別の件で電話した")
    close_case(case=whole, by=me.actor, reason="終わり")
    data = export_case_file(case=whole, by=me.actor, to="自分の控え")
    assert verify(data).whole
    assert not [
        name
        for name, content in members(data).items()
        for secret in ("別の人", "別の相談", "別の件", str(other.id))
        if secret.encode() in content
    ]


@pytest.mark.parametrize("to", ["", "  ", "\n"])
def test_it_is_handed_to_somebody(me, case, to: str):
    before = Entry.objects.count()
    with pytest.raises(Problem, match="to whom"):
        export_case_file(case=case, by=me.actor, to=to)
    assert Entry.objects.count() == before
