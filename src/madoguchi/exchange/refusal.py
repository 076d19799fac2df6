"""Why a statement is not accepted: one stable reason each, and its sentence in the three languages."""

from typing import Literal

from pydantic import ValidationError

from madoguchi.problem import Problem

Reason = Literal[
    "not_a_statement",
    "too_large",
    "header",
    "algorithm",
    "unknown_key",
    "key_of_other_domain",
    "key_not_valid",
    "key_revoked",
    "signature",
    "expired",
    "not_yet",
    "schema",
    "version",
    "type",
    "issuer",
    "addressee",
    "replayed",
    "copy_differs",
]

SAID: dict[Reason, tuple[str, str, str]] = {
    "not_a_statement": (
        "署名つきの文書として読めません。途中で切れたり書き換わったりしていないか、届いたものと比べてください。",
        "not readable as a signed statement; compare it with what you received, it may be cut off or altered",
        "署名（しょめい）の ある 文書（ぶんしょ）として 読（よ）めません。届（とど）いた ものと 同（おな）じか 見（み）てください。",
    ),
    "too_large": (
        "署名つきの文書が大きすぎます（上限 {most} バイト）。送り主に、短くして送り直すよう頼んでください。",
        "the signed statement is too large (limit {most} bytes); ask the sender for a shorter one",
        "署名（しょめい）の ある 文書（ぶんしょ）が 大（おお）きすぎます。送（おく）った 人（ひと）に 短（みじか）くしてもらってください。",
    ),
    "header": (
        "署名の見出しに、決まりにない項目があるか、要る項目がありません。この文書は信用せず、公式の窓口に確かめてください。",
        "the header of the signature holds what does not belong there, or lacks what does; do not rely on it, ask the official window",
        "署名（しょめい）の 形（かたち）が 違（ちが）います。会社（かいしゃ）の 公式（こうしき）の 窓口（まどぐち）に 聞（き）いてください。",
    ),
    "algorithm": (
        "署名の方式が EdDSA（Ed25519）ではありません。この文書は信用せず、公式の窓口に確かめてください。",
        "the signature is not of the kind EdDSA (Ed25519); do not rely on it, ask the official window",
        "署名（しょめい）の 種類（しゅるい）が 違（ちが）います。会社（かいしゃ）の 公式（こうしき）の 窓口（まどぐち）に 聞（き）いてください。",
    ),
    "unknown_key": (
        "署名した鍵が、公式の鍵として分かっているものの中にありません。送り主は確かめられません。公式の窓口に確かめてください。",
        "the key that signed this is not among the official keys that are known; who sent it cannot be told, ask the official window",
        "だれの 署名（しょめい）か 分（わ）かりません。会社（かいしゃ）の 公式（こうしき）の 窓口（まどぐち）に 聞（き）いてください。",
    ),
    "key_of_other_domain": (
        "署名した鍵は、名乗っている所のものではなく、別のドメインのものです。この文書は信用せず、公式の窓口に確かめてください。",
        "the key that signed this belongs to another domain than the one it claims; do not rely on it, ask the official window",
        "名前（なまえ）と 署名（しょめい）が 合（あ）いません。会社（かいしゃ）の 公式（こうしき）の 窓口（まどぐち）に 聞（き）いてください。",
    ),
    "key_not_valid": (
        "発行された時に、この鍵は有効期間の外でした。新しい署名で送り直すよう、公式の窓口に頼んでください。",
        "the key was not valid when this was issued; ask the official window to send it again, signed anew",
        "署名（しょめい）の とき、この 鍵（かぎ）は 使（つか）えない 鍵（かぎ）でした。公式（こうしき）の 窓口（まどぐち）に 聞（き）いてください。",
    ),
    "key_revoked": (
        "署名した鍵は失効しています。この文書は信用せず、公式の窓口に確かめてください。",
        "the key that signed this was revoked; do not rely on it, ask the official window",
        "この 鍵（かぎ）は もう 使（つか）えません。会社（かいしゃ）の 公式（こうしき）の 窓口（まどぐち）に 聞（き）いてください。",
    ),
    "signature": (
        "署名が正しくありません。途中で書き換えられたか、偽物です。公式の窓口に確かめてください。",
        "the signature does not hold: it was altered on the way, or is forged; ask the official window",
        "署名（しょめい）が 正（ただ）しく ありません。会社（かいしゃ）の 公式（こうしき）の 窓口（まどぐち）に 聞（き）いてください。",
    ),
    "expired": (
        "有効期限（{expires}）を過ぎています。新しいものを公式の窓口に頼んでください。",
        "its time was over on {expires}; ask the official window for a new one",
        "この 文書（ぶんしょ）の 期限（きげん）（{expires}）は 終（お）わりました。新（あたら）しい ものを もらってください。",
    ),
    "not_yet": (
        "発行の日時（{issued}）がまだ来ていません。こちらの機械の時計を確かめてください。合っていれば、公式の窓口に確かめてください。",
        "it is dated {issued}, which has not come yet; check the clock of this machine, and if it is right, ask the official window",
        "文書（ぶんしょ）の 日（ひ）と 時間（じかん）（{issued}）が まだ 来（き）ていません。機械（きかい）の 時計（とけい）を 見（み）てください。",
    ),
    "schema": (
        "署名つきの文書の中身が、決まった形ではありません。送り主に、形を直して送り直すよう頼んでください。",
        "the content of the signed statement is not in the form it must have; ask the sender to send it again in that form",
        "文書（ぶんしょ）の 中（なか）の 形（かたち）が 違（ちが）います。送（おく）った 人（ひと）に 聞（き）いてください。",
    ),
    "version": (
        "この文書は、ここで読める版（{version}）のものではありません。このプログラムを新しくしてから、もう一度開いてください。",
        "it is not of the version that can be read here ({version}); update this program and open it again",
        "この 文書（ぶんしょ）は 新（あたら）しい 形（かたち）です。プログラムを 新（あたら）しくして、もう一度（いちど） 開（ひら）いてください。",
    ),
    "type": (
        "ここで読める種類の文書（{expected}）ではありません。届いた文書の種類を確かめてください。",
        "it is not the kind of statement that is read here ({expected}); check which one you received",
        "ここで 読（よ）む 文書（ぶんしょ）では ありません。どの 文書（ぶんしょ）か 見（み）てください。",
    ),
    "issuer": (
        "発行者の書き方が正しくないか、署名した鍵と合いません。この文書は信用せず、送り主に確かめてください。",
        "the issuer is not written as it must be, or is not that of the key that signed; do not rely on it, ask the sender",
        "だれの 文書（ぶんしょ）か、名前（なまえ）が 合（あ）いません。送（おく）った 人（ひと）に 聞（き）いてください。",
    ),
    "addressee": (
        "別の事業者あての問い合わせです。あて先（{to}）を確かめてください。",
        "this inquiry is addressed to another company ({to}); check whom it is for",
        "ほかの 会社（かいしゃ）（{to}）への 問（と）い合（あ）わせです。",
    ),
    "replayed": (
        "同じ文書を、前に受け取っています。前のものを見てください。心当たりがなければ、公式の窓口に確かめてください。",
        "the same statement was received before; look at that one, and if this is unexpected, ask the official window",
        "同（おな）じ 文書（ぶんしょ）が 前（まえ）に 届（とど）いています。前（まえ）の ものを 見（み）てください。",
    ),
    "copy_differs": (
        "人が読むための写しが、署名された中身と違います。この添付は信用せず、公式の窓口に確かめてください。",
        "the copy for people to read differs from what was signed; do not rely on this attachment, ask the official window",
        "読（よ）む ための 写（うつ）しと、署名（しょめい）の 中身（なかみ）が 違（ちが）います。公式（こうしき）の 窓口（まどぐち）に 聞（き）いてください。",
    ),
}


class NotAccepted(Problem):
    """A statement that is not accepted; ``reason`` is one of `Reason` and never changes its meaning."""

    def __init__(self, reason: Reason, *, file: str | None = None, place: str | None = None, **values: object) -> None:
        """Say the sentence of ``reason`` with its places filled."""
        ja, en, easy = (text.format(**values) for text in SAID[reason])
        super().__init__(ja=ja, en=en, easy=easy, file=file, place=place)
        self.reason = reason


def place(error: ValidationError) -> str:
    """Return the place of the first thing that does not fit, such as ``body.items[0].tier``."""
    parts = error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
    way = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")
    # A key may be a stranger's: shortened, and nothing in it that cannot be printed.
    return "".join(letter if letter.isprintable() else "?" for letter in way[:80]) or "statement"
