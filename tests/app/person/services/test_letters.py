"""Letters say what is known, carry a signed inquiry that verifies, and go to nobody but the company, once."""

from datetime import timedelta

import pytest
from django.conf import settings

from madoguchi import exchange
from madoguchi.app.due.models import DueWork
from madoguchi.app.log.models import Entry
from madoguchi.app.mail import outbox
from madoguchi.app.mail.models import OutgoingMail
from madoguchi.app.person.models import Letter, Message
from madoguchi.app.person.queries import asked_in
from madoguchi.app.person.sealing import told
from madoguchi.app.person.services import keep_windows, prepare_letter, record_sent, send_letter, state_case_facts
from madoguchi.app.person.services.letters import paper_of
from madoguchi.exchange import carry
from madoguchi.intake import mail as mails
from madoguchi.letters import render
from madoguchi.problem import Problem


def opened(letter: Letter, me) -> exchange.Opened:
    return exchange.open_inquiry(told(letter)["statement"], to="minato.example", now=me.now())


def window(value: str, grade: str = "privacy_page", channel: str = "email") -> dict:
    return {"channel": channel, "value": value, "grade": grade, "source": "https://minato.example/privacy"}


# ---------------------------------------------------------------- prepared


def test_an_inquiry_asks_the_usual_questions_and_the_persons_own(me, case, said, files):
    letter = me.letter(case, own_questions=["予備の鍵は安全ですか。", " "])
    assert said(case)["questions"][-1] == "own"
    assert len(said(case)["questions"]) == 10
    text = files(case)["問い合わせ.txt"].decode()
    for each in ("みなと堂", "青木 花子", "A-77", "予備の鍵は安全ですか。", "住所を知られて不安です。"):
        assert each in text
    assert text == render.text(paper_of(letter))
    assert files(case)["問い合わせ.pdf"].startswith(b"%PDF-")
    assert paper_of(letter).date == me.today()


def test_only_what_was_chosen_is_asked(me, case, said):
    me.letter(case, questions=[], own_questions=["いつ返金されますか。"])
    assert said(case)["questions"] == ["own"]
    me.letter(case, questions=["cause"])
    assert said(case)["questions"] == ["cause"]
    with pytest.raises(Problem, match="nothing is asked"):
        me.letter(case, questions=[])


@pytest.mark.parametrize("missing", ["name", "company"])
def test_what_a_letter_cannot_do_without_is_named(me, missing: str):
    case = me.case(**{missing: None})
    with pytest.raises(Problem) as caught:
        me.letter(case)
    assert caught.value.place == missing
    assert not Letter.objects.exists()


def test_a_letter_of_no_kind_is_refused(me, case):
    for kind in ("threat", "reply", "other"):
        with pytest.raises(Problem) as caught:
            me.letter(case, kind)
        assert caught.value.place == "kind"


def test_the_signed_inquiry_verifies_and_says_what_the_letter_says(me, case):
    letter = me.letter(case, own_questions=["予備の鍵は安全ですか。"])
    body = opened(letter, me).statement.body
    assert body.letter_sha256 == exchange.letter_digest(render.text(paper_of(letter)))
    assert (body.person.name, body.person.email, body.person.member_id) == ("青木 花子", me.SENDER, "A-77")
    assert [question.text for question in body.questions] == [each["text"] for each in told(letter)["questions"]]
    assert all(question.text[:10] in render.text(paper_of(letter)).replace("\n", "") for question in body.questions)


def test_two_cases_cannot_be_tied_to_each_other_by_their_keys_and_one_case_keeps_its_own(me, case):
    first, again, other = (opened(me.letter(each), me) for each in (case, case, me.case()))
    assert first.kid == again.kid
    assert first.kid != other.kid
    assert first.statement.issuer != other.statement.issuer


@pytest.mark.parametrize(("reference", "code"), [("K7P3Q-9XW2T", "K7P3Q-9XW2T"), ("第123号", None), (None, None)])
def test_another_companys_own_number_stands_in_the_letter_alone(me, reference, code):
    case = me.case(how="post", reference=reference)
    letter = me.letter(case)
    assert opened(letter, me).statement.body.reference == code
    assert not reference or reference in render.text(paper_of(letter))


def test_without_an_official_domain_the_letter_is_there_and_unsigned(me, files):
    case = me.case(domains=[])
    letter = me.letter(case)
    assert told(letter)["statement"] is None
    assert set(files(case)) == {"問い合わせ.txt", "問い合わせ.pdf"}


def test_what_is_too_long_to_be_signed_is_named(me):
    with pytest.raises(Problem) as caught:
        me.letter(me.case(phone="0" * 400))
    assert caught.value.place == "person.phone"
    assert not Letter.objects.exists()


# ---------------------------------------------------------------- sent by mail


def test_the_mail_carries_the_letter_and_its_signed_inquiry_which_fits_its_text(me, case, post, files):
    letter = me.letter(case)
    message = send_letter(letter=letter, by=me.actor, to=me.DESK)
    raw = outbox.raw_of(message.sent)
    assert files(case) == {"mail.eml": raw}
    read = mails.read(raw)
    (jws,) = carry.find(read.text, [(each.name, each.type, each.data) for each in read.attachments])
    inquiry = exchange.open_inquiry(jws, to="minato.example", now=me.now())
    assert inquiry.statement.body.letter_sha256 == exchange.letter_digest(carry.letter(read.text))
    assert (read.sender.name, read.sender.address) == ("青木 花子", me.SENDER)
    assert ([box.address for box in read.to], outbox.recipient_of(message.sent)) == ([me.DESK], me.DESK)
    assert read.subject == paper_of(letter).subject
    assert (message.incoming, message.role, message.letter) == (False, "inquiry", letter)
    assert [asked.key for asked in asked_in(message)] == [each["key"] for each in told(letter)["questions"]]
    assert DueWork.objects.filter(kind=outbox.DELIVER).count() == 1


@pytest.mark.parametrize(
    "to",
    [
        "desk@minato-support.example",
        "desk@minato.example.evil.example",
        "minato.example@evil.example",
        "desk@evil.example,desk@minato.example",
        "stray@blog.example",
        "minato.example",
        "desk@minato.example\nBcc: x@evil.example",
        "",
    ],
)
def test_a_letter_goes_to_nobody_but_the_company(me, case, post, to: str):
    keep_windows(case=case, by=me.actor, answer={"windows": [window("stray@blog.example", "elsewhere")]})
    letter, before = me.letter(case), Entry.objects.count()
    with pytest.raises(Problem, match="neither an official window"):
        send_letter(letter=letter, by=me.actor, to=to)
    assert not OutgoingMail.objects.exists()
    assert not Message.objects.exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("to", ["privacy@helpdesk.example", " PRIVACY@helpdesk.example", "desk@shop.minato.example"])
def test_an_official_window_and_an_address_under_a_fixed_domain_are_the_company(me, case, post, to: str):
    keep_windows(case=case, by=me.actor, answer={"windows": [window("Privacy@helpdesk.example")]})
    message = send_letter(letter=me.letter(case), by=me.actor, to=to)
    assert outbox.recipient_of(message.sent) == to.strip()


def test_a_window_that_a_newer_look_no_longer_found_is_none_any_more(me, case, post):
    keep_windows(case=case, by=me.actor, answer={"windows": [window("privacy@helpdesk.example")]})
    keep_windows(case=case, by=me.actor, answer={"windows": []})
    with pytest.raises(Problem, match="neither"):
        send_letter(letter=me.letter(case), by=me.actor, to="privacy@helpdesk.example")


def test_without_a_mail_server_it_is_said_what_else_can_be_done(me, case):
    assert not settings.HOME.mail.host
    with pytest.raises(Problem) as caught:
        send_letter(letter=me.letter(case), by=me.actor, to=me.DESK)
    assert caught.value.file == "home.toml"
    assert "フォームや郵便" in caught.value.say("ja")
    assert not Message.objects.exists()


def test_a_letter_goes_out_once_also_from_a_page_opened_before(me, case, post):
    letter = me.letter(case)
    stale = Letter.objects.get(id=letter.id)
    send_letter(letter=letter, by=me.actor, to=me.DESK)
    with pytest.raises(Problem, match="already"):
        send_letter(letter=stale, by=me.actor, to=me.DESK)
    with pytest.raises(Problem, match="already"):
        record_sent(letter=stale, by=me.actor, channel="post", at=me.now(), to="みなと堂")
    assert OutgoingMail.objects.count() == 1


# ---------------------------------------------------------------- sent by another way


@pytest.mark.parametrize("channel", ["form", "email", "post", "phone", "talk"])
def test_another_way_is_recorded_with_its_number(me, case, said, channel: str):
    letter = me.letter(case)
    message = record_sent(letter=letter, by=me.actor, channel=channel, at=me.now(), to="みなと堂\n窓口", note="123-45")
    assert (message.channel, message.letter, message.sent) == (channel, letter, None)
    assert (said(case)["to"], said(case)["note"]) == ("みなと堂 窓口", "123-45")
    assert told(message)["text"] == render.text(paper_of(letter))


@pytest.mark.parametrize(
    ("channel", "days", "place"), [("pigeon", 0, "channel"), ("post", 1, "at"), ("post", -2, "at")]
)
def test_a_way_that_is_none_and_a_time_that_cannot_be_are_named(me, case, channel: str, days: int, place: str):
    letter = me.letter(case)
    with pytest.raises(Problem) as caught:
        record_sent(letter=letter, by=me.actor, channel=channel, at=me.now() + timedelta(days=days), to="x")
    assert caught.value.place == place
    assert not Message.objects.exists()


# ---------------------------------------------------------------- asked again


def test_a_follow_up_asks_exactly_what_is_open_under_the_same_numbers(me, case, post):
    asked = me.sent(case)
    me.replied(case, asked)
    first = {each["key"]: each["number"] for each in told(asked.letter)["questions"]}
    again = {each["key"]: each["number"] for each in told(me.letter(case, "follow_up"))["questions"]}
    assert set(first) - set(again) == {"affected", "items"}
    assert again.items() <= first.items()


def test_a_correction_by_hand_decides_what_is_asked_again(me, case, post):
    from madoguchi.app.person.services import overrule

    reply = me.replied(case, me.sent(case, questions=["affected", "cause"]))
    overrule(message=reply, by=me.actor, number=1, verdict="partly", reason="どの会員番号か書かれていない")
    assert [each["key"] for each in told(me.letter(case, "follow_up"))["questions"]] == ["affected", "cause"]


def test_the_letter_after_a_correction_of_the_facts_says_the_new_ones(me, case):
    state_case_facts(case=case, by=me.actor, facts={"member_id": "B-88"})
    letter = prepare_letter(case=case, by=me.actor, kind="inquiry")
    assert "B-88" in render.text(paper_of(letter))
    assert opened(letter, me).statement.body.person.member_id == "B-88"
