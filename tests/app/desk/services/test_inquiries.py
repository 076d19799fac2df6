"""An inquiry is received once, its asker identified in steps, and nobody who writes learns who stands on the list."""

import threading
from uuid import UUID

import pytest
from django.db import connection

from madoguchi.app.accounts.permission import Refused, System
from madoguchi.app.accounts.services import add_member, create_organisation
from madoguchi.app.company.services import export_case_file
from madoguchi.app.desk.models import Ending, Inquiry, Proof, State
from madoguchi.app.desk.queries import arrival_of
from madoguchi.app.desk.services import (
    assign,
    close_inquiry,
    identify_by_hand,
    prepare_answer,
    receive,
    return_code,
    send_code,
)
from madoguchi.app.desk.services.inquiries import TRIES, AlreadyTaken
from madoguchi.app.mail.models import OutgoingMail
from madoguchi.exchange import carry
from madoguchi.problem import Problem
from madoguchi.record import container


def held(inquiry) -> set[str]:
    return set(inquiry.proofs.filter(held=True).values_list("means", flat=True))


# ---------------------------------------------------------------- received


def test_a_signed_inquiry_is_received_with_its_questions_in_their_numbers(desk, hanako):
    inquiry = desk.inquiry(hanako.signed(("items", "cause"), own="なぜ遅れたのですか。"))
    assert isinstance(inquiry.statement, UUID)
    assert [(each.number, each.key) for each in arrival_of(inquiry).questions] == [
        (1, "items"),
        (2, "cause"),
        (9, None),
    ]
    (said,) = desk.said("desk:inquiry:received")
    assert (said["signed"], said["questions"], said["sha256"]) == (True, 3, inquiry.mail.sha256)
    assert "statement_refused" not in said


def test_a_plain_letter_is_received_with_its_questions(desk, stranger):
    inquiry = desk.inquiry(stranger.letter())
    assert (inquiry.statement, inquiry.incident, inquiry.person) == (None, None, None)
    assert [each.key for each in arrival_of(inquiry).questions] == ["affected", "items", "cause"]
    assert desk.said("desk:inquiry:received")[0]["signed"] is False


def test_the_same_statement_in_another_mail_is_a_plain_letter_and_the_entry_says_so(desk, hanako):
    part = carry.attachment(hanako.statement())
    first = desk.inquiry(hanako.letter(attachments=[part]))
    second = desk.inquiry(hanako.letter(attachments=[part]))
    assert first.statement
    assert second.statement is None
    assert [said.get("statement_refused") for said in desk.said("desk:inquiry:received")] == [None, "replayed"]


@pytest.mark.parametrize("wrong", ["expired", "addressee"])
def test_a_statement_that_does_not_count_is_received_as_a_letter_with_the_reason(desk, asker, long_ago, wrong: str):
    who = asker("hanako@mail.example", to="other.example" if wrong == "addressee" else "minato.example")
    inquiry = desk.inquiry(who.signed(**({"now": long_ago} if wrong == "expired" else {})))
    assert inquiry.statement is None
    assert desk.said("desk:inquiry:received")[0]["statement_refused"] == wrong


def test_a_mail_is_received_once(desk, hanako):
    inquiry = desk.inquiry(hanako.letter())
    with pytest.raises(AlreadyTaken):
        receive(mail=inquiry.mail, by=desk.shop.desk)
    assert Inquiry.objects.count() == 1


def test_another_organisations_mail_is_nobodys_here(desk, hanako):
    inquiry = desk.inquiry(hanako.letter())
    other = create_organisation(by=System("setup"), name="よその店")
    stranger = add_member(organisation=other, by=System("setup"), email="o@yoso.example", role="owner")
    with pytest.raises(Refused):
        receive(mail=inquiry.mail, by=stranger)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_one_mail_and_of_two_mails_with_one_statement_the_second_sees_the_first(desk, hanako):
    from madoguchi.app.desk.sorting import sort
    from madoguchi.app.mail.services import take_in

    part = carry.attachment(hanako.statement())
    raws = [hanako.letter(attachments=[part]) for _ in range(2)]
    rows = [take_in(organisation=desk.organisation, by=System("mail"), raw=raw, source="imap") for raw in raws]
    together, failed = threading.Barrier(4), []

    def work(row) -> None:
        try:
            together.wait()
            sort(row)
        except BaseException as error:  # noqa: BLE001 - told by the thread that waits
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(row,)) for row in rows * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Inquiry.objects.count() == 2
    assert Inquiry.objects.filter(statement__isnull=False).count() == 1
    assert len(desk.said("desk:inquiry:received")) == 2


# ---------------------------------------------------------------- the code of the notice and the address


@pytest.mark.parametrize("sender", ["hanako@mail.example", "HANAKO@Mail.Example", "花子 <hanako+shop@mail.example>"])
def test_the_notices_code_from_the_address_on_the_list_identifies(desk, hanako, sender: str):
    inquiry = desk.inquiry(hanako.letter(reference=desk.reference("A2"), sender=sender))
    assert (inquiry.state, inquiry.person, inquiry.incident) == (State.IDENTIFIED, desk.people["A2"], desk.incident)
    assert held(inquiry) == {"reference", "address"}


def test_an_address_with_capitals_and_a_tag_on_the_list_is_the_same_address(desk, asker):
    inquiry = desk.inquiry(asker("taro.yamada@mail.example").letter(reference=desk.reference("A1")))
    assert inquiry.person == desk.people["A1"]


def test_the_code_in_a_signed_inquiry_counts_too(desk, hanako):
    assert desk.inquiry(hanako.signed(reference=desk.reference("A2"))).person == desk.people["A2"]


def test_the_code_alone_identifies_nobody(desk, stranger):
    inquiry = desk.inquiry(stranger.letter(reference=desk.reference("A2")))
    assert (inquiry.state, inquiry.person, inquiry.incident) == (State.RECEIVED, None, desk.incident)
    assert held(inquiry) == {"reference"}


def test_the_address_alone_identifies_nobody(desk, hanako):
    inquiry = desk.inquiry(hanako.letter())
    assert (inquiry.state, inquiry.person, inquiry.incident) == (State.RECEIVED, None, None)
    assert held(inquiry) == set()


def test_an_address_that_is_only_named_is_no_address_that_was_written_from(desk, stranger):
    from madoguchi import exchange

    raw = stranger.signed(
        reference=desk.reference("A2"),
        person=exchange.Person(email="hanako@mail.example"),
        reply_to="hanako@mail.example",
    )
    inquiry = desk.inquiry(raw)
    assert inquiry.person is None
    assert held(inquiry) == {"reference"}


@pytest.mark.parametrize("field", ["Reply-To", "Sender", "Return-Path", "Cc"])
def test_no_other_field_makes_an_address(desk, stranger, field: str):
    raw = stranger.letter(reference=desk.reference("A2"), head={field: "<hanako@mail.example>"})
    assert desk.inquiry(raw).person is None


def test_somebody_elses_code_from_an_address_on_the_list_identifies_neither(desk, hanako):
    inquiry = desk.inquiry(hanako.letter(reference=desk.reference("A1")))
    assert inquiry.person is None
    assert held(inquiry) == {"reference"}


def test_of_two_codes_the_one_counts_whose_notice_went_to_the_sender(desk, hanako):
    text = f"夫の番号は {desk.reference('A1')}、私の番号は {desk.reference('A2')} です。対象の項目を教えてください。"
    assert desk.inquiry(hanako.letter(text)).person == desk.people["A2"]


def test_the_code_of_another_company_is_none_of_ours(desk, hanako, monkeypatch):
    other = create_organisation(by=System("setup"), name="よその店")
    from madoguchi.app.notices.models import Notice

    Notice.objects.filter(reference=desk.reference("A2")).update(organisation=other)
    assert desk.inquiry(hanako.letter(reference=desk.reference("A2"))).incident is None


# ---------------------------------------------------------------- assigned


def test_an_inquiry_without_a_code_is_assigned_by_a_member(desk, hanako):
    inquiry = desk.inquiry(hanako.letter())
    assign(inquiry=inquiry, by=desk.shop.desk, incident=desk.incident)
    assert Inquiry.objects.get(id=inquiry.id).incident == desk.incident
    assert desk.said("desk:inquiry:assigned") == [{"inquiry": str(inquiry.id), "incident": str(desk.incident.id)}]


def test_an_incident_is_set_once_even_from_a_page_that_was_open_before(desk, hanako):
    inquiry = desk.inquiry(hanako.letter())
    stale = Inquiry.objects.get(id=inquiry.id)
    assign(inquiry=inquiry, by=desk.shop.desk, incident=desk.incident)
    other = desk.shop.incident("別の事案")
    with pytest.raises(Problem, match="set already"):
        assign(inquiry=stale, by=desk.shop.staff, incident=other)
    assert Inquiry.objects.get(id=inquiry.id).incident == desk.incident


def test_another_organisations_incident_is_refused(desk, hanako):
    inquiry = desk.inquiry(hanako.letter())
    other = create_organisation(by=System("setup"), name="よその店")
    desk.incident.organisation = other
    with pytest.raises(Refused, match="another organisation"):
        assign(inquiry=inquiry, by=desk.shop.desk, incident=desk.incident)


# ---------------------------------------------------------------- a code by mail


@pytest.fixture
def assigned(desk, hanako):
    """Return an inquiry from an address on the list, without a notice's code."""
    return assign(inquiry=desk.inquiry(hanako.letter()), by=desk.shop.desk, incident=desk.incident)


def test_a_code_goes_to_the_address_as_the_list_has_it_and_names_nobody(desk, assigned, open_mail, text_of):
    code, raw = desk.code(assigned)
    assert str(open_mail(raw)["To"]) == "hanako@mail.example"
    assert len(code) == 8
    assert code in text_of(raw)
    assert "髙橋" not in text_of(raw)


def test_a_code_in_another_language(desk, assigned, text_of):
    assert "confirmation code" in text_of(desk.code(assigned, lang="en")[1]).lower()


def test_a_code_goes_to_the_address_on_the_list_whatever_reply_to_says(desk, hanako, open_mail):
    inquiry = desk.inquiry(hanako.letter(head={"Reply-To": "thief@elsewhere.example"}))
    assign(inquiry=inquiry, by=desk.shop.desk, incident=desk.incident)
    assert str(open_mail(desk.code(inquiry)[1])["To"]) == "hanako@mail.example"


def test_who_writes_from_elsewhere_gets_the_code_at_the_address_they_say_is_on_the_list(desk, stranger, open_mail):
    from madoguchi import exchange

    inquiry = desk.inquiry(stranger.signed(person=exchange.Person(email="hanako@mail.example")))
    assign(inquiry=inquiry, by=desk.shop.desk, incident=desk.incident)
    assert str(open_mail(desk.code(inquiry)[1])["To"]) == "hanako@mail.example"


def test_who_quotes_a_notice_from_elsewhere_gets_the_code_where_the_notice_went(desk, stranger, open_mail):
    inquiry = desk.inquiry(stranger.letter(reference=desk.reference("A2")))
    assert str(open_mail(desk.code(inquiry)[1])["To"]) == "hanako@mail.example"


def test_to_an_address_on_no_list_nothing_is_sent_and_the_asker_is_told_nothing(desk, stranger):
    inquiry = assign(inquiry=desk.inquiry(stranger.letter()), by=desk.shop.desk, incident=desk.incident)
    before = OutgoingMail.objects.count()
    assert send_code(inquiry=inquiry, by=desk.shop.desk) is False
    assert OutgoingMail.objects.count() == before
    assert not inquiry.proofs.exists()
    assert desk.said("desk:code:sent") == [{"inquiry": str(inquiry.id), "sent": False}]


def test_no_code_is_sent_before_the_incident_is_known(desk, hanako):
    with pytest.raises(Problem, match="assign the incident first"):
        send_code(inquiry=desk.inquiry(hanako.letter()), by=desk.shop.desk)


def test_what_arrives_is_answered_by_no_mail_of_the_program_itself(desk, hanako, stranger):
    before = OutgoingMail.objects.count()
    for who in (hanako, stranger):
        desk.arrives(who.letter())
        desk.arrives(who.letter(reference=desk.reference("A2")))
    assert OutgoingMail.objects.count() == before


def test_the_right_code_identifies_once(desk, assigned):
    code, _ = desk.code(assigned)
    assert return_code(inquiry=assigned, by=desk.shop.desk, code=code)
    assert Inquiry.objects.get(id=assigned.id).person == desk.people["A2"]
    assert not return_code(inquiry=assigned, by=desk.shop.desk, code=code)
    assert [said["held"] for said in desk.said("desk:code:returned")] == [True, False]


@pytest.mark.parametrize("write", ["{0} {1}", "{0}-{1}", "　{0}{1}　", "確認番号：{0}{1}"])
def test_a_code_read_out_on_the_phone_is_typed_as_it_comes(desk, assigned, write: str):
    code, _ = desk.code(assigned)
    assert return_code(inquiry=assigned, by=desk.shop.desk, code=write.format(code[:4], code[4:]))


@pytest.mark.parametrize("code", ["", "0", "あ", "00000000 00000000", "１" * 9])
def test_a_wrong_code_holds_nothing(desk, assigned, code: str):
    desk.code(assigned)
    assert not return_code(inquiry=assigned, by=desk.shop.desk, code=code)
    assert Inquiry.objects.get(id=assigned.id).person is None


def test_five_wrong_codes_end_it_until_a_new_one_is_sent(desk, assigned):
    code, _ = desk.code(assigned)
    wrong = f"{(int(code) + 1) % 10**8:08}"
    for _ in range(TRIES):
        assert not return_code(inquiry=assigned, by=desk.shop.desk, code=wrong)
    assert not return_code(inquiry=assigned, by=desk.shop.desk, code=code)
    assert Inquiry.objects.get(id=assigned.id).person is None
    again, _ = desk.code(assigned)
    assert return_code(inquiry=assigned, by=desk.shop.desk, code=again)


def test_a_new_code_takes_the_place_of_the_one_before(desk, assigned):
    first, _ = desk.code(assigned)
    second, _ = desk.code(assigned)
    assert not return_code(inquiry=assigned, by=desk.shop.desk, code=first) or first == second
    assert return_code(inquiry=assigned, by=desk.shop.desk, code=second)


def test_no_code_is_held_before_one_was_sent(desk, assigned):
    with pytest.raises(Problem, match="send one first"):
        return_code(inquiry=assigned, by=desk.shop.desk, code="12345678")


def test_a_code_lies_sealed(desk, assigned):
    code, _ = desk.code(assigned)
    proof = Proof.objects.get(means="code_sent")
    assert code.encode() not in bytes(proof.sealed)
    assert code not in str(desk.said("desk:code:sent"))


# ---------------------------------------------------------------- several people at one address


@pytest.fixture
def household(desk, shop_case, monkeypatch):
    """Return two people of one address: A2 and A3 of a newer scan."""
    contacts = {**shop_case.files.contacts, "A3": shop_case.contact("A3")._replace(email="HANAKO@mail.example")}
    monkeypatch.setattr(shop_case.files, "contacts", contacts)
    return shop_case.persons(shop_case.take(desk.incident))


def test_a_code_from_a_shared_address_identifies_nobody_until_a_member_says_who(desk, household, assigned):
    code, _ = desk.code(assigned)
    assert return_code(inquiry=assigned, by=desk.shop.desk, code=code)
    assert Inquiry.objects.get(id=assigned.id).person is None
    identify_by_hand(inquiry=assigned, by=desk.shop.desk, person=household["A3"], means="code")
    assert Inquiry.objects.get(id=assigned.id).person == household["A3"]


def test_the_quoted_notice_says_who_of_a_household_it_is(desk, household, stranger):
    inquiry = desk.inquiry(stranger.letter(reference=desk.reference("A2")))
    code, _ = desk.code(inquiry)
    return_code(inquiry=inquiry, by=desk.shop.desk, code=code)
    assert Inquiry.objects.get(id=inquiry.id).person == household["A2"]


def test_nobody_outside_the_household_is_said_to_have_sent_the_code_back(desk, household, assigned):
    code, _ = desk.code(assigned)
    with pytest.raises(Problem, match="came back yet"):
        identify_by_hand(inquiry=assigned, by=desk.shop.desk, person=household["A2"], means="code")
    return_code(inquiry=assigned, by=desk.shop.desk, code=code)
    with pytest.raises(Problem, match="came back yet"):
        identify_by_hand(inquiry=assigned, by=desk.shop.desk, person=household["A1"], means="code")
    assert Inquiry.objects.get(id=assigned.id).person is None


def test_a_code_sent_to_one_address_identifies_nobody_of_another(desk, hanako):
    from madoguchi import exchange

    # The asker names A1's address, and writes from A2's: the code goes to A2's, so it can prove no A1.
    inquiry = desk.inquiry(hanako.signed(person=exchange.Person(email="taro.yamada@mail.example")))
    assign(inquiry=inquiry, by=desk.shop.desk, incident=desk.incident)
    code, raw = desk.code(inquiry)
    return_code(inquiry=inquiry, by=desk.shop.desk, code=code)
    assert b"hanako@mail.example" in raw
    assert Inquiry.objects.get(id=inquiry.id).person == desk.people["A2"]


# ---------------------------------------------------------------- by hand


@pytest.mark.parametrize("means", ["document", "call_back"])
def test_a_member_identifies_by_a_document_or_a_call(desk, assigned, means: str):
    identify_by_hand(inquiry=assigned, by=desk.shop.desk, person=desk.people["A3"], means=means)
    inquiry = Inquiry.objects.get(id=assigned.id)
    assert (inquiry.state, inquiry.person) == (State.IDENTIFIED, desk.people["A3"])
    assert held(inquiry) == {means}
    assert desk.said("desk:asker:identified") == [{"inquiry": str(inquiry.id), "means": means}]


@pytest.mark.parametrize("means", ["reference", "address", "code_sent", "", "hunch"])
def test_no_other_means_is_entered_by_hand(desk, assigned, means: str):
    with pytest.raises(Problem, match="means"):
        identify_by_hand(inquiry=assigned, by=desk.shop.desk, person=desk.people["A2"], means=means)


def test_nobody_of_another_incident_is_identified(desk, assigned, shop_case):
    other = shop_case.incident("別の事案")
    people = shop_case.persons(shop_case.take(other))
    with pytest.raises(Problem, match="not one of the people"):
        identify_by_hand(inquiry=assigned, by=desk.shop.desk, person=people["A2"], means="document")


# ---------------------------------------------------------------- closed


@pytest.mark.parametrize("reason", Ending.values)
def test_an_inquiry_is_closed_for_one_of_the_reasons(desk, assigned, reason: str):
    close_inquiry(inquiry=assigned, by=desk.shop.desk, reason=reason)
    assert Inquiry.objects.get(id=assigned.id).state == State.CLOSED
    assert desk.said("desk:inquiry:closed") == [{"inquiry": str(assigned.id), "reason": reason}]


def test_a_reason_of_ones_own_is_refused_since_it_might_name_the_asker(desk, assigned):
    with pytest.raises(Problem, match="withdrawn"):
        close_inquiry(inquiry=assigned, by=desk.shop.desk, reason="髙橋さんから取り下げの電話")
    assert Inquiry.objects.get(id=assigned.id).state == State.RECEIVED


def test_a_closed_inquiry_refuses_everything(desk, assigned, hanako):
    code, _ = desk.code(assigned)
    stale = Inquiry.objects.get(id=assigned.id)
    close_inquiry(inquiry=assigned, by=desk.shop.desk, reason="withdrawn")
    for call in (
        lambda: assign(inquiry=stale, by=desk.shop.desk, incident=desk.incident),
        lambda: send_code(inquiry=stale, by=desk.shop.desk),
        lambda: return_code(inquiry=stale, by=desk.shop.desk, code=code),
        lambda: identify_by_hand(inquiry=stale, by=desk.shop.desk, person=desk.people["A2"], means="document"),
        lambda: prepare_answer(inquiry=stale, by=desk.shop.desk),
        lambda: close_inquiry(inquiry=stale, by=desk.shop.desk, reason="withdrawn"),
    ):
        with pytest.raises(Problem, match="closed"):
            call()


# ---------------------------------------------------------------- what others read


def test_the_case_file_of_the_incident_tells_nobody_who_asked(desk, hanako, stranger, assigned):
    code, raw = desk.code(assigned)
    desk.arrives(hanako.reply(raw, f"番号は {code} です。"))
    desk.answered(Inquiry.objects.get(id=assigned.id))
    own = desk.identified(hanako.signed(reference=desk.reference("A2"), own="わたくしだけの質問です。"))
    _, changed = desk.answered(own)
    assert changed
    other = desk.inquiry(stranger.letter(reference=desk.reference("A1"), subject="わたくしの件名"))
    close_inquiry(inquiry=other, by=desk.shop.desk, reason="no_reply")
    data = export_case_file(incident=desk.incident, by=desk.shop.owner, to="監督官庁")
    whole = b"".join(bytes(member.data) for member in container.read(data).members)
    assert str(own.id).encode() in whole
    assert own.mail.sha256.encode() in whole
    secrets = ("髙橋", "花子", "hanako", "elsewhere.example", code, "わたくし", desk.reference("A2"), "03-3344-5566")
    for secret in secrets:
        assert secret.encode() not in whole
        assert secret.encode("unicode_escape") not in whole
