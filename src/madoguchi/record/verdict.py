"""What the verifier answers: is this case file whole and unchanged, and signed by whom."""

from dataclasses import dataclass, field
from typing import Any, Literal

from madoguchi.problem import Lang, Problem
from madoguchi.record import headlines, limits
from madoguchi.record.sentences import intact, problem


@dataclass(slots=True)
class Verdict:
    """The answer of `madoguchi record verify` (the contract), gathered while the file is read.

    ``head`` is the root (hex) over all entries; ``signer`` the domain of ``--keys`` to which the sealing key belongs,
    or without ``--keys`` the id of that key, which is then known only from the file itself (``signer_known_from``).
    ``anchor`` is *signed* when the seal's signature holds, else *none*; of a file that is not whole, both are of the
    file that was sealed. ``undisclosed`` counts the entries whose payload is not in the file. ``spoilt`` are the members
    that are not as they were sealed, ``touched`` all those about which something was found.
    """

    entries: int = 0
    head: str | None = None
    signer: str | None = None
    signer_known_from: Literal["keys", "file"] | None = None
    kid: str | None = None
    anchor: Literal["none", "signed", "timestamped", "witnessed"] = "none"
    undisclosed: int = 0
    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    names: set[str] = field(default_factory=set)
    spoilt: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    unchanged: list[dict[Lang, str]] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Tell whether nothing was found."""
        return not self.problems

    @property
    def state(self) -> headlines.State:
        """Return what all that was found comes to."""
        return headlines.state(self.names)

    def found(self, name: str, place: str | None = None, *, about: tuple[str, ...] = (), **values: object) -> None:
        """Add a problem; beyond the limit it is only counted.

        ``about`` are the members that it was read from: when one of them is spoilt, which was told, it follows from
        that and is left out.
        """
        if self.spoilt.intersection(about):
            return
        self.names.add(name)
        self.touched.update(about)
        if len(self.problems) < limits.PROBLEMS:
            self.problems.append(problem(name, place, **values))
        else:
            self.more += 1

    def holds(self, name: str, **values: object) -> None:
        """Add what is proved to be unchanged in a file that is not whole."""
        self.unchanged.append(intact(name, **values))

    def answer(self, lang: Lang) -> dict[str, Any]:
        """Return the JSON answer of the contract, its sentences in ``lang``."""
        return {
            "whole": self.whole,
            "entries": self.entries,
            "head": self.head,
            "signer": self.signer,
            "signer_known_from": self.signer_known_from,
            "anchor": self.anchor,
            "timestamps": [],
            "undisclosed": self.undisclosed,
            "problems": self._sentences(lang),
            "intact": [each[lang] for each in self.unchanged],
        }

    def say(self, lang: Lang) -> str:
        """Return the answer for a person: what it comes to, why, what is unchanged, and who signed."""
        if self.state in headlines.ALONE:
            return self._sentences(lang)[0]
        lines = [headlines.HEADLINES[self.state][lang]]
        lines += [f"  - {sentence}" for sentence in self._sentences(lang)]
        if self.unchanged:
            lines.append(("" if lang == "ja" else " ").join(each[lang] for each in self.unchanged))
        words = headlines.WORDS[lang]
        if self.state in headlines.CONSISTENT:
            lines.append(words["entries"].format(entries=self.entries, undisclosed=self.undisclosed))
            lines.append(words["head"].format(head=self.head))
        lines.append(words[self._signer()].format(signer=self.signer, kid=self.kid))
        if self.whole:
            lines.append(words["times"])
        return "\n".join(lines)

    def _signer(self) -> str:
        if self.anchor == "none" or self.signer_known_from is None:
            return "no_signer"
        known = "signer" if self.signer_known_from == "keys" else "unknown_signer"
        if self.whole:
            return known
        return f"{known}_of_{'it' if self.state == 'contradicts' else 'original'}"

    def _sentences(self, lang: Lang) -> list[str]:
        more = [problem("more", count=self.more)] if self.more else []
        return [each.say(lang) for each in self.problems + more]
