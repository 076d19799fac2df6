"""The best window first, each once."""

import datetime as dt

from madoguchi.contacts.window import Window, answer, best_first

DAY = dt.date(2026, 11, 22)


def window(**changed: object) -> Window:
    values = {
        "channel": "phone", "value": "03-1234-5678", "name": None, "hours": None, "purpose": "general", "grade": "contact_page",
        "source": "a", "quote": "q", "seen_on": DAY,
    }  # fmt: skip
    return Window(**{**values, **changed})  # type: ignore[arg-type]


def test_the_same_value_is_kept_once_at_its_best_grade_with_what_others_know() -> None:
    low = window(value="03（1234）5678", hours="9時～17時", grade="elsewhere")
    high = window(grade="privacy_page", purpose="privacy", name="窓口")
    (found,) = best_first([low, high])
    assert (found.value, found.grade, found.purpose, found.name, found.hours) == (
        "03-1234-5678",
        "privacy_page",
        "privacy",
        "窓口",
        "9時～17時",
    )


def test_grades_then_purpose_then_what_leaves_a_record() -> None:
    order = [
        window(channel="phone", value="0120-000-001", grade="signed"),
        window(channel="form", value="https://a/1", grade="elsewhere", purpose="leak", current_leak=True),
        window(channel="email", value="a@b.jp", grade="privacy_page", purpose="privacy"),
        window(channel="phone", value="0120-000-002", grade="privacy_page", purpose="privacy"),
        window(channel="post", value="東京都", grade="privacy_page", purpose="privacy"),
        window(channel="form", value="https://a/2", grade="privacy_page", purpose="disclosure"),
        window(channel="form", value="https://a/3", grade="commerce_law_page"),
        window(channel="form", value="https://a/4", grade="contact_page"),
        window(channel="form", value="https://a/5", grade="elsewhere", purpose="leak"),
    ]
    assert best_first(reversed(order)) == order


def test_one_form_in_several_writings() -> None:
    found = best_first([window(channel="form", value="http://a/c/"), window(channel="form", value="https://a/c#top")])
    assert len(found) == 1


def test_the_answer_is_the_contracts() -> None:
    (found,) = answer([window()])["windows"]
    assert found["for"] == "general"
    assert found["seen_on"] == "2026-11-22"
    assert "current_leak" not in found
