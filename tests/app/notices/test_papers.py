"""Each person is told of their own items and of nobody else's, proved and possible ones in different words."""

import json
import re
from email.message import EmailMessage

import pytest
from django.utils import timezone

from madoguchi import catalogue
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import case_file
from madoguchi.app.notices.papers import letter, own_items
from madoguchi.app.notices.services import prepare_round, queue_notices
from madoguchi.app.statements.queries import keyset
from madoguchi.exchange import carry, letter_digest, open_statement, statement_digest
from madoguchi.letters import render
from madoguchi.problem import Problem
from madoguchi.record import container
from madoguchi.scope import Affected, Exposure, Result

CONFIRMED, POSSIBLE = "漏えいが確認された項目", "おそれ"


def text(message: EmailMessage, kind: str = "plain") -> str:
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


def listed(paper: str, heading: str) -> set[str]:
    """Return the points that stand under the first subheading with ``heading`` in it."""
    found = re.search(rf"◇ [^\n]*{heading}[^\n]*\n\n((?:・[^\n]*\n(?:  [^\n]*\n)*)+)", paper)
    return {line.removeprefix("・") for line in found[1].splitlines()} if found else set()


def names(*items: str) -> set[str]:
    return {catalogue.say(item, "ja") for item in items}


def result(*found: tuple[str, str, str]) -> Result:
    exposures = [Exposure(who, item, tier, "email", "x.csv", "x.csv:2", 0, 4, 1) for who, item, tier in found]
    people = [Affected(who, "proved", ()) for who in dict.fromkeys(who for who, _, _ in found)]
    return Result(exposures, people, {"people": {}, "items": {}, "files": [], "unread": [], "not_identifying": []})


@pytest.fixture
def mails(shop_case, mail_server, queued) -> dict[str, EmailMessage]:
    incident = shop_case.incident()
    shop_case.take(incident)
    queue_notices(round_=shop_case.round(incident), by=shop_case.manager)
    return queued()


def test_who_has_a_usable_address_is_written_to_and_nobody_else(mails, shop_case):
    assert {who: str(mail["To"]) for who, mail in mails.items()} == {
        "A1": shop_case.contact("A1").email,
        "A2": shop_case.contact("A2").email,
    }


def test_two_people_are_told_of_different_items(mails):
    assert listed(text(mails["A1"]), CONFIRMED) == names("name", "email", "member_id", "password")
    assert listed(text(mails["A2"]), CONFIRMED) == names(
        "name", "address", "phone", "email", "member_id", "password", "card_number"
    )


def test_nothing_of_one_stands_in_the_others_mail(mails, shop_case):
    for mine, other in (("A1", "A2"), ("A2", "A1")):
        whole = mails[mine].as_string() + text(mails[mine]) + text(mails[mine], "html")
        assert shop_case.contact(mine).name in whole
        for secret in filter(None, shop_case.contact(other)[1:]):
            assert secret not in whole
    assert catalogue.say("card_number", "ja") not in text(mails["A1"])


def test_the_advice_is_about_the_persons_own_items(mails):
    assert "カード会社に電話し" in text(mails["A2"])
    assert "カード会社に電話し" not in text(mails["A1"])


def test_text_and_html_tell_the_same_items(mails):
    html = text(mails["A2"], "html")
    assert all(name in html for name in names("address", "phone", "card_number"))
    assert "<script" not in html


def test_the_value_itself_is_in_no_mail(mails):
    for mail in mails.values():
        whole = text(mail) + text(mail, "html")
        for value in ("himitsu-no-1", "himitsu-no-2", "4111111111111111", "03-3344-5566"):
            assert value not in whole


def test_each_mail_is_from_the_shop_with_an_id_of_its_own(mails):
    assert len({mail["Message-ID"] for mail in mails.values()}) == len(mails)
    assert {str(mail["From"]) for mail in mails.values()} == {"みなと堂 <privacy@minato.example>"}
    assert all("みなと堂" in mail["Subject"] for mail in mails.values())


def test_what_is_possible_is_told_as_possible_and_once(shop_case, mail_server, queued):
    incident = shop_case.incident()
    shop_case.take(
        incident,
        result(
            ("A1", "email", "proved"),
            ("A1", "name", "proved"),
            ("A1", "name", "possible"),
            ("A1", "address", "possible"),
            ("A1", "card_number", "population"),
            ("A2", "card_number", "possible"),
            ("A6", "email", "population"),
        ),
    )
    queue_notices(round_=shop_case.round(incident), by=shop_case.manager)
    mails = queued()
    assert set(mails) == {"A1", "A2"}
    one, two = text(mails["A1"]), text(mails["A2"])
    assert listed(one, CONFIRMED) == names("email", "name")
    assert listed(one, POSSIBLE) == names("address")
    assert catalogue.say("card_number", "ja") not in one.partition("ご自身でできること")[0]
    assert CONFIRMED not in two
    assert listed(two, POSSIBLE) == names("card_number")
    # The record keeps of each the same two lists, and no item in both.
    entry = Entry.objects.get(log=incident.record_log(), kind="notices:notices:queued")
    data = case_file(incident.record_log(), parts=[(entry.index, 0), (entry.index, 1)])
    (lines,) = (bytes(member.data) for member in container.read(data).members if member.name == "payloads.jsonl")
    parts = [line["payload"] for line in map(json.loads, lines.splitlines()) if "part" in line]
    assert [(set(part["proved"]), set(part["possible"])) for part in parts] == [
        ({"email", "name"}, {"address"}),
        (set(), {"card_number"}),
    ]


def test_what_was_not_affected_is_not_said_to_whom_it_was(shop_case, mail_server, queued):
    incident = shop_case.incident(not_affected=["card_number"])
    shop_case.take(incident)
    queue_notices(round_=shop_case.round(incident), by=shop_case.manager)
    mails = queued()
    assert "含まれて" in text(mails["A1"])
    assert text(mails["A1"]).count(catalogue.say("card_number", "ja")) == 1
    assert listed(text(mails["A2"]), CONFIRMED) >= names("card_number")
    assert "含まれていな" not in text(mails["A2"])


@pytest.mark.parametrize("lang", ["en", "ja-easy"])
def test_a_round_may_be_in_another_language(shop_case, mail_server, queued, lang: str):
    incident = shop_case.incident()
    shop_case.take(incident)
    queue_notices(round_=shop_case.round(incident, lang=lang), by=shop_case.manager)
    paper = text(queued()["A1"])
    for item in ("email", "password"):
        assert f"・{catalogue.say(item, lang)}\n" in paper or f"- {catalogue.say(item, lang)}\n" in paper


def test_a_language_we_do_not_have_is_refused(shop_case):
    incident = shop_case.incident()
    shop_case.take(incident)
    with pytest.raises(Problem, match="lang"):
        prepare_round(incident=incident, by=shop_case.manager, lang="fr")


def test_a_sample_names_nobody(shop_case):
    incident = shop_case.incident()
    shop_case.take(incident)
    first = shop_case.round(incident).notices.order_by("number").first()
    sample = render.text(letter(first, contact=None))
    assert "XXXXX-XXXXX" in sample
    for secret in (first.reference, *filter(None, shop_case.contact("A1")[1:])):
        assert secret not in sample


def test_facts_stated_after_the_round_was_prepared_are_not_in_it(shop_case, mail_server, queued):
    from madoguchi.app.company.services import state_facts

    incident = shop_case.incident()
    shop_case.take(incident)
    made = shop_case.round(incident)
    state_facts(incident=incident, by=shop_case.manager, facts={"summary": "承認されていない文"}, reason="")
    queue_notices(round_=made, by=shop_case.manager)
    assert "承認されていない文" not in text(queued()["A1"])


# ---------------------------------------------------------------- signed


def statements(mail: EmailMessage) -> list[str]:
    """Return the signed statements that a mail brings."""
    parts = [(part.get_filename(), part.get_content_type(), part.get_content()) for part in mail.iter_attachments()]
    return carry.find("", [(name, kind, data) for name, kind, data in parts])


def trusted(shop_case) -> dict:
    return {shop_case.organisation.domain: {key.kid: key for key in keyset(shop_case.organisation)}}


def test_each_notice_carries_its_own_signed_statement_whose_digest_fits_the_mail(shop_case, mail_server, queued):
    shop_case.has_domain(key=True)
    incident = shop_case.incident(not_affected=["card_number"])
    scan = shop_case.take(incident)
    round_ = shop_case.round(incident)
    queue_notices(round_=round_, by=shop_case.manager)
    people = shop_case.persons(scan)
    found = queued()
    assert set(found) == {"A1", "A2"}
    for who, mail in found.items():
        (jws,) = statements(mail)
        opened = open_statement(jws, trusted=trusted(shop_case), now=timezone.now(), expect=("notice",))
        body = opened.statement.body
        notice = round_.notices.get(person=people[who])
        assert opened.domain == "minato.example"
        assert body.letter_sha256 == letter_digest(text(mail))
        assert body.reference == notice.reference
        assert body.incident.title == str(mail["Subject"])
        assert {item.key for item in body.items if item.tier == "proved"} == set(own_items(people[who])["proved"])
        assert ("card_number" in body.not_leaked) is (who == "A1")
        assert shop_case.contact(who).name not in json.dumps(body.model_dump(mode="json"), ensure_ascii=False)


def test_the_record_keeps_the_digest_of_each_statement(shop_case, mail_server, queued):
    shop_case.has_domain(key=True)
    incident = shop_case.incident()
    shop_case.take(incident)
    queue_notices(round_=shop_case.round(incident), by=shop_case.manager)
    entry = Entry.objects.get(log=incident.record_log(), kind="notices:notices:queued")
    data = case_file(incident.record_log(), parts=[(entry.index, 0), (entry.index, 1)])
    (lines,) = (bytes(member.data) for member in container.read(data).members if member.name == "payloads.jsonl")
    digests = {line["payload"]["statement_sha256"] for line in map(json.loads, lines.splitlines()) if "part" in line}
    assert digests == {statement_digest(jws) for mail in queued().values() for jws in statements(mail)}


@pytest.mark.parametrize("domain", [True, False])
def test_without_a_key_a_notice_carries_no_statement(shop_case, mail_server, queued, domain: bool):
    if domain:
        shop_case.has_domain()
    incident = shop_case.incident()
    shop_case.take(incident)
    queue_notices(round_=shop_case.round(incident), by=shop_case.manager)
    for mail in queued().values():
        assert list(mail.iter_attachments()) == []


def test_a_key_that_was_revoked_signs_nothing_more(shop_case, mail_server, queued):
    from madoguchi.app.statements.models import StatementKey
    from madoguchi.app.statements.services import revoke_key

    shop_case.has_domain(key=True)
    revoke_key(key=StatementKey.objects.get(), by=shop_case.owner, reason="compromised")
    incident = shop_case.incident()
    shop_case.take(incident)
    queue_notices(round_=shop_case.round(incident), by=shop_case.manager)
    assert all(list(mail.iter_attachments()) == [] for mail in queued().values())


@pytest.mark.parametrize("lang", ["en", "ja-easy"])
def test_a_statement_fits_the_letter_of_every_language(shop_case, mail_server, queued, lang: str):
    shop_case.has_domain(key=True)
    incident = shop_case.incident()
    shop_case.take(incident)
    queue_notices(round_=shop_case.round(incident, lang=lang), by=shop_case.manager)
    mail = queued()["A1"]
    opened = open_statement(statements(mail)[0], trusted=trusted(shop_case), now=timezone.now())
    assert (opened.statement.body.lang, opened.statement.body.letter_sha256) == (lang, letter_digest(text(mail)))
