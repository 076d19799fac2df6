"""Mail to a person finds its way: what answers us into the case, what came back into its record, all else waits."""

import pytest
from django.utils import timezone

from madoguchi.app.due.worker import run_due
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import payload
from madoguchi.app.mail.models import Bounce
from madoguchi.app.person.models import Message
from madoguchi.app.person.queries import holding_place
from madoguchi.app.person.services import close_case, discard_mail
from madoguchi.app.person.sorting import sort


def kinds(case) -> list[str]:
    return list(Entry.objects.filter(log=case.record_log()).order_by("index").values_list("kind", flat=True))


def test_a_mail_in_the_thread_is_filed_as_other_and_never_as_a_reply(me, case, post):
    asked = me.sent(case)
    row = me.sort(me.mail(me.REPLY, to=asked))
    message = Message.objects.get(mail=row)
    assert (message.case, message.role, message.answers, message.incoming) == (case, "other", asked, True)
    entry = Entry.objects.filter(log=case.record_log()).order_by("index").last()
    assert (entry.kind, entry.actor) == ("person:mail:filed", "system:sorting")
    assert payload(entry)["role"] == "other"


def test_whoever_knows_the_thread_gets_no_further_than_other(me, case, post):
    asked = me.sent(case)
    row = me.sort(me.mail(me.FAKE, sender="みなと堂 <x@evil.example>", to=asked))
    message = Message.objects.get(mail=row)
    assert (message.role, message.checks.exists(), message.readings.exists()) == ("other", False, False)


def test_a_mail_belongs_to_the_nearest_letter_of_its_thread(me, case, post):
    first = me.sent(case)
    me.replied(case, first)
    second = me.sent(case, "follow_up")
    thread = f"{first.sent.message_id} <theirs@minato.example> {second.sent.message_id}"
    row = me.sort(me.mail("回答", References=thread))
    assert Message.objects.get(mail=row).answers == second
    row = me.sort(me.mail("最初の件", In_Reply_To=first.sent.message_id, References=thread))
    assert Message.objects.get(mail=row).answers == first


@pytest.mark.parametrize("headers", [{}, {"In_Reply_To": "<x@minato.example>"}, {"References": "<a@b> " * 5000}])
def test_what_is_in_no_thread_waits(me, case, post, headers):
    me.sent(case)
    row = me.sort(me.mail("お知らせ", **headers))
    assert list(holding_place(me.organisation)) == [row]


def test_a_mail_to_a_closed_case_waits(me, case, post):
    asked = me.sent(case)
    close_case(case=case, by=me.actor, reason="終わり")
    row = me.sort(me.mail(me.REPLY, to=asked))
    assert list(holding_place(me.organisation)) == [row]


def test_a_letter_that_came_back_is_entered_and_its_report_kept_in_the_case(me, case, post):
    asked = me.sent(case)
    row = me.sort(me.bounce(asked))
    told = Bounce.objects.get()
    assert (told.mail, told.told_by, told.permanent, told.status) == (asked.sent, row, True, "5.1.1")
    assert kinds(case)[-2:] == ["mail:bounce:recorded", "person:mail:filed"]
    message = Message.objects.get(mail=row)
    assert (message.role, message.answers) == ("other", asked)
    assert not holding_place(me.organisation).exists()


def test_sorting_may_be_done_again_and_after_a_stop_in_between(me, case, post, monkeypatch: pytest.MonkeyPatch):
    asked = me.sent(case)
    row = me.take(me.bounce(asked))
    monkeypatch.setattr("madoguchi.app.person.sorting.file_mail", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sort(row)
    monkeypatch.undo()
    for _ in range(3):
        sort(row)
    assert kinds(case)[-2:] == ["mail:bounce:recorded", "person:mail:filed"]
    assert (Bounce.objects.count(), Message.objects.filter(mail=row).count()) == (1, 1)


def test_a_report_about_somebody_elses_mail_waits(me, case, post):
    asked = me.sent(case)
    raw = me.bounce(asked).replace(asked.sent.message_id.encode(), b"<0a0b0c0d-0000-4000-8000-000000000000@x.example>")
    row = me.sort(raw)
    assert not Bounce.objects.exists()
    assert list(holding_place(me.organisation)) == [row]


def test_a_mail_thrown_away_before_it_was_sorted_stays_away(me, case, post):
    row = me.take(me.mail("宣伝", to=me.sent(case)))
    discard_mail(mail=row, by=me.actor)
    sort(row)
    assert not Message.objects.filter(mail=row).exists()


def test_the_worker_sorts_what_was_taken_in(me, case, post, monkeypatch: pytest.MonkeyPatch):
    from django.conf import settings

    monkeypatch.setattr(settings, "INCOMING_SORTER", "madoguchi.app.person.sorting.sort")
    asked = me.sent(case)
    me.take(me.mail(me.REPLY, to=asked))
    assert run_due(now=timezone.now()) >= 1
    assert asked.answered_by.get().role == "other"
