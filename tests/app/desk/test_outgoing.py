"""A mail of the desk lies in the outbox sealed under its inquiry, and says that no program should answer it."""

from madoguchi.app import vault
from madoguchi.app.due.models import DueWork
from madoguchi.app.mail import outbox
from madoguchi.app.mail.models import OutgoingMail


def test_a_mail_of_the_desk_ends_with_the_key_of_its_inquiry(desk):
    answer, _ = desk.answered(desk.identified())
    row = OutgoingMail.objects.get(subject=answer.id)
    assert row.seal_key == answer.inquiry.seal_key
    assert row.log == desk.incident.record_log()
    assert b"hanako" not in bytes(row.raw) + bytes(row.recipient)
    vault.store().destroy(answer.inquiry.seal_key)
    assert outbox.raw_of(OutgoingMail.objects.exclude(subject=answer.id).first())


def test_it_is_planned_to_go_out_at_once_and_no_holiday_notice_answers_it(desk, open_mail):
    DueWork.objects.all().delete()
    _, mail = desk.answered(desk.identified())
    assert DueWork.objects.filter(kind=outbox.DELIVER).exists()
    assert open_mail(mail)["Auto-Submitted"] == "auto-generated"
    assert open_mail(mail)["From"].addresses[0].addr_spec == "privacy@minato.example"
