"""Two pages, or a page and the worker, that do the same thing at once do it once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import case_file
from madoguchi.app.mail.models import OutgoingMail
from madoguchi.app.person.models import Case, CaseSheet, Discarded, Letter, Message, StepDone
from madoguchi.app.person.queries import current_facts
from madoguchi.app.person.services import discard_mail, file_mail, send_letter, state_case_facts, tick_step
from madoguchi.problem import Problem
from madoguchi.record.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Return what each call gave, a `Problem` included, when all begin at the same moment."""
    start, found = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        try:
            start.wait()
            found.append(call())
        except BaseException as error:  # noqa: BLE001 - told by the assertions of the tests
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def refusals(found: list[object]) -> int:
    """Return how many were refused in a sentence; nothing else may have gone wrong."""
    assert [error for error in found if isinstance(error, BaseException) and not isinstance(error, Problem)] == []
    return sum(isinstance(each, Problem) for each in found)


def test_a_letter_goes_out_once(me, case, post):
    letter = me.letter(case)
    found = at_once(*(
        lambda: send_letter(letter=Letter.objects.get(id=letter.id), by=me.actor, to=me.DESK) for _ in range(3)
    ))  # fmt: skip
    assert refusals(found) == 2
    assert (OutgoingMail.objects.count(), Message.objects.count()) == (1, 1)


def test_a_mail_is_filed_in_one_case_or_thrown_away(me, case):
    other, row = me.case(), me.take(me.mail())
    found = at_once(
        lambda: file_mail(case=case, by=me.actor, mail=row, role="other"),
        lambda: file_mail(case=other, by=me.actor, mail=row, role="other"),
        lambda: discard_mail(mail=row, by=me.actor),
    )
    assert refusals(found) == 2
    assert Message.objects.count() + Discarded.objects.count() == 1


def test_a_step_is_ticked_once(me, case):
    found = at_once(*(lambda: tick_step(case=case, by=me.actor, step="card_call") for _ in range(3)))
    assert refusals(found) == 2
    assert StepDone.objects.count() == 1


def test_what_two_pages_state_is_both_kept(me, case):
    facts = [{"phone": "03-1111-2222"}, {"reference": "K7P3Q-9XW2T"}, {"department": "窓口"}]
    found = at_once(*(
        lambda each=each: state_case_facts(case=Case.objects.get(id=case.id), by=me.actor, facts=each)
        for each in facts
    ))  # fmt: skip
    assert refusals(found) == 0
    assert sorted(CaseSheet.objects.filter(case=case).values_list("version", flat=True)) == [1, 2, 3, 4]
    now = current_facts(case)
    assert (now.phone, now.reference, now.department) == ("03-1111-2222", "K7P3Q-9XW2T", "窓口")
    assert Entry.objects.filter(log=case.record_log()).count() == 4
    assert verify(case_file(case.record_log())).whole
