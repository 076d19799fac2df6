"""The verdict: genuine, fake or cannot tell, what that means, and every reason for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from madoguchi.authenticity import hosts
from madoguchi.authenticity.lookalike import How
from madoguchi.problem import Lang, Problem
from madoguchi.text import datafile
from madoguchi.text.language import LocalText

Word = Literal["genuine", "fake", "cannot_tell"]
Kind = Literal["mail", "text", "address", "phone"]
WORST: tuple[Word, ...] = ("fake", "cannot_tell", "genuine")
_DECIDES = ("fake", "fake_unproved", "proves", "holds", "nothing")
_ALSO_HONEST: tuple[How, ...] = ("registry", "words", "subdomain", "path")
"""Ways of naming that companies and their partners use (mihon-support.com): beside a proof, nobody can tell."""
_SHOWN = 5  # hosts or numbers named in one sentence


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Entry(_Model):
    weighs: Literal["for", "against", "neutral"]
    decides: Literal["proves", "fake", "fake_unproved", "holds", "nothing"]
    text: LocalText


class _Reasons(_Model):
    as_of: date
    reasons: dict[str, _Entry]
    how: dict[How, LocalText]


class _Means(_Model):
    as_of: date
    words: dict[Word, LocalText]
    mail: dict[Word, LocalText]
    text: dict[Word, LocalText]
    address: dict[Word, LocalText]
    phone: dict[Word, LocalText]


@cache
def reasons() -> _Reasons:
    """Return `reasons.yaml`."""
    return datafile.load(_Reasons, hosts.FOLDER / "reasons.yaml")


@cache
def _means() -> _Means:
    return datafile.load(_Means, hosts.FOLDER / "means.yaml")


@dataclass(frozen=True)
class Reason:
    """One reason: its stable ``id``, and what of the message it rests on (``evidence``)."""

    id: str
    evidence: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    how: How | None = None
    said: Problem | None = None
    """What another room said, in its own words."""

    @property
    def weighs(self) -> str:
        """Return ``for``, ``against`` or ``neutral``."""
        return reasons().reasons[self.id].weighs

    @property
    def decides(self) -> str:
        """Return what it decides (`reasons.yaml`); a likeness in what a proved mail links to proves no fake."""
        decides = reasons().reasons[self.id].decides
        if decides == "fake" and self.how in _ALSO_HONEST and self.id != "from_lookalike":
            return "fake_unproved"
        return decides

    def say(self, lang: Lang) -> str:
        """Return its sentence."""
        how = reasons().how[self.how].say(lang) if self.how else ""
        said = self.said.texts[lang] if self.said else ""
        values = {"found": self.evidence, "how": how, "said": said, **self.values}
        return " ".join(reasons().reasons[self.id].text.say(lang, **values).split())

    def answer(self, lang: Lang) -> dict[str, str]:
        """Return the contract's form."""
        return {"id": self.id, "weighs": self.weighs, "text": self.say(lang), "evidence": self.evidence}


@dataclass(frozen=True)
class Verdict:
    """The answer of `check`. ``reasons`` stand in the order of their weight."""

    verdict: Word
    means: LocalText
    reasons: tuple[Reason, ...]

    def answer(self, lang: Lang = "ja") -> dict[str, Any]:
        """Return the contract's answer."""
        return {
            "verdict": self.verdict,
            "means": self.means.say(lang),
            "reasons": [reason.answer(lang) for reason in self.reasons],
        }

    def say(self, lang: Lang = "ja") -> str:
        """Return the answer as a person reads it."""
        mark = {"for": "○", "against": "×", "neutral": "・"}
        lines = [f"{mark[reason.weighs]} {reason.say(lang)}" for reason in self.reasons]
        return "\n".join([f"【{word(self.verdict, lang)}】", "", self.means.say(lang), "", *lines])


def word(verdict: Word, lang: Lang) -> str:
    """Return the verdict as a heading."""
    return _means().words[verdict].say(lang)


def means(kind: Kind, verdict: Word, official: hosts.Official) -> LocalText:
    """Return what a verdict means, with the official domains named."""
    text: LocalText = getattr(_means(), kind)[verdict]
    named = official.named
    return LocalText.model_validate({lang: text.say(lang, official=named) for lang in ("ja", "en", "ja-easy")})


def decide(kind: Kind, found: Iterable[Reason], official: hosts.Official) -> Verdict:
    """Return the verdict on ``found``: a fake sign outweighs all, a proof counts only where nothing holds it back."""
    ordered = sorted(_gathered(found, official), key=lambda reason: _DECIDES.index(reason.decides))
    decided = {reason.decides for reason in ordered}
    if "fake" in decided or ("fake_unproved" in decided and "proves" not in decided):
        verdict: Word = "fake"
    elif "proves" in decided and not decided & {"holds", "fake_unproved"}:
        verdict = "genuine"
    else:
        verdict = "cannot_tell"
    return Verdict(verdict, means(kind, verdict, official), tuple(ordered))


def _gathered(found: Iterable[Reason], official: hosts.Official) -> list[Reason]:
    """Return one reason for each id (and way of imitating), naming the first few hosts or numbers it rests on."""
    groups: dict[tuple[str, How | None, str], list[Reason]] = {}
    for reason in found:
        said = reason.said.texts["en"] if reason.said else ""
        groups.setdefault((reason.id, reason.how, said), []).append(reason)
    gathered = []
    for (name, how, _), members in groups.items():
        pieces = list(dict.fromkeys(member.evidence for member in members if member.evidence))
        evidence = ", ".join(pieces[:_SHOWN]) + (f" (+{len(pieces) - _SHOWN})" if len(pieces) > _SHOWN else "")
        values = {"official": official.named, **members[0].values}
        gathered.append(Reason(name, evidence, values, how, members[0].said))
    return gathered
