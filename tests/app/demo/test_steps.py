"""A step tells that it begins, and one line when it is done, and none when it was not."""

import json

import pytest

from madoguchi.app.demo.steps import step


def test_a_step_tells_its_name_its_words_and_its_seconds(capsys: pytest.CaptureFixture[str]):
    with step("A.scope") as told:
        told.say("影響を受けた人が分かりました。", "it is known who was affected")
    begins, ended = capsys.readouterr().out.splitlines()
    assert json.loads(begins) == {"begins": "A.scope"}
    said = json.loads(ended)
    assert said.pop("seconds") >= 0
    assert said == {
        "step": "A.scope",
        "ja": "影響を受けた人が分かりました。",
        "en": "it is known who was affected",
    }


def test_a_step_that_fails_tells_only_that_it_began_and_lets_the_error_pass(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(ZeroDivisionError), step("A.scope"):
        1 / 0  # noqa: B018 - the error is the point
    assert capsys.readouterr().out == '{"begins": "A.scope"}\n'
