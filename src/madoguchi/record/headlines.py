"""The first and the last lines of the verifier's answer for a person, in the three languages."""

from collections.abc import Collection
from typing import Literal

from madoguchi.problem import Lang

State = Literal["whole", "foreign", "cut", "changed", "contradicts", "stranger", "key_doubtful"]
ALONE: tuple[State, ...] = ("foreign",)  # the one sentence says all
CONSISTENT: tuple[State, ...] = ("whole", "stranger", "key_doubtful")  # what stands in the file agrees with itself

_OF: dict[State, frozenset[str]] = {
    "foreign": frozenset({"no_case_file", "too_large"}),
    "cut": frozenset({"cut", "cut_in"}),
    # Found in members that are as they were sealed: whoever sealed them sealed them so.
    "contradicts": frozenset(
        {
            *("unreadable", "cut_line", "index", "time_order", "head_size", "head_time", "other_log", "no_key"),
            *("payload_order", "payload", "no_entry", "part", "file_unknown", "file"),
        }
    ),
    "stranger": frozenset({"not_among_keys"}),
    "key_doubtful": frozenset({"key_time", "key_revoked"}),
}


def state(names: Collection[str]) -> State:
    """Return what findings with these names come to; the gravest counts, and what is in no list is a change."""
    if not names:
        return "whole"
    for grave in ("foreign", "cut"):
        if _OF[grave].intersection(names):
            return grave
    if set(names) - frozenset().union(*_OF.values()):
        return "changed"
    return next(each for each in ("contradicts", "stranger", "key_doubtful") if _OF[each].intersection(names))


HEADLINES: dict[State, dict[Lang, str]] = {
    "whole": {
        "ja": "この記録のファイルに、欠けも書き換えもありません。",
        "en": "This case file is whole and unchanged.",
        "ja-easy": "この 記録（きろく）は、作（つく）った ときの ままです。",
    },
    "cut": {
        "ja": "このファイルは、途中で切れています。",
        "en": "This case file is cut off.",
        "ja-easy": "この ファイルは、途中（とちゅう）で 切（き）れています。",
    },
    "changed": {
        "ja": "このファイルは、作られたあとに変えられています。",
        "en": "This case file was changed after it was made.",
        "ja-easy": "この ファイルは、作（つく）った 後（あと）で 変（か）えられています。",
    },
    "contradicts": {
        "ja": "このファイルは、中身どうしが食い違っています。",
        "en": "This case file contradicts itself.",
        "ja-easy": "この ファイルは、中身（なかみ）が 合（あ）っていません。",
    },
    "stranger": {
        "ja": "このファイルに、--keys で渡された公開鍵による署名はありません。",
        "en": "This case file is signed by none of the keys given with --keys.",
        "ja-easy": "この ファイルには、--keys の 鍵（かぎ）の 署名（しょめい）が ありません。",
    },
    "key_doubtful": {
        "ja": "このファイルに署名した鍵が、有効だったことを確かめられません。",
        "en": "Nothing shows that the key that signed this case file was valid.",
        "ja-easy": "この ファイルに 署名（しょめい）した 鍵（かぎ）が、使（つか）える 鍵（かぎ）だったか、分（わ）かりません。",
    },
}

WORDS: dict[Lang, dict[str, str]] = {
    "ja": {
        "entries": "記録：{entries} 件（うち内容が入っていないもの：{undisclosed} 件）",
        "head": "記録全体のハッシュ：{head}",
        "signer": "署名：{signer}（鍵 {kid}）",
        "signer_of_original": "署名：{signer} の鍵 {kid} が署名したのは、元のファイルです。",
        "signer_of_it": "署名：{signer} の鍵 {kid} は、食い違ったままのファイルに署名しています。",
        "unknown_signer": "署名：鍵 {kid}（この鍵は、このファイルの中にあるだけです。だれの鍵かは、--keys で公開鍵を渡すと確かめられます。）",
        "unknown_signer_of_original": "署名：鍵 {kid}（持ち主は未確認）が署名したのは、元のファイルです。",
        "unknown_signer_of_it": "署名：鍵 {kid}（持ち主は未確認）は、食い違ったままのファイルに署名しています。",
        "no_signer": "署名：確かめられた署名はありません。",
        "times": "時刻は署名した者が書いたものです。第三者のタイムスタンプは付いていません。",
    },
    "en": {
        "entries": "entries: {entries} (without their content: {undisclosed})",
        "head": "hash of the whole record: {head}",
        "signer": "signed by: {signer} (key {kid})",
        "signer_of_original": "signature: what {signer} signed (key {kid}) is the original file, not this one",
        "signer_of_it": "signature: {signer} signed it as it contradicts itself (key {kid})",
        "unknown_signer": "signed by: key {kid} (known only from the file itself; give the public keys with --keys to learn whose it is)",
        "unknown_signer_of_original": "signature: what key {kid} (owner unknown) signed is the original file, not this one",
        "unknown_signer_of_it": "signature: key {kid} (owner unknown) signed it as it contradicts itself",
        "no_signer": "signed by: no signature that holds",
        "times": "The times are those the signer wrote; no third party's time stamp is attached.",
    },
    "ja-easy": {
        "entries": "記録（きろく）の 数（かず）：{entries}（中身（なかみ）が 入（はい）っていない 数（かず）：{undisclosed}）",
        "head": "記録（きろく） 全部（ぜんぶ）の ハッシュ：{head}",
        "signer": "署名（しょめい）した 人（ひと）・会社（かいしゃ）：{signer}（鍵（かぎ） {kid}）",
        "signer_of_original": "署名（しょめい）：{signer}（鍵（かぎ） {kid}）が 署名（しょめい）したのは、元（もと）の ファイルです。",
        "signer_of_it": "署名（しょめい）：{signer}（鍵（かぎ） {kid}）は、合（あ）っていない ファイルに 署名（しょめい）しました。",
        "unknown_signer": "署名（しょめい）：鍵（かぎ） {kid}（だれの 鍵（かぎ）かは、まだ 分（わ）かりません。--keys で 公開鍵（こうかいかぎ）を 渡（わた）すと 分（わ）かります。）",
        "unknown_signer_of_original": "署名（しょめい）：鍵（かぎ） {kid}（だれの 鍵（かぎ）か 分（わ）かりません）が 署名（しょめい）したのは、元（もと）の ファイルです。",
        "unknown_signer_of_it": "署名（しょめい）：鍵（かぎ） {kid}（だれの 鍵（かぎ）か 分（わ）かりません）は、合（あ）っていない ファイルに 署名（しょめい）しました。",
        "no_signer": "署名（しょめい）：正（ただ）しい 署名（しょめい）は ありません。",
        "times": "時間（じかん）は、署名（しょめい）した 人（ひと）が 書（か）いた ものです。ほかの 人（ひと）は 確（たし）かめていません。",
    },
}
