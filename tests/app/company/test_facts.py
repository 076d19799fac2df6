"""The facts of an incident: a blank deletes nothing, a slip is named with its place, and every version stays."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi import law
from madoguchi.app.company import facts
from madoguchi.app.company.facts import IncidentFacts, law_facts, read
from madoguchi.app.company.models import FactSheet, Incident
from madoguchi.app.company.queries import current_facts, facts_of
from madoguchi.app.company.services import register_incident, state_facts
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import payload
from madoguchi.problem import Problem

TODAY = datetime.date(2026, 11, 21)
KNOWN = {"known_on": "2026-11-20", "events": ["leak"], "items": ["name", "email"]}


def stated(given: dict, before: IncidentFacts | None = None, clear: tuple[str, ...] = ()) -> IncidentFacts:
    return read(given, today=TODAY, before=before, clear=clear)


def test_nothing_has_to_be_known_to_begin():
    assert stated({}) == IncidentFacts()


@pytest.mark.parametrize("blank", [None, "", "   ", "\n"])
def test_a_blank_is_not_a_deletion(blank):
    before = stated({**KNOWN, "certainty": "suspected", "summary": "流出", "discoverer": "person"})
    after = stated({"certainty": blank, "summary": blank, "discoverer": blank, "known_on": blank}, before)
    assert after == before


def test_an_empty_list_says_there_is_none():
    before = stated({"entrustees": ["配送会社"], "investigating": ["4", "8"]})
    after = stated({"entrustees": [], "investigating": []}, before)
    assert (after.entrustees, after.investigating) == ((), ())


def test_parts_are_joined_field_by_field():
    before = stated({"others": {"police": "相談済み"}, "persons": {"confirmed": 3, "upper": 10}})
    after = stated({"others": {"card_companies": "報告済み"}, "persons": {"confirmed": 5}}, before)
    assert (after.others.police, after.others.card_companies) == ("相談済み", "報告済み")
    assert after.persons == {"confirmed": 5, "upper": 10}


def test_a_text_in_three_languages_can_be_said_anew():
    one = {"ja": "流出しました。", "en": "It leaked.", "ja-easy": "出（で）ました。"}
    two = {"ja": "漏えいしました。", "en": "It got out.", "ja-easy": "もれました。"}
    assert stated({"summary": two}, stated({"summary": one})).summary.en == "It got out."


def test_the_planned_day_is_not_the_day_it_was_done():
    before = stated({"publication": {"state": "planned", "date": "2026-11-22", "methods": ["web"]}})
    after = stated({"publication": {"state": "done"}}, before)
    assert (after.publication.date, after.publication.methods) == (None, ("web",))


@pytest.mark.parametrize(
    ("before", "now", "text"),
    [
        (
            {"investigation": "planned", "investigation_text": "依頼中"},
            {"investigation": "done"},
            "investigation_text",
        ),
        (
            {"cause": {"kind": "unauthorised_access"}, "cause_told": "侵入です"},
            {"cause": {"kind": "misconfiguration"}},
            "cause_told",
        ),
        (
            {"secondary_harm": {"state": "none_seen"}, "secondary_told": "ありません"},
            {"secondary_harm": {"state": "seen"}},
            "secondary_told",
        ),
        ({"discoverer": "person", "discoverer_text": "お客様の声"}, {"discoverer": "partner"}, "discoverer_text"),
        (
            {"others": {"compensation": "検討中"}, "compensation_told": "検討しています。"},
            {"others": {"compensation": "商品券を送付"}},
            "compensation_told",
        ),
    ],
)
def test_a_text_about_a_state_goes_with_the_state(before: dict, now: dict, text: str):
    first = stated(before)
    assert getattr(first, text)
    assert getattr(stated(now, first), text) is None
    assert getattr(stated({**now, text: "新しい説明"}, first), text) == "新しい説明"
    assert getattr(stated({"media": ["paper"]}, first), text) == getattr(first, text)


def test_what_was_stated_by_mistake_can_be_made_unknown_again():
    before = stated({**KNOWN, "role": "entruster", "told_by_entrustee_on": "2026-11-20"})
    with pytest.raises(Problem, match="take this line out"):
        stated({"role": "own"}, before)
    after = stated({"role": "own"}, before, clear=("told_by_entrustee_on",))
    assert (after.role, after.told_by_entrustee_on, after.known_on) == ("own", None, before.known_on)


@pytest.mark.parametrize(
    ("given", "place", "said"),
    [
        ({"knwon_on": "2026-11-20"}, "knwon_on", "did you mean 'known_on'"),
        ({"itmes": ["name"]}, "itmes", "did you mean 'items'"),
        ({"cause": {"knid": "skimming"}}, "cause.knid", "did you mean 'kind'"),
        ({"persons": {"confirmd": 3}}, "persons.confirmd", "did you mean 'confirmed'"),
        ({"items": ["card_numbr"]}, "items[0]", "card_number"),
        ({"not_affected": ["name", "card_numbr"]}, "not_affected[1]", "card_number"),
        ({"events": ["leek"]}, "events[0]", "leak"),
        ({"certainty": "perhaps"}, "certainty", "suspected"),
        ({"sector": "finanse"}, "sector", "finance"),
        ({"known_on": "2026-02-30"}, "known_on", ""),
        ({"known_on": "昨日"}, "known_on", ""),
        ({"known_on": "1926-11-20"}, "known_on", "1926"),
        ({"known_on": "2026-11-22"}, "known_on", "after"),
        ({"known_on": "2036-11-20"}, "known_on", "after"),
        ({"occurred": "2026-11-22"}, "occurred.start", "still to come"),
        ({"occurred": {"start": "2026-11-01", "end": "2026-12-01"}}, "occurred.end", "still to come"),
        ({"occurred": {"start": "2026-11-10", "end": "2026-11-09"}}, "occurred", "ends before it starts"),
        ({"course": [{"date": "2027-01-01", "text": "判明"}]}, "course[0].date", "still to come"),
        ({"publication": {"state": "done", "date": "2026-11-30"}}, "publication.date", "still to come"),
        ({"prevention": {"done": [{"text": "暗号化", "date": "2026-12-01"}]}}, "prevention.done[0].date", "to come"),
        ({"known_on": "2026-11-01", "occurred": "2026-11-05"}, "known_on", "before it happened"),
        ({"known_on": "2026-11-10", "passed_threshold_on": "2026-11-09"}, "passed_threshold_on", "before"),
        ({"passed_threshold_on": "2026-11-25"}, "passed_threshold_on", "after"),
        ({"persons": {"confirmed": 9, "upper": 3}}, "persons.upper", "below"),
        ({"persons": {"confirmed": -1}}, "persons.confirmed", "negative"),
        ({"persons": {"upper": 3}, "persons_with_card": 4}, "persons_with_card", "above"),
        ({"entruster_told_on": "2026-11-20"}, "entruster_told_on", "entrustee"),
        ({"discoverer": "ghost"}, "discoverer", ""),
        ({"media": ["stone"]}, "media[0]", ""),
        ({"people_in": ["Japan"]}, "people_in[0]", ""),
        ({"investigating": ["10"]}, "investigating[0]", ""),
    ],
)
def test_a_slip_is_named_with_its_place(given: dict, place: str, said: str):
    with pytest.raises(Problem) as caught:
        stated(given)
    assert caught.value.place == place
    assert said in caught.value.say("en")
    for lang in ("ja", "en"):
        assert "\n" not in caught.value.say(lang)
        assert "pydantic" not in caught.value.say(lang)


def test_an_unknown_key_to_clear_names_the_nearest():
    with pytest.raises(Problem, match="did you mean 'known_on'"):
        stated({}, stated(KNOWN), clear=("knwon_on",))


def test_a_contradiction_to_what_was_stated_before_is_found():
    before = stated({**KNOWN, "persons": {"confirmed": 3, "upper": 5}})
    with pytest.raises(Problem, match="below"):
        stated({"persons": {"confirmed": 6}}, before)


def test_a_my_number_among_the_items_is_no_contradiction():
    known = stated({**KNOWN, "items": ["name", "my_number"]})
    assert law_facts(known, as_of=TODAY).my_number is True


@pytest.mark.parametrize("missing", ["known_on", "events", "items"])
def test_the_law_names_the_fact_it_cannot_do_without(missing: str):
    known = stated({key: value for key, value in KNOWN.items() if key != missing})
    with pytest.raises(Problem) as caught:
        law_facts(known, as_of=TODAY)
    assert caught.value.place == missing
    assert facts.NEEDED[missing][0] in caught.value.say("ja")


def test_every_question_of_the_contract_can_be_stated():
    assert set(law.Facts.model_fields) - set(IncidentFacts.model_fields) == {"as_of", "my_number"}


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "certainty": st.sampled_from(["occurred", "suspected", "", None]),
            "items": st.lists(st.sampled_from(["name", "email", "card_number"]), min_size=1, max_size=3),
            "persons": st.fixed_dictionaries(
                {}, optional={"confirmed": st.integers(0, 9), "upper": st.integers(9, 20)}
            ),
            "publication": st.fixed_dictionaries(
                {}, optional={"state": st.sampled_from(["planned", "considered", ""]), "detail": st.text(max_size=9)}
            ),
        },
    )
)
def test_stating_the_same_twice_changes_nothing(given: dict):
    once = stated(given, stated(KNOWN))
    assert stated(given, once) == once
    assert stated({}, once) == once


# ---------------------------------------------------------------- the services


def test_history_keeps_all_versions_with_who_and_why(shop_case):
    incident = shop_case.incident(certainty="suspected")
    state_facts(incident=incident, by=shop_case.staff, facts={"certainty": "occurred"}, reason="ログで確認")
    state_facts(incident=incident, by=shop_case.owner, facts={"items": ["name", "email"]}, reason="追加調査")
    sheets = list(FactSheet.objects.filter(incident=incident).order_by("version"))
    assert [sheet.version for sheet in sheets] == [1, 2, 3]
    assert [facts_of(sheet).certainty for sheet in sheets] == ["suspected", "occurred", "occurred"]
    assert [facts_of(sheet).items for sheet in sheets] == [("name",), ("name",), ("name", "email")]
    assert [sheet.stated_by for sheet in sheets] == [shop_case.manager, shop_case.staff, shop_case.owner]
    assert [sheet.reason for sheet in sheets] == ["", "ログで確認", "追加調査"]
    said = payload(Entry.objects.filter(log=incident.record_log()).order_by("index").last())
    assert (said["version"], said["changed"], said["reason"]) == (3, ["items"], "追加調査")
    assert said["facts"] == sheets[-1].facts


def test_a_sheet_reads_back_as_it_was_stated(shop_case):
    told = {"ja": "流出しました。", "en": "It leaked.", "ja-easy": "出（で）ました。"}
    incident = shop_case.incident(summary=told, course=[{"date": shop_case.day(3), "text": "判明"}])
    known = current_facts(incident)
    assert (known.summary.ja_easy, known.course[0].text) == ("出（で）ました。", "判明")
    assert read({}, today=shop_case.today(), before=known) == known


def test_nothing_new_is_no_statement(shop_case):
    incident = shop_case.incident()
    with pytest.raises(Problem, match="no fact has changed"):
        state_facts(incident=incident, by=shop_case.manager, facts={"items": ["name"], "summary": ""}, reason="")
    assert FactSheet.objects.filter(incident=incident).count() == 1


def test_a_fact_is_cleared_by_the_service_and_the_entry_says_so(shop_case):
    incident = shop_case.incident(persons_with_card=3, persons={"upper": 5})
    state_facts(incident=incident, by=shop_case.manager, facts={}, clear=["persons_with_card"], reason="誤記")
    assert current_facts(incident).persons_with_card is None
    said = payload(Entry.objects.filter(log=incident.record_log()).order_by("index").last())
    assert said["changed"] == ["persons_with_card"]
    assert "persons_with_card" not in said["facts"]


@pytest.mark.parametrize(
    ("title", "facts", "said"),
    [
        ("", {}, "no title"),
        (" 　\n", {}, "no title"),
        ("あ" * 201, {}, "too long"),
        ("流出", {"known_on": "2200-01-01"}, "known_on"),
        ("流出", {"nonsense": 1}, "nonsense"),
        ("流出", {"occurred": {"start": "2026-01-02", "end": "2026-01-01"}}, "ends before"),
    ],
)
def test_what_cannot_be_registered_leaves_nothing(shop_case, title: str, facts: dict, said: str):
    before = Entry.objects.count()
    with pytest.raises(Problem, match=said):
        register_incident(organisation=shop_case.organisation, by=shop_case.manager, title=title, facts=facts)
    assert not Incident.objects.exists()
    assert not FactSheet.objects.exists()
    assert Entry.objects.count() == before


def test_a_title_is_one_plain_line(shop_case):
    incident = shop_case.incident(title=" 名簿の\r\n流出\x00\u202e ")
    incident.refresh_from_db()
    assert incident.title == "名簿の 流出"
