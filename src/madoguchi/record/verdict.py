"""What the verifier answers: is this case file whole and unchanged, and signed by whom."""

from dataclasses import dataclass, field
from typing import Any, Literal

from madoguchi.problem import Lang, Problem
from madoguchi.record import limits
from madoguchi.record.sentences import problem


@dataclass(slots=True)
class Verdict:
    """The answer of `madoguchi record verify` (the contract), gathered while the file is read.

    ``head`` is the root (hex) over all entries; ``signer`` the domain of ``--keys`` to which the sealing key belongs,
    or without ``--keys`` the id of that key, which is then known only from the file itself (``signer_known_from``).
    ``anchor`` is *signed* when the seal's signature holds, else *none*. ``undisclosed`` counts the entries whose
    payload is not in the file.
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

    @property
    def whole(self) -> bool:
        """Tell whether nothing was found."""
        return not self.problems

    def found(self, name: str, place: str | None = None, **values: object) -> None:
        """Add a problem; beyond the limit it is only counted."""
        if len(self.problems) < limits.PROBLEMS:
            self.problems.append(problem(name, place, **values))
        else:
            self.more += 1

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
        }

    def say(self, lang: Lang) -> str:
        """Return the answer for a person, some lines of text."""
        words = _WORDS[lang]
        lines = [words["whole" if self.whole else "broken"]]
        lines += [f"  - {sentence}" for sentence in self._sentences(lang)]
        lines.append(words["entries"].format(entries=self.entries, undisclosed=self.undisclosed))
        if self.head:
            lines.append(words["head"].format(head=self.head))
        if self.signer_known_from == "keys":
            lines.append(words["signer"].format(signer=self.signer, kid=self.kid))
        elif self.signer_known_from == "file":
            lines.append(words["unknown_signer"].format(kid=self.kid))
        else:
            lines.append(words["no_signer"])
        lines.append(words["signed" if self.anchor == "signed" else "not_anchored"])
        return "\n".join(lines)

    def _sentences(self, lang: Lang) -> list[str]:
        more = [problem("more", count=self.more)] if self.more else []
        return [each.say(lang) for each in self.problems + more]


_WORDS: dict[Lang, dict[str, str]] = {
    "ja": {
        "whole": "この記録のファイルに、欠けも書き換えもありません。",
        "broken": "このファイルは、作られたときのままではないか、署名した者を確かめられません。",
        "entries": "記録：{entries} 件（うち内容が入っていないもの：{undisclosed} 件）",
        "head": "記録全体のハッシュ：{head}",
        "signer": "署名：{signer}（鍵 {kid}）",
        "unknown_signer": "署名：鍵 {kid}（この鍵は、このファイルの中にあるだけです。だれの鍵かは、--keys で公開鍵を渡すと確かめられます。）",
        "no_signer": "署名：確かめられた署名はありません。",
        "signed": "時刻は署名した者が書いたものです。第三者のタイムスタンプは付いていません。",
        "not_anchored": "時刻を裏付けるものはありません。",
    },
    "en": {
        "whole": "This case file is whole and unchanged.",
        "broken": "This case file is not as it was made, or who signed it cannot be told.",
        "entries": "entries: {entries} (without their content: {undisclosed})",
        "head": "hash of the whole record: {head}",
        "signer": "signed by: {signer} (key {kid})",
        "unknown_signer": "signed by: key {kid} (known only from the file itself; give the public keys with --keys to learn whose it is)",
        "no_signer": "signed by: no signature that holds",
        "signed": "The times are those the signer wrote; no third party's time stamp is attached.",
        "not_anchored": "Nothing supports the times.",
    },
    "ja-easy": {
        "whole": "この 記録（きろく）は、作（つく）った ときの ままです。",
        "broken": "この ファイルは、作（つく）った ときと 違（ちが）うか、だれの 署名（しょめい）か 分（わ）かりません。",
        "entries": "記録（きろく）の 数（かず）：{entries}（中身（なかみ）が 入（はい）っていない 数（かず）：{undisclosed}）",
        "head": "記録（きろく） 全部（ぜんぶ）の ハッシュ：{head}",
        "signer": "署名（しょめい）した 人（ひと）・会社（かいしゃ）：{signer}（鍵（かぎ） {kid}）",
        "unknown_signer": "署名（しょめい）：鍵（かぎ） {kid}（だれの 鍵（かぎ）かは、まだ 分（わ）かりません。--keys で 公開鍵（こうかいかぎ）を 渡（わた）すと 分（わ）かります。）",
        "no_signer": "署名（しょめい）：正（ただ）しい 署名（しょめい）は ありません。",
        "signed": "時間（じかん）は、署名（しょめい）した 人（ひと）が 書（か）いた ものです。ほかの 人（ひと）は 確（たし）かめていません。",
        "not_anchored": "時間（じかん）が 本当（ほんとう）か どうか、分（わ）かりません。",
    },
}
