"""What is known of a case, read: its course, what to do, what was asked and answered, what was thrown away or lost."""

from datetime import timedelta

import pytest

from madoguchi.app.mail.models import OutgoingMail, State
from madoguchi.app.person.models import Case
from madoguchi.app.person.queries import (
    answers,
    asked_in,
    cases,
    course_of,
    current_facts,
    found_fake,
    holding_place,
    last_reply,
    sent_out,
    steps,
    windows,
)
from madoguchi.app.person.services import check_message, read_message, state_case_facts


def test_cases_are_listed_the_newest_first_and_only_those_of_the_home(me, case):
    second = me.case()
    assert list(cases(me.organisation)) == [second, case]
    assert not cases(type(me.organisation).objects.create(name="よそ")).exists()


def test_a_case_without_windows_keys_or_messages_has_none(case):
    assert (windows(case), list(course_of(case)), list(sent_out(case))) == ([], [], [])
    assert current_facts(Case(id=case.id)).company == "みなと堂"


def test_the_course_is_in_the_order_in_which_things_were_said(me, case):
    late, early = me.memo(case, "今日の電話"), me.memo(case, "先週の電話", ago=7)
    assert list(course_of(case)) == [early, late]


def test_the_holding_place_shows_the_newest_first(me):
    first, second = me.take(me.mail("一")), me.take(me.mail("二"))
    assert list(holding_place(me.organisation)) == [second, first]


def test_tonights_steps_come_first_and_look_back_to_the_start_of_the_period(me):
    case = me.case(items=["card_number"], period_start="2026-08-03")
    found = [step for step, done in steps(case) if not done]
    assert found[0].when == "tonight"
    assert any("2026年8月3日" in step.text for step in found)
    assert steps(me.case(items=None)) == []


# ---------------------------------------------------------------- what was asked


def test_the_questions_of_a_letter_keep_their_numbers(me, case, post):
    asked = me.sent(case, questions=["cause", "affected"], own_questions=["いつ返金されますか。"])
    assert [(each.number, each.key) for each in asked_in(asked)] == [(1, "affected"), (2, "cause"), (3, None)]


def test_what_the_person_asked_elsewhere_is_read_from_the_words(me, case):
    said = me.memo(
        case, "1. 私は対象に含まれていますか。\n2. 原因は何ですか。", channel="form", incoming=False, role="inquiry"
    )
    assert [each.key for each in asked_in(said)] == ["affected", "cause"]
    assert asked_in(me.memo(case, "カードを止めた。", incoming=False)) is None


@pytest.mark.parametrize("state", [State.FAILED, State.STOPPED])
def test_a_letter_that_the_mail_did_not_deliver_was_not_sent(me, case, post, state):
    asked = me.sent(case)
    assert list(sent_out(case)) == [asked]
    OutgoingMail.objects.filter(id=asked.sent_id).update(state=state, ended_at=me.now())
    assert not sent_out(case).exists()


def test_a_letter_that_came_back_was_not_sent_and_one_that_is_only_late_was(me, case, post):
    gone, late = me.sent(case), me.sent(case)
    me.sort(me.bounce(gone))
    me.sort(me.bounce(late, status="4.2.2"))
    assert list(sent_out(case)) == [late]


# ---------------------------------------------------------------- what was answered


def test_the_last_reply_to_a_letter_counts_and_a_fake_one_is_none(me, case, post):
    asked = me.sent(case)
    assert last_reply(asked) is None
    reply = me.replied(case, asked)
    fake = me.file(case, me.mail(me.FAKE, to=asked), role="reply", answers=asked)
    assert last_reply(asked) == fake
    check_message(message=fake, by=me.actor)
    assert found_fake(fake)
    assert last_reply(asked) == reply


def test_a_fake_that_the_person_read_against_the_check_counts(me, case, post):
    asked = me.sent(case)
    reply = me.file(case, me.mail(me.REPLY + me.FAKE, to=asked), role="reply", answers=asked)
    check_message(message=reply, by=me.actor)
    read_message(message=reply, by=me.actor, against_the_check=True)
    assert last_reply(asked) == reply
    check_message(message=reply, by=me.actor)
    assert found_fake(reply)


def test_what_was_not_read_has_no_answers(me, case):
    assert answers(me.file(case, me.mail())) == []


def test_what_is_known_now_is_the_newest_sheet(me, case):
    day = (me.today() - timedelta(days=3)).isoformat()
    state_case_facts(case=case, by=me.actor, facts={"noticed_on": day})
    assert current_facts(case).noticed_on.isoformat() == day
