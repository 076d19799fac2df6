"""A case is opened on what is known, grows sheet by sheet, and takes nothing any more once it is closed."""

from functools import partial

import pytest

from madoguchi.app.accounts.permission import Refused
from madoguchi.app.log.models import Entry, Log, Subject
from madoguchi.app.person import services
from madoguchi.app.person.models import Case, CaseSheet, StepDone
from madoguchi.app.person.queries import current_facts, steps
from madoguchi.app.person.services import close_case, open_case, state_case_facts, tick_step
from madoguchi.problem import Problem


def test_a_case_may_be_opened_on_nothing_and_has_a_log_of_its_own(me, said):
    case = open_case(organisation=me.organisation, by=me.actor, facts={})
    assert current_facts(case).company is None
    assert said(case)["facts"] == {}
    assert Log.objects.get(subject=Subject.CASE).subject_id == case.id
    assert me.case().record_log() != case.record_log()


def test_nothing_is_overwritten(me, case, said):
    state_case_facts(case=case, by=me.actor, facts={"name": "青木 華子", "phone": ""})
    assert [sheet.version for sheet in CaseSheet.objects.filter(case=case).order_by("version")] == [1, 2]
    assert (current_facts(case).name, current_facts(case).phone) == ("青木 華子", me.KNOWN["phone"])
    told = said(case)
    assert (told["version"], told["changed"], told["facts"]["phone"]) == (2, ["name"], me.KNOWN["phone"])


def test_what_was_wrong_is_made_unknown_again_and_the_entry_says_so(me, case, said):
    state_case_facts(case=case, by=me.actor, facts={}, clear=["member_id"])
    assert current_facts(case).member_id is None
    assert said(case)["changed"] == ["member_id"]
    assert "member_id" not in said(case)["facts"]


@pytest.mark.parametrize("facts", [{}, {"name": "青木 花子"}, {"name": "  "}])
def test_that_nothing_changed_is_said_and_leaves_no_entry(me, case, facts):
    before = Entry.objects.count()
    with pytest.raises(Problem, match="nothing has changed"):
        state_case_facts(case=case, by=me.actor, facts=facts)
    assert Entry.objects.count() == before


def test_a_step_is_ticked_off_once(me, case):
    first = next(step for step, done in steps(case) if not done)
    tick_step(case=case, by=me.actor, step=first.id)
    assert [step.id for step, done in steps(case) if done] == [first.id]
    with pytest.raises(Problem, match="already"):
        tick_step(case=case, by=me.actor, step=first.id)
    with pytest.raises(Problem, match="no such step"):
        tick_step(case=case, by=me.actor, step="give_up")
    assert StepDone.objects.count() == 1


def test_a_closed_case_refuses_everything_but_to_hand_its_record_out(me, case, post, said):
    message, letter = me.memo(case, "電話した"), me.letter(case)
    notice, other = me.file(case, me.mail()), me.take(me.mail("もう一通"))
    stale = Case.objects.get(id=case.id)
    close_case(case=case, by=me.actor, reason="解決した")
    assert (said(case)["reason"], case.closed_at is not None) == ("解決した", True)
    calls = [
        partial(services.state_case_facts, case=stale, facts={"name": "別名"}),
        partial(services.tick_step, case=stale, step="card_call"),
        partial(services.file_mail, case=stale, mail=other, role="notice"),
        partial(services.keep_memo, case=stale, channel="phone", incoming=True, at=me.now(), text="x"),
        partial(services.name_message, message=message, role="reply"),
        partial(services.check_message, message=notice),
        partial(services.read_message, message=notice),
        partial(services.overrule, message=notice, number=1, verdict="partly", reason="x"),
        partial(services.prepare_letter, case=stale, kind="inquiry"),
        partial(services.send_letter, letter=letter, to="desk@minato.example"),
        partial(services.record_sent, letter=letter, channel="post", at=me.now(), to="みなと堂"),
        partial(services.keep_windows, case=stale, answer={"windows": []}),
        partial(services.keep_keys, case=stale, domain="minato.example", document=b"{}"),
        partial(services.close_case, case=stale, reason="x"),
    ]
    tried = {call.func.__name__ for call in calls}
    assert tried | {"open_case", "export_case_file", "discard_mail"} == set(services.__all__)
    before = Entry.objects.count()
    for call in calls:
        with pytest.raises(Problem, match="closed"):
            call(by=me.actor)
    assert Entry.objects.count() == before
    assert services.export_case_file(case=case, by=me.actor, to="自分の控え")


def test_what_fails_on_the_way_leaves_nothing(me, monkeypatch: pytest.MonkeyPatch):
    before = Entry.objects.count()
    monkeypatch.setattr("madoguchi.app.log.services.append", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        me.case()
    assert (Case.objects.count(), CaseSheet.objects.count(), Entry.objects.count()) == (0, 0, before)


def test_a_member_of_a_company_has_no_business_in_a_case(shop_case, me, case):
    with pytest.raises(Refused):
        state_case_facts(case=case, by=shop_case.owner, facts={"name": "別名"})
    assert current_facts(case).name == me.KNOWN["name"]
