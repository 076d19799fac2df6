"""The law is asked about the facts as they stand; each answer is kept as it was given."""

from datetime import date, timedelta

import pytest

from madoguchi.app.company.models import Assessment
from madoguchi.app.company.queries import assessment_in_words, current_assessment
from madoguchi.app.company.services import assess_duties, register_incident, state_facts
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import payload
from madoguchi.app.reports.models import Report
from madoguchi.app.reports.services import prepare_report
from madoguchi.problem import Problem


def status(assessment: Assessment) -> dict[str, str]:
    return {duty["id"]: duty["status"] for duty in assessment.answer["duties"]}


def test_the_answer_is_kept_with_the_sheet_and_the_day(shop_case):
    incident = shop_case.incident()
    assessment = shop_case.assess(incident)
    assert assessment.answer["reportable"] == "yes"
    assert assessment.answer["situations"] == ["3"]
    assert (assessment.sheet.version, assessment.as_of) == (1, shop_case.today())
    final = next(duty for duty in assessment.answer["duties"] if duty["id"] == "final_report")
    # 60 days, the day known being the first; then on to the next working day.
    sixtieth = shop_case.today() - timedelta(days=3) + timedelta(days=59)
    assert sixtieth <= date.fromisoformat(final["due"]) <= sixtieth + timedelta(days=10)


def test_the_entry_names_the_duties_and_their_days(shop_case):
    incident = shop_case.incident()
    assessment = shop_case.assess(incident)
    said = payload(Entry.objects.filter(log=incident.record_log()).order_by("index").last())
    assert said["facts_version"] == 1
    assert {duty["id"]: duty["status"] for duty in said["duties"]} == status(assessment)


def test_changed_facts_are_assessed_anew_and_the_first_answer_stays(shop_case):
    incident = shop_case.incident(persons={"confirmed": 3, "upper": 3})
    first = shop_case.assess(incident)
    state_facts(incident=incident, by=shop_case.manager, facts={"unlawful_purpose": "ruled_out"}, reason="誤操作と判明")
    second = shop_case.assess(incident)
    assert status(first)["final_report"] == "required"
    assert status(second)["final_report"] == "voluntary"
    first.refresh_from_db()
    assert status(first)["final_report"] == "required"
    assert current_assessment(incident) == second


@pytest.mark.parametrize("missing", ["known_on", "events", "items"])
def test_a_missing_fact_is_named_and_nothing_is_written(shop_case, missing: str):
    known = {key: value for key, value in shop_case.facts().items() if key != missing}
    incident = register_incident(organisation=shop_case.organisation, by=shop_case.manager, title="流出", facts=known)
    before = Entry.objects.count()
    with pytest.raises(Problem) as caught:
        shop_case.assess(incident)
    assert caught.value.place == missing
    assert not Assessment.objects.exists()
    assert Entry.objects.count() == before


def test_a_day_before_it_was_known_is_refused(shop_case):
    incident = shop_case.incident()
    with pytest.raises(Problem, match="known_on"):
        assess_duties(incident=incident, by=shop_case.manager, as_of=shop_case.today() - timedelta(days=30))


def test_a_report_is_refused_on_an_assessment_of_older_facts(shop_case):
    incident = shop_case.incident()
    shop_case.assess(incident)
    state_facts(incident=incident, by=shop_case.manager, facts={"items": ["name", "email"]}, reason="追加")
    with pytest.raises(Problem, match="were not assessed since the facts changed"):
        prepare_report(incident=incident, by=shop_case.manager, kind="prompt", dated=shop_case.today())
    assert not Report.objects.exists()
    shop_case.assess(incident)
    assert prepare_report(incident=incident, by=shop_case.manager, kind="prompt", dated=shop_case.today()).version == 1


@pytest.mark.parametrize("lang", ["ja", "en", "ja-easy"])
def test_an_assessment_is_said_in_words(shop_case, lang: str):
    incident = shop_case.incident()
    words = assessment_in_words(shop_case.assess(incident), lang)
    assert len(words) > 200
    assert "{" not in words
