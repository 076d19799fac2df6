"""Is it from them, and what does it say: each answer is kept as it was given, and a human's correction stays."""

import json

import pytest
from django.db import connection

from madoguchi.app.log.models import Entry
from madoguchi.app.person.models import Check, Overrule, Reading
from madoguchi.app.person.queries import answers
from madoguchi.app.person.sealing import told
from madoguchi.app.person.services import (
    check_message,
    keep_windows,
    name_message,
    overrule,
    read_message,
    state_case_facts,
)
from madoguchi.problem import Problem


def ids(check: Check) -> set[str]:
    return {reason["id"] for reason in told(check)["answer"]["reasons"]}


# ---------------------------------------------------------------- is it from them


def test_a_fake_is_told_and_the_entry_holds_why(me, case, said, files):
    message = me.file(case, me.mail(me.FAKE, sender="みなと堂 <support@minato-support.example>"))
    check = check_message(message=message, by=me.actor)
    assert check.verdict == "fake"
    assert "link_lookalike" in ids(check)
    entry = said(case)
    assert (entry["verdict"], entry["official"]) == ("fake", ["minato.example"])
    assert set(entry["reasons"]) == ids(check)
    assert json.loads(files(case)["check.json"]) == told(check)["answer"]


def test_without_a_signature_a_mail_is_never_genuine(me, case):
    assert check_message(message=me.file(case, me.mail()), by=me.actor).verdict == "cannot_tell"


def test_what_is_typed_in_is_checked_too(me, case):
    message = me.memo(case, me.FAKE, channel="sms")
    assert check_message(message=message, by=me.actor).verdict == "fake"
    assert check_message(message=me.memo(case, "お電話ください。", channel="sms"), by=me.actor).verdict == "cannot_tell"


def test_there_must_be_something_to_compare_with(me, said):
    case = me.case(domains=[])
    message = me.file(case, me.mail())
    with pytest.raises(Problem) as caught:
        check_message(message=message, by=me.actor)
    assert caught.value.place == "domains"
    assert said(case)["kind"] == "person:mail:filed"


def test_the_numbers_of_official_windows_count_and_those_found_elsewhere_do_not(me, case):
    window = {"channel": "phone", "value": "0120-111-222", "grade": "privacy_page", "source": "https://minato.example/"}
    stray = window | {"value": "0120-999-888", "grade": "elsewhere"}
    keep_windows(case=case, by=me.actor, answer={"windows": [window, stray]})
    good = me.memo(case, "0120-111-222 にお電話ください。", channel="sms")
    bad = me.memo(case, "0120-999-888 にお電話ください。", channel="sms")
    assert "phone_official" in ids(check_message(message=good, by=me.actor))
    assert "phone_official" not in ids(check_message(message=bad, by=me.actor))


def test_nothing_is_looked_up_within_a_transaction(me, case):
    asked = []

    def dns(name: str) -> list[bytes]:
        asked.append((name, connection.in_atomic_block and len(connection.savepoint_ids)))
        return []

    outside = connection.in_atomic_block and len(connection.savepoint_ids)
    signed = me.mail(DKIM_Signature="v=1; a=rsa-sha256; d=minato.example; s=k; h=from; bh=AAAA; b=AAAA")
    check_message(message=me.file(case, signed), by=me.actor, dns=dns)
    assert [depth for _, depth in asked] == [outside] * len(asked)
    assert any(name.startswith("k._domainkey.minato.example") for name, _ in asked)


def test_each_check_stays(me, case):
    message = me.memo(case, "https://www.minato.example/ をご覧ください。", channel="sms")
    check_message(message=message, by=me.actor)
    state_case_facts(case=case, by=me.actor, facts={"domains": [{"domain": "other.example", "known_from": "contract"}]})
    check_message(message=message, by=me.actor)
    assert [told(row)["official"] for row in Check.objects.order_by("at")] == [["minato.example"], ["other.example"]]


# ---------------------------------------------------------------- what does it say


def test_a_notice_is_read(me, case, said, files):
    message = me.file(case, me.mail("漏えいしたおそれのある項目は、氏名、住所、メールアドレスです。\n"))
    answer = told(read_message(message=message, by=me.actor))["answer"]
    assert {item["key"] for item in answer["facts"]["items"]} == {"name", "address", "email"}
    assert said(case)["covers"] == answer["covers"]
    assert json.loads(files(case)["reading.json"]) == answer


def test_a_reply_is_judged_by_the_questions_of_its_letter(me, case, post, said):
    asked = me.sent(case)
    reply = me.replied(case, asked)
    verdicts = {each["question"]: each["verdict"] for each in answers(reply)}
    assert (verdicts["affected"], verdicts["items"], verdicts["cause"]) == ("answered", "answered", "not_answered")
    assert said(case)["verdicts"] == [[each["question"], each["verdict"]] for each in answers(reply)]


def test_a_reply_told_on_the_phone_is_judged_like_a_written_one(me, case, post):
    me.sent(case)
    call = me.memo(case, me.REPLY, role="reply")
    read_message(message=call, by=me.actor)
    assert {each["question"]: each["verdict"] for each in answers(call)}["affected"] == "answered"


def test_what_is_neither_notice_nor_reply_is_not_read(me, case):
    with pytest.raises(Problem, match="notices, announcements and replies"):
        read_message(message=me.file(case, me.mail(), role="other"), by=me.actor)


def test_a_fake_is_not_read_as_the_companys_word_unless_the_person_says_so(me, case, post, said):
    asked = me.sent(case)
    message = me.file(case, me.mail(me.FAKE + me.REPLY, to=asked), role="reply", answers=asked)
    check_message(message=message, by=me.actor)
    before = Entry.objects.count()
    with pytest.raises(Problem, match="fake"):
        read_message(message=message, by=me.actor)
    assert (Reading.objects.count(), Entry.objects.count()) == (0, before)
    read_message(message=message, by=me.actor, against_the_check=True)
    assert said(case)["against_the_check"] is True


def test_the_last_check_counts(me, case):
    message = me.memo(case, "https://minato-shop.example/ をご覧ください。", channel="sms", role="notice")
    assert check_message(message=message, by=me.actor).verdict == "fake"
    state_case_facts(
        case=case, by=me.actor, facts={"domains": [{"domain": "minato-shop.example", "known_from": "contract"}]}
    )
    assert check_message(message=message, by=me.actor).verdict != "fake"
    read_message(message=message, by=me.actor)


# ---------------------------------------------------------------- a human's word


def test_a_correction_stays_when_the_text_is_read_again(me, case, post, said):
    reply = me.replied(case, me.sent(case))
    at = next(number for number, each in enumerate(answers(reply), 1) if each["question"] == "cause")
    overrule(message=reply, by=me.actor, number=at, verdict="refused", reason="調査中というだけで断っている")
    entry = said(case)
    assert (entry["number"], entry["from"], entry["to"]) == (at, "not_answered", "refused")
    read_message(message=reply, by=me.actor)
    found = answers(reply)[at - 1]
    assert (found["was"], found["verdict"], found["reason"]) == (
        "not_answered",
        "refused",
        "調査中というだけで断っている",
    )
    overrule(message=reply, by=me.actor, number=at, verdict="partly", reason="電話で補足があった")
    assert said(case)["from"] == "refused"
    found = answers(reply)[at - 1]
    assert (found["was"], found["verdict"]) == ("not_answered", "partly")
    assert Overrule.objects.count() == 2


def test_a_correction_goes_with_its_question_when_the_reply_turns_out_to_answer_another_letter(me, case, post):
    first = me.sent(case, questions=["affected", "cause"])
    reply = me.replied(case, first)
    overrule(message=reply, by=me.actor, number=2, verdict="refused", reason="断っている")
    second = me.sent(case, questions=["when", "affected", "prevention", "cause"])
    name_message(message=reply, by=me.actor, role="reply", answers=second)
    read_message(message=reply, by=me.actor)
    assert [each["question"] for each in answers(reply) if "was" in each] == ["cause"]


@pytest.mark.parametrize(
    ("slip", "said_of_it"),
    [
        ({"number": 0}, "no question"),
        ({"number": 10}, "1 to 9"),
        ({"verdict": "lie"}, "one of answered"),
        ({"reason": " "}, "no reason"),
    ],
)
def test_a_slip_in_a_correction_is_said(me, case, post, slip, said_of_it: str):
    reply = me.replied(case, me.sent(case))
    with pytest.raises(Problem, match=said_of_it):
        overrule(message=reply, by=me.actor, **{"number": 1, "verdict": "partly", "reason": "x", **slip})
    assert not Overrule.objects.exists()


def test_what_was_not_read_has_no_verdict_to_correct(me, case):
    with pytest.raises(Problem, match="no question"):
        overrule(message=me.file(case, me.mail()), by=me.actor, number=1, verdict="partly", reason="x")
