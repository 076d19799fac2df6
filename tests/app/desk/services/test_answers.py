"""An answer tells one identified person what is theirs and what was approved, signed, to the address on the list alone."""

import json
import threading

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.utils import timezone

from madoguchi import catalogue, exchange
from madoguchi.app.accounts.permission import Refused
from madoguchi.app.company import masks
from madoguchi.app.company.models import Person
from madoguchi.app.company.services import state_facts
from madoguchi.app.desk.models import Answer, Inquiry, State
from madoguchi.app.desk.queries import lines_of
from madoguchi.app.desk.services import (
    approve_answer,
    assign,
    close_inquiry,
    identify_by_hand,
    prepare_answer,
    send_answer,
)
from madoguchi.app.mail.models import OutgoingMail
from madoguchi.app.statements.queries import keyset
from madoguchi.exchange import carry
from madoguchi.intake import mail as mails
from madoguchi.problem import Problem


def statement_in(raw: bytes) -> list[str]:
    mail = mails.read(raw)
    return carry.find(mail.text, [(part.name, part.type, part.data) for part in mail.attachments])


def trusted(desk) -> dict:
    return {desk.organisation.domain: {key.kid: key for key in keyset(desk.organisation)}}


# ---------------------------------------------------------------- to whom, and what


def test_whoever_is_not_identified_is_told_the_public_facts_and_the_same_words_affected_or_not(
    desk, stranger, hanako, text_of
):
    """A stranger who found a code, and an affected person without one, learn nothing of anybody."""
    told = []
    for raw in (stranger.letter(reference=desk.reference("A2")), hanako.letter()):
        inquiry = desk.inquiry(raw)
        if inquiry.incident is None:
            inquiry = assign(inquiry=inquiry, by=desk.shop.desk, incident=desk.incident)
        answer, mail = desk.answered(inquiry)
        assert answer.person is None
        text = text_of(mail)
        assert "お知らせ番号を添えて" in text
        assert "髙橋" not in text
        assert "対象であることを確認" not in text
        assert not [key for key in ("card_number", "password") if f"・{catalogue.say(key, 'ja')}" in text]
        inquiry.refresh_from_db()
        assert inquiry.state == State.RECEIVED
        told.append(text.partition("■ ご質問への回答")[2].partition("受付番号")[0])
    assert told[0] == told[1]


def test_a_general_answer_goes_to_where_the_asker_wants_it(desk, hanako, open_mail):
    inquiry = desk.inquiry(hanako.letter(head={"Reply-To": "hanako2@mail.example"}))
    inquiry = assign(inquiry=inquiry, by=desk.shop.desk, incident=desk.incident)
    _, mail = desk.answered(inquiry)
    assert str(open_mail(mail)["To"]) == "hanako2@mail.example"


def test_what_was_prepared_for_a_stranger_is_not_sent_once_they_are_identified(desk, hanako):
    inquiry = assign(inquiry=desk.inquiry(hanako.letter()), by=desk.shop.desk, incident=desk.incident)
    answer = prepare_answer(inquiry=inquiry, by=desk.shop.desk)
    identify_by_hand(inquiry=inquiry, by=desk.shop.desk, person=desk.people["A2"], means="document")
    with pytest.raises(Problem, match="prepare it anew"):
        send_answer(answer=answer, by=desk.shop.desk)


def test_without_a_known_incident_nothing_is_answered(desk, hanako):
    with pytest.raises(Problem, match="assign the incident"):
        prepare_answer(inquiry=desk.inquiry(hanako.letter()), by=desk.shop.desk)
    assert not Answer.objects.exists()


def test_the_answer_names_the_persons_own_items_and_nobody_elses(desk, asker, text_of):
    answers = {
        who: text_of(desk.answered(desk.identified(asker(address).letter(reference=desk.reference(who)), who))[1])
        for who, address in {"A1": "taro.yamada@mail.example", "A2": "hanako@mail.example"}.items()
    }
    card, password = catalogue.say("card_number", "ja"), catalogue.say("password", "ja")
    assert password in answers["A1"]
    assert card in answers["A2"]
    assert card not in answers["A1"].partition("今後")[0]
    assert "髙橋" not in answers["A1"]
    assert all(value not in text for text in answers.values() for value in ("himitsu", "4111111111111111"))


@pytest.mark.parametrize("field", ["Reply-To", "Sender", "Return-Path"])
def test_the_answer_goes_to_the_address_on_the_list_whatever_the_mail_says(desk, hanako, open_mail, field: str):
    raw = hanako.letter(reference=desk.reference("A2"), head={field: "thief@elsewhere.example"})
    _, mail = desk.answered(desk.identified(raw))
    assert str(open_mail(mail)["To"]) == "hanako@mail.example"
    assert "thief" not in open_mail(mail).as_string()


def test_a_signed_wish_for_another_address_changes_nothing(desk, hanako, open_mail):
    raw = hanako.signed(reference=desk.reference("A2"), reply_to="thief@elsewhere.example")
    _, mail = desk.answered(desk.identified(raw))
    assert str(open_mail(mail)["To"]) == "hanako@mail.example"


def test_the_answer_is_in_the_thread_of_what_it_answers(desk, hanako, open_mail):
    raw = hanako.letter(reference=desk.reference("A2"))
    _, mail = desk.answered(desk.identified(raw))
    assert open_mail(mail)["In-Reply-To"] == open_mail(raw)["Message-ID"]


def test_a_message_id_that_fits_no_header_hinders_no_answer(desk, hanako, open_mail):
    raw = hanako.letter(reference=desk.reference("A2")).replace(b"@home.example>", b"\xe8\xa6\x8b@home.example>")
    _, mail = desk.answered(desk.identified(raw))
    assert open_mail(mail)["In-Reply-To"] is None


def test_each_question_is_answered_under_its_number(desk, hanako, text_of):
    raw = hanako.signed(("items", "cause"), own="なぜ通知が遅れたのですか。", reference=desk.reference("A2"))
    answer, mail = desk.answered(desk.identified(raw))
    assert [(line.number, line.question, line.state) for line in lines_of(answer)] == [
        (1, "items", "answered"),
        (2, "cause", "unknown_yet"),
        (9, None, "unknown_yet"),
    ]
    assert "なぜ通知が遅れたのですか。" in text_of(mail)
    (said,) = desk.said("desk:answer:prepared")
    assert said["states"] == [[1, "items", "answered"], [2, "cause", "unknown_yet"], [9, "own", "unknown_yet"]]


def test_a_question_that_only_a_later_program_knows_is_left_to_a_human(desk, hanako):
    asked = (exchange.Question(number=4, key="from_the_future", ground="courtesy", text="量子の件は？"),)
    inquiry = desk.identified(hanako.signed(reference=desk.reference("A2"), questions=asked))
    (line,) = lines_of(prepare_answer(inquiry=inquiry, by=desk.shop.desk))
    assert (line.number, line.state) == (4, "unknown_yet")


def test_a_mail_without_a_question_is_told_to_the_desk_and_not_answered(desk, hanako):
    raw = hanako.mail("\n", subject=desk.reference("A2"))
    (line,) = lines_of(prepare_answer(inquiry=desk.identified(raw), by=desk.shop.desk))
    assert line.state == "unknown_yet"


@pytest.mark.parametrize("lang", ["en", "ja-easy"])
def test_an_answer_may_be_in_another_language(desk, hanako, text_of, lang: str):
    _, mail = desk.answered(desk.identified(), lang=lang)
    assert catalogue.say("card_number", lang) in text_of(mail)


def test_a_language_we_do_not_have_is_refused(desk):
    with pytest.raises(Problem, match="lang"):
        prepare_answer(inquiry=desk.identified(), by=desk.shop.desk, lang="fr")


# ---------------------------------------------------------------- only what was approved


def test_facts_stated_after_the_approval_are_told_to_nobody(desk, hanako, text_of):
    state_facts(
        incident=desk.incident,
        by=desk.shop.manager,
        facts={"cause": {"kind": "vulnerability"}, "cause_told": "まだ承認されていない原因です。"},
        reason="調査",
    )
    inquiry = desk.identified(hanako.letter(reference=desk.reference("A2")))
    _, mail = desk.answered(inquiry)
    assert "承認されていない原因" not in text_of(mail)
    desk.shop.round(desk.incident)
    _, mail = desk.answered(inquiry)
    assert "承認されていない原因" in text_of(mail)


def test_what_a_scan_found_after_the_approval_is_told_to_nobody(desk, hanako, shop_case, text_of):
    inquiry = desk.identified(hanako.letter(reference=desk.reference("A2")))
    newer = shop_case.persons(shop_case.take(desk.incident))["A2"]
    Person.objects.filter(id=newer.id).update(proved=masks.mask(["device_id"]), possible=0)
    device = catalogue.say("device_id", "ja")
    _, mail = desk.answered(inquiry)
    assert device not in text_of(mail)
    state_facts(incident=desk.incident, by=desk.shop.manager, facts={"summary": "続報です。"}, reason="調査")
    shop_case.round(desk.incident)
    _, mail = desk.answered(inquiry)
    assert device in text_of(mail)


def test_whom_only_an_unapproved_scan_found_is_told_nothing_of_theirs_yet(desk, hanako, shop_case):
    inquiry = desk.inquiry(hanako.letter(reference=desk.reference("A2")))
    newer = shop_case.persons(shop_case.take(desk.incident))["A2"]
    Person.objects.filter(id=newer.id).update(by_list_id=b"somebody new")
    identify_by_hand(inquiry=inquiry, by=desk.shop.desk, person=Person.objects.get(id=newer.id), means="document")
    lines = {line.question: line for line in lines_of(prepare_answer(inquiry=inquiry, by=desk.shop.desk))}
    assert (lines["affected"].state, lines["affected"].text) == ("unknown_yet", None)
    assert lines["items"].state == "unknown_yet"


def test_without_anything_approved_there_is_no_answer(shop_case, mail_server, desk, hanako):
    other = shop_case.incident("別の事案")
    people = shop_case.persons(shop_case.take(other))
    inquiry = desk.inquiry(hanako.letter())
    from madoguchi.app.desk.services import assign

    assign(inquiry=inquiry, by=desk.shop.desk, incident=other)
    identify_by_hand(inquiry=inquiry, by=desk.shop.desk, person=people["A2"], means="document")
    with pytest.raises(Problem, match="no facts are approved yet"):
        prepare_answer(inquiry=inquiry, by=desk.shop.desk)


# ---------------------------------------------------------------- by hand

CHANGE = {3: {"state": "answered", "text": "委託先の設定の誤りでした。"}}


def test_an_answer_changed_by_hand_waits_for_a_second_person(desk, text_of):
    inquiry = desk.identified()
    answer = prepare_answer(inquiry=inquiry, by=desk.shop.manager, changes=CHANGE)
    assert answer.by_hand
    with pytest.raises(Problem, match="second person"):
        send_answer(answer=answer, by=desk.shop.manager)
    with pytest.raises(Refused, match="ask another member"):
        approve_answer(answer=answer, by=desk.shop.manager)
    with pytest.raises(Refused):
        approve_answer(answer=answer, by=desk.shop.desk)
    approve_answer(answer=answer, by=desk.shop.owner)
    send_answer(answer=answer, by=desk.shop.manager)
    (mail,) = desk.outbox(answer)
    assert "委託先の設定の誤りでした。" in text_of(mail)


def test_the_database_itself_lets_no_unapproved_change_go_out(desk):
    answer = prepare_answer(inquiry=desk.identified(), by=desk.shop.desk, changes=CHANGE)
    with pytest.raises(IntegrityError):
        Answer.objects.filter(id=answer.id).update(sent_at=timezone.now())


def test_an_answer_is_approved_once(desk):
    answer = prepare_answer(inquiry=desk.identified(), by=desk.shop.desk, changes=CHANGE)
    approve_answer(answer=answer, by=desk.shop.owner)
    with pytest.raises(Problem, match="approved already"):
        approve_answer(answer=answer, by=desk.shop.manager)


def test_a_change_takes_the_place_of_the_draft_and_keeps_the_question(desk):
    inquiry = desk.identified()
    change = {1: {"state": "unknown_yet"}, 2: {"state": "refused", "text": "理由", "citation": "法第33条第2項第2号"}}
    lines = lines_of(prepare_answer(inquiry=inquiry, by=desk.shop.desk, changes=change))
    assert [(line.number, line.question, line.state, line.text) for line in lines[:2]] == [
        (1, "affected", "unknown_yet", None),
        (2, "items", "refused", "理由"),
    ]
    assert lines[1].citation == "法第33条第2項第2号"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({7: {"state": "unknown_yet"}}, "no question 7"),
        ({1: {"state": "answered"}}, "text"),
        ({1: {"state": "sworn", "text": "x"}}, "state"),
        ({1: {"text": "x"}}, "state"),
        ({1: {"state": "unknown_yet", "number": 2}}, "number"),
        ({1: {"state": "unknown_yet", "question": "cause"}}, "question"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_one_sentence(desk, changes, said: str):
    with pytest.raises(Problem, match=said):
        prepare_answer(inquiry=desk.identified(), by=desk.shop.desk, changes=changes)
    assert not Answer.objects.exists()


# ---------------------------------------------------------------- sent


def test_an_answer_goes_out_once(desk):
    answer, _ = desk.answered(desk.identified())
    with pytest.raises(Problem, match="went out already"):
        send_answer(answer=answer, by=desk.shop.desk)
    with pytest.raises(Problem, match="went out already"):
        send_answer(answer=Answer.objects.get(id=answer.id), by=desk.shop.desk)
    assert OutgoingMail.objects.filter(subject=answer.id).count() == 1
    assert Inquiry.objects.get(id=answer.inquiry_id).state == State.ANSWERED


def test_of_two_members_who_answer_at_once_the_second_is_told(desk):
    inquiry = desk.identified()
    mine = prepare_answer(inquiry=inquiry, by=desk.shop.desk)
    other = prepare_answer(inquiry=Inquiry.objects.get(id=inquiry.id), by=desk.shop.staff)
    send_answer(answer=mine, by=desk.shop.desk)
    with pytest.raises(Problem, match="another answer went out"):
        send_answer(answer=other, by=desk.shop.staff)
    assert not OutgoingMail.objects.filter(subject=other.id).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_members_who_press_send_at_the_same_moment_one_is_told(desk):
    inquiry = desk.identified()
    answers = [prepare_answer(inquiry=inquiry, by=desk.shop.desk) for _ in range(2)]
    together, refused, failed = threading.Barrier(4), [], []

    def press(answer) -> None:
        try:
            together.wait()
            send_answer(answer=Answer.objects.get(id=answer.id), by=desk.shop.desk)
        except Problem as problem:
            refused.append(problem)
        except BaseException as error:  # noqa: BLE001 - told by the thread that waits
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(answer,)) for answer in answers * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(refused) == 3
    assert OutgoingMail.objects.filter(subject__in=[answer.id for answer in answers]).count() == 1
    assert len(desk.said("desk:answer:sent")) == 1


def test_more_can_be_answered_later(desk):
    inquiry = desk.identified()
    desk.answered(inquiry)
    desk.answered(inquiry)
    assert inquiry.answers.filter(sent_at__isnull=False).count() == 2


def test_an_answer_to_one_person_never_goes_to_another(desk):
    inquiry = desk.identified()
    answer = prepare_answer(inquiry=inquiry, by=desk.shop.desk)
    identify_by_hand(inquiry=inquiry, by=desk.shop.desk, person=desk.people["A1"], means="call_back")
    with pytest.raises(Problem, match="somebody else"):
        send_answer(answer=answer, by=desk.shop.desk)
    assert not OutgoingMail.objects.filter(subject=answer.id).exists()


def test_the_code_of_a_notice_that_is_anothers_stands_in_no_answer(desk, text_of):
    inquiry = desk.identified()
    identify_by_hand(inquiry=inquiry, by=desk.shop.desk, person=desk.people["A1"], means="call_back")
    _, mail = desk.answered(inquiry)
    assert desk.reference("A2") not in text_of(mail)


def test_whom_no_mail_reaches_is_answered_by_post(desk):
    inquiry = desk.identified()
    identify_by_hand(inquiry=inquiry, by=desk.shop.desk, person=desk.people["A5"], means="document")
    with pytest.raises(Problem, match="post it"):
        desk.answered(inquiry)
    assert Answer.objects.get().sent_at is None


def test_without_a_mail_server_it_is_one_clear_sentence(desk, monkeypatch):
    from dataclasses import replace

    from django.conf import settings

    from madoguchi.app.servers import MailServer

    answer = prepare_answer(inquiry=desk.identified(), by=desk.shop.desk)
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, mail=MailServer()))
    with pytest.raises(Problem, match="no mail server is set up"):
        send_answer(answer=answer, by=desk.shop.desk)
    assert Answer.objects.get().sent_at is None


def test_a_closed_inquiry_is_neither_approved_nor_answered(desk):
    inquiry = desk.identified()
    answer = prepare_answer(inquiry=inquiry, by=desk.shop.desk, changes=CHANGE)
    close_inquiry(inquiry=inquiry, by=desk.shop.desk, reason="withdrawn")
    with pytest.raises(Problem, match="closed"):
        approve_answer(answer=answer, by=desk.shop.owner)
    with pytest.raises(Problem, match="closed"):
        send_answer(answer=answer, by=desk.shop.desk)


# ---------------------------------------------------------------- signed


def test_a_signed_inquiry_gets_a_signed_answer_to_exactly_it(desk, hanako, text_of):
    jws = hanako.statement(("items", "cause"), reference=desk.reference("A2"))
    answer, raw = desk.answered(desk.identified(hanako.mail("手紙", attachments=[carry.attachment(jws)])))
    (signed,) = statement_in(raw)
    now = timezone.now()
    opened = exchange.open_statement(signed, trusted=trusted(desk), now=now, expect=("answer",))
    asked = exchange.open_inquiry(jws, to="minato.example", now=now)
    assert exchange.is_answer_to(opened, asked)
    body = opened.statement.body
    assert body.reference == desk.reference("A2")
    assert body.letter_sha256 == exchange.letter_digest(text_of(raw))
    assert [(each.number, each.key, each.state) for each in body.answers] == [
        (1, "items", "answered"),
        (2, "cause", "unknown_yet"),
    ]
    assert {(item.key, item.tier) for item in body.answers[0].items} >= {("card_number", "proved")}
    assert body.answers[1].items is None
    assert str(answer.id) == opened.statement.id
    (said,) = desk.said("desk:answer:sent")
    assert said["statement_sha256"] == exchange.statement_digest(signed)
    assert said["letter_sha256"] == body.letter_sha256


def test_an_answer_to_another_inquiry_is_not_the_answer_to_this_one(desk, hanako):
    one, other = (hanako.statement(reference=desk.reference("A2")) for _ in range(2))
    _, raw = desk.answered(desk.identified(hanako.mail("手紙", attachments=[carry.attachment(one)])))
    now = timezone.now()
    opened = exchange.open_statement(statement_in(raw)[0], trusted=trusted(desk), now=now)
    assert not exchange.is_answer_to(opened, exchange.open_inquiry(other, to="minato.example", now=now))


def test_what_is_signed_is_what_was_prepared_though_more_was_approved_meanwhile(desk, hanako, shop_case):
    answer = prepare_answer(inquiry=desk.identified(hanako.signed(reference=desk.reference("A2"))), by=desk.shop.desk)
    newer = shop_case.persons(shop_case.take(desk.incident))["A2"]
    Person.objects.filter(id=newer.id).update(proved=masks.mask(["device_id"]))
    shop_case.round(desk.incident)
    send_answer(answer=answer, by=desk.shop.desk)
    (jws,) = statement_in(desk.outbox(answer)[0])
    opened = exchange.open_statement(jws, trusted=trusted(desk), now=timezone.now())
    assert "device_id" not in json.dumps(opened.statement.model_dump(mode="json"))


def test_an_answer_that_a_hand_refused_names_no_items_in_the_statement(desk, hanako):
    inquiry = desk.identified(hanako.signed(("items",), reference=desk.reference("A2")))
    change = {1: {"state": "refused", "text": "理由", "citation": "法第33条第2項第2号"}}
    answer = prepare_answer(inquiry=inquiry, by=desk.shop.desk, changes=change)
    approve_answer(answer=answer, by=desk.shop.owner)
    send_answer(answer=answer, by=desk.shop.desk)
    (jws,) = statement_in(desk.outbox(answer)[0])
    (line,) = exchange.open_statement(jws, trusted=trusted(desk), now=timezone.now()).statement.body.answers
    assert (line.state, line.items, line.citation) == ("refused", None, "法第33条第2項第2号")


def test_a_plain_letter_gets_a_plain_answer(desk):
    _, raw = desk.answered(desk.identified())
    assert statement_in(raw) == []
    assert "statement_sha256" not in desk.said("desk:answer:sent")[0]


def test_without_a_key_the_answer_goes_out_unsigned(desk, hanako):
    from madoguchi.app.statements.models import StatementKey
    from madoguchi.app.statements.services import revoke_key

    revoke_key(key=StatementKey.objects.get(), by=desk.shop.owner, reason="superseded")
    _, raw = desk.answered(desk.identified(hanako.signed(reference=desk.reference("A2"))))
    assert statement_in(raw) == []


def test_what_an_answer_says_lies_sealed(desk):
    answer, _ = desk.answered(desk.identified())
    row = Answer.objects.get(id=answer.id)
    for word in ("髙橋", "hanako", "card_number"):
        assert word.encode() not in bytes(row.sealed)
