"""How much a decoded text looks like something a person in Japan wrote: the judge between two encodings that both decode."""

import functools
import re
import unicodedata
from collections import Counter

FREQUENT = frozenset(
    # Kanji that carry most Japanese text, and above all names, addresses and headings of tables.
    "一二三四五六七八九十百千万円年月日時分人名前後上下左右中大小高低新旧東西南北京都道府県市区町村郡丁目番地号室階棟"
    "山川田中村井木林森石原野谷沢島崎橋本藤佐伊加斎渡辺鈴高松竹梅池岡久保内外清水吉長青赤白黒金銀福富永安平和正美子"
    "男女夫妻父母児郎介太雄一之幸恵代香里奈央優真由紀智明浩隆健剛誠勝進茂武弘博秀和博文章宏英樹弥洋翔斗蓮結愛花菜莉"
    "会社員氏住所電話番号郵便性別生年齢職業勤務先支店部課長株式有限合同顧客注文商品購入履歴金額税込送料合計数量単価"
    "配送届登録更新削除変更確認発行期限有効無状態備考口座銀行振込決済支払済未請求書領収利用者個人情報漏洩流出事故対応"
    "問合連絡先担当責任管理者様御中殿係受付返品交換在庫予約出荷完了開始終了曜土火水木金週間午前午後今昨明来去"
    "国語学校教育病院医師看護検査結果薬健康保険証券免許旅行写真位置場所入力出力表示設定種類項目内容説明件数回目的方法"
    "思行見言気自分手私何事者物的社間体力同動理定立開化全部成実現意経済主要政民主法律条約権公共産業工場業務機械作用"
    "関係最高初次第々以上以下未満可不能必要重要特別一般共通基本他各約毎再再度元気心声話読書聞知食飲服車駅空港海岸"
    "大阪京神奈川埼玉千葉茨城栃群馬新潟富石福長野岐阜静愛知三重滋賀兵庫和歌鳥取島根岡広徳香媛高熊宮鹿児沖縄北海青岩手秋形"
    "通知報告対象調査原因被害可能防止策委託外部不正認証暗号化権利義務規則対策実施安全措置"
    "小笠原宇遠近江戸浜港台丘坂坪塚泉沼津船越若荒菊葉藤菅服丸杉桜栗柴桑相戸尾片倉飯飛早星春夏秋冬雨雪風光"
)
_KANA = re.compile("[\uff66-\uff9f]+")
_HALF = re.compile("[\uff61-\uff9f]+")
_ODD_KANA = re.compile(
    # A voicing mark after a kana that has no voiced form, a small kana, a prolonging mark or ﾝ where no word starts.
    "(?<![ｳｶ-ﾄﾊ-ﾎ])ﾞ|(?<![ﾊ-ﾎ])ﾟ|(?<![\uff66-\uff9f])[ｧ-ｯｰﾝ]|(?<![ｲ-ﾝﾞﾟ])[ｬ-ｮ]|[ﾞﾟ]{2}|[ｧ-ｮ]{2}|[､｡･｢｣](?=[ﾞﾟｰｧ-ｯ])"
)
_LATIN_BESIDE = re.compile("[A-Za-z][\uff61-\uff9f]{1,3}(?=[A-Za-z])|[A-Za-z][\uff61-\uff9f]{2}(?![\uff61-\uff9f])")

_RARE_KANA = "ﾇﾈﾍﾎﾑﾕﾙﾚﾛﾜｦｧｩｪｫ"
"""Kana that names and addresses seldom have; the others carry nine in ten of their syllables."""

BROKEN = -8.0
"""Weight of an unreadable byte."""


@functools.lru_cache(maxsize=16_384)
def weight(char: str) -> float:
    """Return how likely a character is in Japanese text, for each of its bytes: above 1 likely, below 0 a sign of a mistake."""
    if char < "\x80":
        return 0.0 if char >= " " or char in "\t\n\r\f\x1b" else -4.0
    if "\udc80" <= char <= "\udcff":
        return BROKEN
    if "\u3041" <= char <= "\u3096" or char in FREQUENT:
        return 1.5
    if "\u30a1" <= char <= "\u30fe" or char in "、。「」『』・〒々〆（）ー～〜：￥　－−※":
        return 1.3
    if "\uff66" <= char <= "\uff9f":
        return 0.1 if char in _RARE_KANA else 0.75
    if "\uff01" <= char <= "\uff5e":
        return 1.0
    if "\uff61" <= char <= "\uff65":
        return -0.4
    if "\u4e00" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff":
        return _kanji(char)
    return _elsewhere(char)


def _kanji(char: str) -> float:
    """Return the weight by the level of JIS X 0208: level 1 is what is used, level 2 what exists."""
    try:
        code = int.from_bytes(char.encode("cp932"), "big")
    except UnicodeEncodeError:
        return -1.5
    if 0x889F <= code <= 0x9872:
        return 0.65
    return -0.8 if code <= 0xEAA4 else -0.3


def _elsewhere(char: str) -> float:
    """Return the weight of what is neither kana nor kanji."""
    if char <= "\x9f" or "\uf8f0" <= char <= "\uf8ff":
        return -6.0  # C1 controls, and what CP932 makes of FD to FF
    if "\ue000" <= char <= "\uf8ff":
        return -2.5  # a company's own characters (外字): they exist
    if "\u00a0" <= char <= "\u024f":
        return 0.4
    if "\u2010" <= char <= "\u203e" or "\u2460" <= char <= "\u24ff" or "\u3200" <= char <= "\u33ff":
        return 0.5
    if "\u0370" <= char <= "\u04ff" or "\u2500" <= char <= "\u257f":
        return -0.5
    if "\uac00" <= char <= "\ud7a3" or "\u2100" <= char <= "\u26ff" or char in "\ufeff\ufffd\u200d\ufe0f":
        return 0.2
    if "\U0001f300" <= char <= "\U0001faff" or "\U00020000" <= char <= "\U0002ebef":
        return 0.2
    return -4.0 if unicodedata.category(char) in {"Cn", "Cc", "Cs"} else -0.8


def score(text: str, encoding: str) -> float:
    """Return the sum of weight times bytes over ``text``, in which unreadable bytes are U+DC80 to U+DCFF."""
    total = sum(weight(char) * count * _bytes(char, encoding) for char, count in Counter(text).items())
    if _KANA.search(text):
        if encoding == "euc_jp":
            # Each of them is written 8E + byte, which CP932 reads as kanji of one and the same row.
            total += sum(1.8 * len(run) for run in _KANA.findall(text) if len(run) > 2)
        total -= 2.5 * len(_ODD_KANA.findall(text)) + 2.0 * len(_LATIN_BESIDE.findall(text))
    if encoding == "cp932":
        # EUC-JP read as CP932 is half-width kana in runs of even length, all of them; real kana are so by chance.
        runs = [len(run) for run in _HALF.findall(text)]
        total -= 1.5 * len(runs) if len(runs) > 1 and not any(length % 2 for length in runs) else 0.0
    return total


def _bytes(char: str, encoding: str) -> int:
    """Return about how many bytes a character takes in ``encoding``."""
    if "\udc80" <= char <= "\udcff":
        return 1
    if encoding.startswith("utf-16"):
        return 2
    if char < "\x80" or (encoding == "cp932" and "\uff61" <= char <= "\uff9f"):
        return 1
    return len(char.encode("utf-8", "replace")) if encoding == "utf-8" else 2
