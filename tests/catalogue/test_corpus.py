"""The catalogue as a whole: every key of the contract, every name, every class in law with its citation."""

import re
import unicodedata

import pytest

from madoguchi import catalogue
from madoguchi.catalogue import values
from madoguchi.catalogue.models import SpecialCare
from madoguchi.problem import LANGS, Problem

CONTRACT = """name name_kana address postal_code phone email birth_date sex age employer occupation
purchase_history member_id order_id login_id password password_hash card_number card_last4 card_expiry card_security_code bank_account
bank_pin income assets my_number passport_number driver_licence health_insurance_number pension_number residence_card
medical_history medical_treatment health_check disability crime_victim criminal_record criminal_procedure juvenile_procedure race creed
social_status biometric location photo message_content family_register union_membership political_view ip_address device_id""".split()

every_key = pytest.mark.parametrize("key", CONTRACT)


def test_the_keys_are_those_of_the_contract_and_no_others():
    assert sorted(catalogue.items()) == sorted(CONTRACT)


def test_the_contract_in_the_shared_folder_names_the_same_keys(shared):
    text = (shared / "contract.md").read_text(encoding="utf-8")
    block = re.search(r"Catalogue keys that callers may rely on: `([^`]+)`", text)
    assert block
    assert sorted(block[1].split()) == sorted(catalogue.items())


@every_key
def test_an_item_has_a_name_in_three_languages(key):
    names = [catalogue.say(key, lang) for lang in LANGS]
    assert all(name.strip() for name in names)
    assert names[1].isascii()
    assert not names[0].isascii() or key == "login_id"


@every_key
def test_an_item_has_words_and_columns(key):
    item = catalogue.items()[key]
    assert item.words
    assert item.columns


@every_key
def test_the_kanji_of_an_easy_name_carry_their_reading(key):
    for kanji in re.finditer(r"[一-龥]+[ぁ-ん]*", catalogue.say(key, "ja-easy")):
        rest = catalogue.say(key, "ja-easy")[kanji.end() :]
        assert "（" in rest, kanji[0]


@every_key
def test_a_pattern_names_a_checker(key):
    pattern = catalogue.items()[key].pattern
    assert pattern is None or pattern in values.CHECKERS


def test_a_word_leads_to_one_item_only():
    found: dict[str, str] = {}
    for key, item in catalogue.items().items():
        for word in item.words:
            folded = unicodedata.normalize("NFKC", word).casefold()
            assert found.setdefault(folded, key) == key, f"{word}: {found[folded]} and {key}"


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("クレジットカード番号", "card_number"), ("カード番号", "card_number"), ("セキュリティコード", "card_security_code"),
        ("CVV", "card_security_code"), ("有効期限", "card_expiry"), ("ログインID", "login_id"), ("氏名", "name"), ("お名前", "name"),
        ("ご氏名", "name"), ("名前", "name"), ("フリガナ", "name_kana"), ("氏名カナ", "name_kana"), ("生年月日", "birth_date"),
        ("電話番号", "phone"), ("住所", "address"), ("ご住所", "address"), ("配送先住所", "address"), ("メールアドレス", "email"),
        ("ハッシュ化されたパスワード", "password_hash"), ("パスワード", "password"), ("会員ID", "member_id"), ("会員番号", "member_id"),
        ("お客様番号", "member_id"), ("注文番号", "order_id"), ("受注番号", "order_id"), ("購入履歴", "purchase_history"),
        ("注文履歴", "purchase_history"), ("口座番号", "bank_account"), ("性別", "sex"), ("マイナンバー", "my_number"),
        ("下4桁", "card_last4"), ("病歴", "medical_history"), ("健康診断結果", "health_check"), ("要介護度", "disability"),
    ],
)  # fmt: skip
def test_a_word_of_notices_is_there(word, key):
    assert word in catalogue.items()[key].words


def test_the_eleven_kinds_of_special_care_stand_each_once_and_cited():
    found = {item.special_care: item for item in catalogue.items().values() if item.special_care}
    assert set(found) == set(SpecialCare.__args__)
    assert len(found) == 11
    assert all("法2条3項" in item.citations and item.key == kind for kind, item in found.items())
    assert "規則5条" in found["disability"].citations
    for kind in ("disability", "health_check", "medical_treatment", "criminal_procedure", "juvenile_procedure"):
        assert "令2条" in found[kind].citations


@pytest.mark.parametrize(
    "key", ["occupation", "employer", "union_membership", "political_view", "family_register", "photo"]
)
def test_what_only_looks_like_special_care_is_none(key):
    assert catalogue.items()[key].special_care is None


def test_only_the_card_number_is_property_harm_alone():
    assert [key for key, item in catalogue.items().items() if item.property_harm == "alone"] == ["card_number"]
    assert "PPC FAQ Q6-12" in catalogue.items()["card_number"].citations


@pytest.mark.parametrize(
    "key", ["card_last4", "card_expiry", "bank_account", "email", "phone", "address", "name", "card_security_code"]
)
def test_what_the_commission_does_not_count_alone_is_no_property_harm(key):
    assert catalogue.items()[key].property_harm == "no"


def test_the_identifier_codes_are_those_of_the_guideline():
    found = {key for key, item in catalogue.items().items() if item.identifier_code}
    assert found == {
        "my_number", "passport_number", "driver_licence", "health_insurance_number", "pension_number", "residence_card", "biometric",
    }  # fmt: skip


def test_my_number_is_never_indexed_and_never_shown():
    item = catalogue.items()["my_number"]
    assert (item.indexed, item.handling) == (False, "presence")
    assert all(other.indexed for key, other in catalogue.items().items() if key != "my_number")


@pytest.mark.parametrize(
    "key", ["password", "password_hash", "card_security_code", "bank_pin", "my_number", "biometric"]
)
def test_a_secret_is_told_by_its_presence_only(key):
    assert catalogue.items()[key].handling == "presence"


def test_login_with_password_is_property_harm_only_where_the_login_opens_payment():
    sure = {c.items: c for c in catalogue.combinations() if c.confirmed}
    for pair in ({"login_id", "password"}, {"email", "password"}, {"member_id", "password"}):
        assert sure[frozenset(pair)].needs == "login_opens_payment"
        assert "規則7条2号" in sure[frozenset(pair)].citations


@pytest.mark.parametrize(
    "pair", [{"bank_account", "bank_pin"}, {"login_id", "password_hash"}, {"email", "password_hash"}]
)
def test_what_our_sources_do_not_say_is_not_confirmed(pair):
    assert [c.confirmed for c in catalogue.combinations() if c.items == pair] == [False]


def test_every_item_of_a_combination_says_so_or_is_harmless_alone():
    for combination in catalogue.combinations():
        assert any(catalogue.items()[key].property_harm == "combined" for key in combination.items)
        assert all(combination.because.say(lang) for lang in LANGS)


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(Problem) as caught:
        catalogue.check_keys(["name", "card_numbr"])
    assert "'card_number'" in caught.value.say("en")
    assert "「card_number」" in caught.value.say("ja")
    assert caught.value.place == "items[1]"


def test_a_key_like_no_other_gets_an_example_and_is_shortened():
    with pytest.raises(Problem) as caught:
        catalogue.check_keys(["ﾇ" * 500])
    assert "email" in caught.value.say("en")
    assert len(caught.value.say("en")) < 200


def test_known_keys_pass_and_stand_in_the_order_of_the_catalogue():
    catalogue.check_keys(CONTRACT)
    assert catalogue.in_order(["password", "card_number", "name", "name"]) == ["name", "password", "card_number"]


def test_the_name_of_an_unknown_item_is_refused():
    with pytest.raises(Problem):
        catalogue.say("nationality")


def test_nobody_can_change_the_catalogue():
    with pytest.raises(TypeError):
        catalogue.items()["name"] = None
