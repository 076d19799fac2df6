"""From what is known of a case to the facts of its papers, and to the situation that decides who can help."""

import pytest

from madoguchi.app.person.paper_facts import answer_by, heard, inquiry_facts, sides, situation
from madoguchi.app.person.queries import current_facts
from madoguchi.app.person.services import read_message, record_sent, send_letter, state_case_facts
from madoguchi.law.doors import doors
from madoguchi.problem import Problem


def doors_of(me, case) -> list[str]:
    return [door.key for door in doors(situation(case, today=me.today()), "ja")]


def test_a_letter_names_of_the_person_only_what_they_entered(me):
    case = me.case(phone=None, member_id=None, department="お客様相談室", company_address="東京都港区見本1-1")
    found = sides(current_facts(case))
    assert found["writer"] == {key: me.KNOWN[key] for key in ("name", "name_kana", "address", "email")}
    assert found["company"] == {"name": "みなと堂", "department": "お客様相談室", "address": "東京都港区見本1-1"}


@pytest.mark.parametrize("missing", ["name", "company"])
def test_what_is_missing_is_named_in_both_languages(me, missing: str):
    with pytest.raises(Problem) as caught:
        sides(current_facts(me.case(**{missing: None})))
    assert caught.value.place == missing
    assert "まだ記入されていません" in caught.value.say("ja")
    assert "not entered yet" in caught.value.say("en")


@pytest.mark.parametrize(
    ("known", "way"),
    [({}, "email"), ({"email": None}, "post"), ({"email": None, "address": None}, "either")],
)
def test_the_answer_is_asked_for_by_the_way_that_reaches_the_person(me, known, way: str):
    case = me.case(**known)
    assert answer_by(current_facts(case)) == way
    assert inquiry_facts(case, date=me.today()).answer_by == way


def test_a_notice_is_the_companys_own_only_where_a_check_found_it_genuine(me):
    case = me.case(how="mail", noticed_on="2026-11-20", reference="K7P3Q-9XW2T")
    notice = me.file(case, me.mail())
    told = heard(case, current_facts(case))
    assert (told["how"], told["reference"], told["verified"]) == ("mail", "K7P3Q-9XW2T", False)
    for verdict, verified in (("genuine", True), ("fake", False)):
        notice.checks.create(organisation=case.organisation, case=case, at=me.now(), sealed=b"", verdict=verdict)
        assert heard(case, current_facts(case))["verified"] is verified
    assert heard(case, current_facts(me.case())) is None


# ---------------------------------------------------------------- where the case stands


def test_at_first_nothing_was_asked(me, case):
    found = situation(case, today=me.today())
    assert (found.inquiry_sent_on, found.replied_on, found.follow_up_sent_on, found.complaint_sent_on) == (None,) * 4
    assert found.items == ("name", "address", "email")


def test_the_situation_follows_what_was_sent_and_answered(me, case, post):
    asked = me.sent(case)
    assert situation(case, today=me.today()).inquiry_sent_on == me.today()
    assert situation(case, today=me.today()).replied_on is None
    me.replied(case, asked)
    found = situation(case, today=me.today())
    assert found.replied_on == me.today()
    assert (found.verdicts.answered, found.verdicts.not_answered) == (2, 7)
    assert doors_of(me, case)[0] == "company"


def test_the_reply_to_the_follow_up_counts_and_not_the_first(me, case):
    me.memo(case, "1. 原因は何ですか。", incoming=False, role="inquiry", channel="form", ago=30)
    first = me.memo(case, "調査中です。", role="reply", channel="post", ago=25)
    me.memo(case, "1. 原因は何ですか。", incoming=False, role="follow_up", channel="form", ago=20)
    read_message(message=first, by=me.actor)
    waiting = situation(case, today=me.today())
    assert waiting.replied_on < waiting.follow_up_sent_on
    second = me.memo(case, "原因は、設定の誤りにより外部から閲覧できたことです。", role="reply", channel="post", ago=5)
    read_message(message=second, by=me.actor)
    found = situation(case, today=me.today())
    assert found.replied_on > found.follow_up_sent_on
    assert (found.verdicts.answered, found.verdicts.not_answered) == (1, 0)


def test_the_answer_to_a_complaint_is_none_to_the_questions(me, case):
    me.memo(case, "1. 原因は何ですか。", incoming=False, role="inquiry", channel="form", ago=30)
    complaint = me.memo(case, "回答がありません。", incoming=False, role="complaint", channel="post", ago=10)
    answer = me.memo(case, "調査のうえ回答します。", role="reply", channel="post", ago=2)
    assert answer.answers == complaint
    found = situation(case, today=me.today())
    assert (found.replied_on, found.complaint_replied_on is not None) == (None, True)


def test_a_letter_that_came_back_starts_no_waiting(me, case, post):
    me.sort(me.bounce(me.sent(case)))
    assert situation(case, today=me.today()).inquiry_sent_on is None
    again = record_sent(letter=me.letter(case), by=me.actor, channel="post", at=me.now(), to="みなと堂")
    assert again.role == "inquiry"
    assert situation(case, today=me.today()).inquiry_sent_on == me.today()


def test_harm_opens_other_doors(me, case, post):
    send_letter(letter=me.letter(case), by=me.actor, to=me.DESK)
    assert "police" not in (before := doors_of(me, case))
    state_case_facts(case=case, by=me.actor, facts={"harm": ["money_lost"], "items": ["name", "card_number"]})
    assert set(doors_of(me, case)) - set(before)
