"""A mail that a program wrote by itself waits for no answer; whatever a human wrote does."""

from pathlib import Path

import pytest
import yaml

from madoguchi.app.desk.automatic import by_a_program

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "automatic.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_a_mail_tells_by_its_head_who_wrote_it(case: dict, end: str):
    head = end.join(["From: x@mail.example", *case["head"].splitlines(), "Subject: x"])
    assert by_a_program(f"{head}{end}{end}body{end}".encode(), ours={"minato.example"}) is case["program"]


def test_what_stands_in_the_text_is_no_header():
    raw = b"From: x@mail.example\r\n\r\nAuto-Submitted: auto-replied\r\nPrecedence: bulk\r\nList-Id: <a.example>\r\n"
    assert not by_a_program(raw, ours=set())


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"\xff\xfe", b"From", b"\0" * 100])
def test_what_is_no_mail_is_no_program_either(raw: bytes):
    assert not by_a_program(raw, ours={"minato.example"})
