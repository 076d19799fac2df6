"""The nine items of a report and the five of a notice."""

import pytest
from pydantic import ValidationError

from madoguchi.law import report
from madoguchi.problem import LANGS


def test_there_are_nine_items_in_the_order_of_the_rule() -> None:
    assert [item.number for item in report.ITEMS] == [str(n) for n in range(1, 10)]
    assert [item.key for item in report.ITEMS] == [
        "overview",
        "items",
        "persons",
        "cause",
        "secondary_harm",
        "response",
        "publication",
        "prevention",
        "reference",
    ]


def test_a_notice_tells_five_of_them() -> None:
    assert [item.number for item in report.NOTICE_ITEMS] == ["1", "2", "4", "5", "9"]


def test_the_guidelines_sub_fields_are_there() -> None:
    fields = {field.key for field in report.item("1").fields}
    assert {"occurred_on", "found_on", "event", "found_by", "situations", "entruster", "entrustee", "course"} <= fields
    assert {field.key for field in report.item("prevention").fields} >= {"done", "planned"}


def test_what_the_form_is_only_remembered_to_ask_is_marked() -> None:
    remembered = {(item.key, field.key) for item in report.ITEMS for field in item.fields if not field.confirmed}
    assert ("persons", "with_card") in remembered
    assert ("overview", "occurred_on") not in remembered


def test_no_list_of_options_is_confirmed() -> None:
    assert not any(field.options_confirmed for item in report.ITEMS for field in item.fields)
    assert any(field.options for item in report.ITEMS for field in item.fields)


def test_the_persons_only_number_and_the_prevention_stay_out_of_the_notice() -> None:
    for key in ("persons", "response", "publication", "prevention"):
        assert not any(field.in_notice for field in report.item(key).fields)


def test_every_label_stands_in_three_languages() -> None:
    for item in report.ITEMS:
        for text in [item.title, *(f.label for f in item.fields), *(o.text for f in item.fields for o in f.options)]:
            assert all(text.say(lang).strip() for lang in LANGS)


def test_keys_of_fields_and_options_are_not_used_twice() -> None:
    for item in report.ITEMS:
        assert len({f.key for f in item.fields}) == len(item.fields)
        for field in item.fields:
            assert len({o.key for o in field.options}) == len(field.options)


def test_an_item_is_found_by_its_number_or_its_key_and_no_other() -> None:
    assert report.item("4") is report.item("cause")
    with pytest.raises(KeyError):
        report.item("10")


def test_items_out_of_order_are_refused() -> None:
    with pytest.raises(ValidationError, match="nine items"):
        report.ReportFile(items=list(report.ITEMS[::-1]))


def test_an_item_that_disagrees_with_its_fields_about_the_notice_is_refused() -> None:
    with pytest.raises(ValidationError, match="notice"):
        report.ReportItem.model_validate({**report.item("persons").model_dump(by_alias=True), "in_notice": True})
