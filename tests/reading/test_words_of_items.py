"""Item words of the catalogue in a sentence."""

from madoguchi import catalogue
from madoguchi.reading.flat import flatten
from madoguchi.reading.words_of_items import find


def test_every_word_of_the_catalogue_is_found_whole() -> None:
    for item in catalogue.items().values():
        for word in item.words:
            folded = flatten(word, 0, len(word)).text
            (hit, *more) = find(folded)
            assert (hit.start, hit.end, more) == (0, len(folded), []), word


def test_the_longest_word_wins() -> None:
    assert [word.key for word in find("クレジットカード番号の下4桁")] == ["card_last4"]
    assert [word.key for word in find("氏名フリガナ、氏名")] == ["name_kana", "name"]


def test_capital_letters_do_not_matter() -> None:
    assert [word.key for word in find("e-mailアドレス、cvv")] == ["email", "card_security_code"]
