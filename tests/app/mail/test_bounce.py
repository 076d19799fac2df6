"""A mail that came back is known as such, whatever server wrote the report, and names the mail of ours that it returns."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.app.mail import bounce
from madoguchi.app.mail.message import new_message_id

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "bounces.yaml").read_text(encoding="utf-8"))["cases"]
OURS = "<01234567-89ab-cdef-0123-456789abcdef@mihon.example>"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_report_is_read_as_the_case_says(case: dict):
    found = bounce.read(case["mail"].replace("\n", "\r\n").encode())
    if case["returned"] is None:
        assert found is None
        return
    assert found is not None
    assert found.message_ids == ((OURS,) if case["returned"].get("ours", True) else ())
    assert (found.permanent, found.status) == (case["returned"]["permanent"], case["returned"]["status"])
    assert "@" not in found.why
    if "why" in case["returned"]:
        assert found.why == case["returned"]["why"]


def test_a_message_id_as_the_outbox_makes_it_is_found():
    name = new_message_id("privacy@mihon-zakka.example")
    report = EmailMessage(policy=SMTP)
    report["From"] = "MAILER-DAEMON@mx.example"
    report.set_content(f"undeliverable\n\nMessage-ID: {name}\n", cte="base64")
    found = bounce.read(report.as_bytes())
    assert found is not None
    assert found.message_ids == (name,)


def test_reports_of_japans_servers_are_known(shared: Path):
    folder = shared / "data" / "emails" / "japanese_mail"
    mails = {path.name: path.read_bytes() for path in folder.iterdir()}
    # Where the report returns nothing that names a mail, it is known only by its own form: so many are, of 33.
    known = [name for name, raw in mails.items() if name.startswith("sisimai") and bounce.read(raw) is not None]
    assert len(known) >= 22
    assert not [name for name in known if "is-not-bounce" in name]
    assert not [name for name, raw in mails.items() if name.startswith("rubymail") and bounce.read(raw) is not None]


@given(st.binary(max_size=400))
def test_whatever_arrives_is_either_a_report_or_none(raw: bytes):
    bounce.read(raw)
