"""What a company must keep knowable: the seven matters of article 32(1), ready to be asked for."""

from madoguchi.law.matters import MATTERS
from madoguchi.problem import LANGS


def test_the_seven_matters_stand_under_the_contracts_keys() -> None:
    keys = "name_address_representative purposes request_procedure fees safety_measures complaint_desk certified_body"
    assert [matter.key for matter in MATTERS] == keys.split()


def test_every_matter_cites_the_article_and_what_the_order_adds() -> None:
    by_order = {matter.key for matter in MATTERS if "施行令10条" in matter.citations}
    assert by_order == {"safety_measures", "complaint_desk", "certified_body"}
    assert all("法32条1項" in matter.citations for matter in MATTERS)


def test_what_need_not_be_there_says_when() -> None:
    assert {matter.key for matter in MATTERS if matter.unless} == {"fees", "safety_measures", "certified_body"}


def test_following_the_guideline_alone_is_said_not_to_be_enough() -> None:
    matter = next(matter for matter in MATTERS if matter.key == "safety_measures")
    assert "足りません" in matter.text.ja
    assert "not enough" in matter.text.en


def test_each_missing_matter_can_be_asked_for_politely_in_three_languages() -> None:
    for matter in MATTERS:
        assert matter.ask.ja.endswith("お知らせください。")
        for text in (matter.title, matter.text, matter.ask):
            assert len({text.say(lang) for lang in LANGS}) == 3, matter.key
