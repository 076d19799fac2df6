"""The texts of reasons and verdicts: whole, and each reason is one that the code gives."""

import re
from pathlib import Path

import pytest

import madoguchi.authenticity
from madoguchi.authenticity import hosts, verdict
from madoguchi.authenticity.verdict import Reason
from madoguchi.problem import LANGS

SOURCE = "".join(path.read_text(encoding="utf-8") for path in Path(madoguchi.authenticity.__file__).parent.glob("*.py"))
OWN = hosts.official(["mihon.example"])


def decide(*ids: str):
    return verdict.decide("mail", [Reason(name, "x") for name in ids], OWN).verdict


@pytest.mark.parametrize("name", verdict.reasons().reasons)
def test_every_reason_is_given_somewhere_and_says_something_in_every_language(name):
    kinds = ("secret", "money", "haste")
    assert f'"{name}"' in SOURCE or name in {f"asks_{kind}" for kind in kinds}
    for lang in LANGS:
        reason = Reason(name, "here", {"official": "mihon.example"}, how="words")
        assert len(reason.say(lang)) > 10
        assert "{" not in reason.say(lang)


def test_every_reason_in_the_code_has_its_text():
    given = set(re.findall(r'Reason\(\s*"([a-z_]+)"', SOURCE)) | set(re.findall(r'"(dkim_[a-z_]+)"', SOURCE))
    assert given <= set(verdict.reasons().reasons)


def test_a_proof_counts_only_where_nothing_holds_it_back():
    assert decide("dkim_aligned") == "genuine"
    assert decide("dkim_aligned", "phone_unknown") == "genuine"
    assert decide("dkim_aligned", "link_elsewhere") == "cannot_tell"
    assert decide("dkim_aligned", "link_disguised") == "cannot_tell"
    assert decide("link_disguised") == "fake"
    assert decide("dkim_aligned", "name_imitates") == "fake"
    assert decide() == "cannot_tell"


def test_a_long_list_of_hosts_is_cut_short():
    found = verdict.decide("mail", [Reason("link_elsewhere", f"{n}.example") for n in range(50)], OWN)
    assert len(found.reasons) == 1
    assert "(+45)" in found.reasons[0].evidence
