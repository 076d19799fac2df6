"""The papers of a case: they ask what is open, tell what really happened, and the page for an adviser is one page."""

import io

import pytest
from pypdf import PdfReader

from madoguchi.app.mail.models import OutgoingMail, State
from madoguchi.app.person import papers
from madoguchi.app.person.services import check_message, overrule, record_sent, state_case_facts
from madoguchi.app.person.services.letters import paper_of
from madoguchi.letters import render
from madoguchi.problem import LANGS, Problem


def text(paper) -> str:
    return "".join(line.strip() for line in render.text(paper).splitlines())


def make(me, case, kind: str, **more) -> papers.Made:
    return papers.make(case, kind, date=me.today(), **more)


# ---------------------------------------------------------------- follow-up


def test_there_is_no_follow_up_to_what_was_never_asked(me, case):
    with pytest.raises(Problem, match="no inquiry went out"):
        make(me, case, "follow_up")


def test_without_a_reply_everything_is_asked_again(me, case, post):
    me.sent(case, questions=["affected", "cause"])
    made = make(me, case, "follow_up")
    assert [(each.number, each.key) for each in made.questions] == [(1, "affected"), (2, "cause")]


def test_a_reply_must_have_been_read_before_it_is_said_to_lack_something(me, case, post):
    asked = me.sent(case)
    me.file(case, me.mail(me.REPLY, to=asked), role="reply", answers=asked)
    for build in (lambda: make(me, case, "follow_up"), lambda: papers.one_page(case, date=me.today())):
        with pytest.raises(Problem, match="not read yet"):
            build()


def test_what_is_open_is_asked_with_the_words_of_the_reply(me, case, post):
    me.replied(case, me.sent(case))
    made = make(me, case, "follow_up")
    assert [each.key for each in made.questions] == [
        "when", "cause", "secondary_harm", "what_to_do", "window", "company_measures", "prevention"
    ]  # fmt: skip
    said = text(made.paper)
    assert "調査中のため、現時点ではお答えできません" in said
    assert "私の個人情報は、本件の対象に含まれていますか。" not in said


def test_nothing_is_asked_again_where_all_was_answered(me, case, post):
    reply = me.replied(case, me.sent(case, questions=["affected", "cause"]))
    overrule(message=reply, by=me.actor, number=2, verdict="answered", reason="電話で説明を受けた")
    with pytest.raises(Problem, match="no question is open"):
        make(me, case, "follow_up")


def test_a_fake_reply_is_no_reply(me, case, post):
    asked = me.sent(case, questions=["affected"])
    fake = me.file(case, me.mail(me.FAKE, to=asked), role="reply", answers=asked)
    check_message(message=fake, by=me.actor)
    made = make(me, case, "follow_up")
    assert [each.key for each in made.questions] == ["affected"]
    assert "回答を受領" not in text(make(me, case, "complaint").paper)


def test_a_reply_whose_clock_is_late_does_not_stop_the_follow_up(me, case, post):
    asked = me.sent(case)
    from madoguchi.app.person.services import read_message

    early = me.now().replace(year=2025)
    reply = me.file(case, me.mail(me.REPLY, to=asked, date=early), role="reply", answers=asked)
    read_message(message=reply, by=me.actor)
    assert make(me, case, "follow_up").questions


def test_what_was_asked_from_another_program_can_be_followed_up(me, case):
    own = "お世話になります。\n1. 私の情報は漏えいの対象ですか。\n2. 漏えいの原因は何ですか。\n"
    me.memo(case, own, channel="form", incoming=False, role="inquiry", ago=20)
    made = make(me, case, "follow_up")
    assert {each.key for each in made.questions} >= {"affected", "cause"}
    numbers = [each.number for each in made.questions]
    assert len(set(numbers)) == len(numbers)


# ---------------------------------------------------------------- complaint


def test_a_complaint_tells_the_course_by_its_days_and_what_is_open(me, case, post):
    me.memo(case, "届いた手紙", channel="post", role="notice", ago=20, subject="お詫びとお知らせ")
    me.memo(case, "カード会社に電話した", ago=19, incoming=False)
    me.replied(case, me.sent(case))
    made = make(me, case, "complaint")
    said = text(made.paper)
    for each in (
        "通知を受領（お詫びとお知らせ）",
        "問い合わせ",
        "回答を受領",
        "質問4：本件の原因は何ですか。",
        "住所を知られて不安です。",
    ):
        assert each in said
    assert "カード会社" not in said
    assert made.questions == ()


def test_a_complaint_needs_something_that_happened(me, case):
    with pytest.raises(Problem, match="what has happened"):
        make(me, case, "complaint")


def test_what_did_not_go_out_is_not_said_to_have_been_sent(me, case, post):
    asked = me.sent(case)
    me.memo(case, "届いた手紙", channel="post", role="notice", ago=20)
    assert "：問い合わせ" in text(make(me, case, "complaint").paper)
    OutgoingMail.objects.filter(id=asked.sent_id).update(state=State.FAILED, ended_at=me.now())
    assert "：問い合わせ" not in text(make(me, case, "complaint").paper)
    assert text(papers.one_page(case, date=me.today())).count("まだ") >= 1
    with pytest.raises(Problem, match="no inquiry went out"):
        make(me, case, "follow_up")


# ---------------------------------------------------------------- every paper


@pytest.mark.parametrize("lang", LANGS)
def test_every_paper_is_made_in_every_language(me, case, post, lang):
    me.file(case, me.mail())
    me.replied(case, me.sent(case, lang=lang))
    for kind in ("inquiry", "follow_up", "complaint"):
        assert make(me, case, kind, lang=lang).paper.lang == lang
    assert papers.one_page(case, date=me.today(), lang=lang).lang == lang


def test_the_same_facts_make_the_same_letter(me, case):
    letter = me.letter(case)
    assert paper_of(letter) == make(me, case, "inquiry").paper


@pytest.mark.parametrize("lang", LANGS)
def test_the_one_page_is_one_page_however_much_there_is_to_tell(me, post, lang):
    case = me.case(
        company="株式会社" + "とても長い名前の" * 9,
        concerns=["心配なことがたくさんあります。" * 20] * 9,
        items=["name", "name_kana", "address", "phone", "email", "birth_date", "card_number", "password", "member_id"],
        how="other",
        noticed="長い経緯です。" * 400,
        phones=["0120-000-000"],
    )
    asked = me.sent(case)
    for day in range(30):
        me.memo(case, "電話の内容" * 50, ago=day, role="notice", subject="とても長い件名" * 20)
    me.replied(case, asked)
    record_sent(letter=me.letter(case, "complaint"), by=me.actor, channel="post", at=me.now(), to="x")
    page = papers.one_page(case, date=me.today(), wish="原因と再発防止の説明を書面で" * 20, lang=lang)
    assert len(PdfReader(io.BytesIO(render.pdf(page))).pages) == 1
    assert "0120-000-000" in text(page)


def test_the_one_page_never_names_a_number_that_is_no_official_one(me, case):
    from madoguchi.app.person.services import keep_windows

    stray = {"channel": "phone", "value": "0120-999-888", "grade": "elsewhere", "source": "https://minato.example/"}
    keep_windows(case=case, by=me.actor, answer={"windows": [stray]})
    assert "0120-999-888" not in text(papers.one_page(case, date=me.today()))
    state_case_facts(case=case, by=me.actor, facts={"phones": ["03-1111-2222"]})
    assert "03-1111-2222" in text(papers.one_page(case, date=me.today()))
