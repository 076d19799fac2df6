"""What the verifier found in a case file that is not whole: one sentence each, in the three languages."""

from madoguchi.problem import LANGS, Lang, Problem

SAID: dict[str, tuple[str, str, str]] = {
    "too_large": (
        "ファイルが大きすぎて確かめられません（上限 {most} バイト）。届いたファイルか確かめてください。",
        "the file is too large to verify (limit {most} bytes); check that it is the file you received",
        "ファイルが 大（おお）きすぎます。届（とど）いた ファイルか 見（み）てください。",
    ),
    "no_case_file": (
        "これは窓口（Madoguchi）の記録ファイルではないようです。case-file.zip を指定してください。",
        "this does not seem to be a case file of Madoguchi; name the case-file.zip",
        "これは 窓口（まどぐち）の 記録（きろく）の ファイルでは ないようです。case-file.zip を 選（えら）んでください。",
    ),
    "repacked": (
        "圧縮し直されたか、作り直されています。届いたときのままのファイルを指定してください。",
        "it was packed anew; name the file as you received it",
        "作（つく）り直（なお）した ファイルです。届（とど）いた ときの ファイルを 選（えら）んでください。",
    ),
    "cut": (
        "先頭から {at} バイトの所で、ファイルが終わっています。",
        "the file ends after {at} bytes",
        "ファイルが {at} バイトで 終（お）わっています。",
    ),
    "cut_in": (
        "「{member}」の途中（先頭から {at} バイトの所）で、ファイルが終わっています。",
        'the file ends within "{member}", after {at} bytes',
        "「{member}」の 途中（とちゅう）で、ファイルが 終（お）わっています（{at} バイト）。",
    ),
    "container_at": (
        "先頭から {at} バイトの所が、作られたときのファイルと違います。",
        "the file differs from the one that was made after its first {at} bytes",
        "はじめから {at} バイトの ところが、作（つく）った ときと 違（ちが）います。",
    ),
    "container": (
        "zip の組み立てが、作られたときのファイルと違います。",
        "the zip is not put together as it was made",
        "zip の 形（かたち）が、作（つく）った ときと 違（ちが）います。",
    ),
    "member_changed": (
        "「{member}」が書き換えられています。",
        '"{member}" was changed',
        "「{member}」が 書（か）き換（か）えられています。",
    ),
    "header_changed": (
        "「{member}」の zip の見出し（先頭から {at} バイトの所）が書き換えられています。",
        'the zip header of "{member}" was changed (after the first {at} bytes of the file)',
        "「{member}」の zip の 見出（みだ）し（{at} バイトの ところ）が 書（か）き換（か）えられています。",
    ),
    "member_missing": (
        "「{member}」がありません。取り除かれています。",
        '"{member}" is missing; it was taken out',
        "「{member}」が ありません。",
    ),
    "member_added": (
        "「{member}」は、あとから加えられたものです。",
        '"{member}" was added later',
        "「{member}」は、後（あと）から 入（い）れた ものです。",
    ),
    "member_twice": (
        "「{member}」という名前のものが二つあります。",
        'two have one name, "{member}"',
        "「{member}」という 名前（なまえ）の ものが 二（ふた）つ あります。",
    ),
    "member_order": (
        "「{member}」からあと、中身の並び順が、作られたときと違います。",
        'from "{member}" on, the parts are out of order',
        "「{member}」から 後（うし）ろの 順番（じゅんばん）が、作（つく）った ときと 違（ちが）います。",
    ),
    "member_unknown": (
        "「{member}」は、記録のファイルにあるはずのないものです。",
        '"{member}" does not belong in a case file',
        "「{member}」は、この ファイルに あるはずの ない ものです。",
    ),
    "unreadable": (
        "決まった書き方になっていないため、読めません。",
        "this is not written in the one form that is allowed",
        "決（き）まった 書（か）き方（かた）では ないので、読（よ）めません。",
    ),
    "cut_line": (
        "最後の行が途中で切れています。",
        "the last line is cut off",
        "最後（さいご）の 行（ぎょう）が 途中（とちゅう）で 切（き）れています。",
    ),
    "index": (
        "記録の番号が続いていません（{expected} のはずが {found}）。抜けたか、入れ替わっています。",
        "the numbers of the record do not follow ({found} where {expected} must stand); one is missing or moved",
        "記録（きろく）の 番号（ばんごう）が 続（つづ）いていません（{expected} では なく {found}）。",
    ),
    "time_order": (
        "時刻が前の行より古くなっています。",
        "the time is earlier than in the line before",
        "時間（じかん）が 前（まえ）の 行（ぎょう）より 古（ふる）いです。",
    ),
    "head_size": (
        "この署名の件数（{size}）が、記録と合いません。",
        "the size of this head ({size}) does not fit the record",
        "この 署名（しょめい）の 数（かず）（{size}）が、記録（きろく）と 合（あ）いません。",
    ),
    "head_time": (
        "署名の時刻が、署名された記録より前になっています。",
        "the head is older than the record it signs",
        "署名（しょめい）の 時間（じかん）が、記録（きろく）より 前（まえ）です。",
    ),
    "root": (
        "署名されたあとで、記録が変えられています（{size} 件までの間）。",
        "the record was changed after it was signed (within its first {size} entries)",
        "署名（しょめい）の 後（あと）で、記録（きろく）が 変（か）えられました（{size} 件（けん）までの 間（あいだ））。",
    ),
    "other_log": (
        "ほかの記録の署名が混じっています。",
        "this belongs to another log",
        "ほかの 記録（きろく）の ものが 入（はい）っています。",
    ),
    "no_key": (
        "署名した鍵（{kid}）が、このファイルの鍵の一覧にありません。",
        "the key that signed this ({kid}) is not among the keys of the file",
        "署名（しょめい）した 鍵（かぎ）（{kid}）が、ファイルの 中（なか）に ありません。",
    ),
    "key_time": (
        "署名の時刻に、この鍵（{kid}）は有効ではありませんでした。",
        "the key ({kid}) was not valid at the time of this signature",
        "署名（しょめい）の とき、この 鍵（かぎ）（{kid}）は 使（つか）えない 鍵（かぎ）でした。",
    ),
    "key_revoked": (
        "署名した鍵（{kid}）は失効しています。署名がその前に行われたことを示すものがありません。",
        "the key ({kid}) was revoked, and nothing shows that this signature was made before",
        "この 鍵（かぎ）（{kid}）は、もう 使（つか）えない 鍵（かぎ）です。署名（しょめい）が その 前（まえ）か どうか、分（わ）かりません。",
    ),
    "signature": (
        "署名が正しくありません。",
        "the signature does not hold",
        "署名（しょめい）が 正（ただ）しく ありません。",
    ),
    "not_among_keys": (
        "署名した鍵（{kid}）が、--keys で渡された公開鍵の中にありません。だれが署名したか確かめられません。",
        "the key that signed ({kid}) is not among those given with --keys; who signed cannot be told",
        "署名（しょめい）した 鍵（かぎ）（{kid}）が、--keys の 中（なか）に ありません。だれの 署名（しょめい）か 分（わ）かりません。",
    ),
    "seal_log": (
        "封にある件数または root が、入っている記録と合いません。記録が切り取られたか、付け足されています。",
        "the size or root under the seal is not that of the record; entries were cut off or added",
        "封（ふう）の 中（なか）の 数（かず）と、記録（きろく）の 数（かず）が 合（あ）いません。",
    ),
    "payload_order": (
        "開示された内容の並び順が違うか、同じものが二つあります。",
        "the disclosed payloads are out of order, or one stands twice",
        "内容（ないよう）の 順番（じゅんばん）が 違（ちが）うか、同（おな）じ ものが 二（ふた）つ あります。",
    ),
    "payload": (
        "開示された内容が、記録 {index} と合いません。内容が変えられています。",
        "the disclosed payload does not match entry {index}; it was changed",
        "内容（ないよう）が、記録（きろく） {index} と 合（あ）いません。",
    ),
    "no_entry": (
        "記録 {index} はありません。",
        "there is no entry {index}",
        "記録（きろく） {index} は ありません。",
    ),
    "part": (
        "この部分が、記録 {index} の一括処理に含まれていたことを確かめられません。",
        "nothing shows that this part belonged to the batch of entry {index}",
        "この 部分（ぶぶん）が、記録（きろく） {index} の 中（なか）に あったか、分（わ）かりません。",
    ),
    "file_unknown": (
        "この書類を挙げた記録が開示されていません。",
        "no disclosed entry names this document",
        "この 書類（しょるい）の ことを 書（か）いた 記録（きろく）が ありません。",
    ),
    "file": (
        "この書類が、記録にあるもの（SHA-256）と違います。",
        "this document is not the one in the record (SHA-256)",
        "この 書類（しょるい）が、記録（きろく）の 書類（しょるい）と 違（ちが）います。",
    ),
    "more": (
        "このほかに {count} 件の食い違いがあります。",
        "there are {count} more",
        "ほかにも {count} 件（けん） あります。",
    ),
}


# What is still as it was, said beside the problems.
INTACT: dict[str, tuple[str, str, str]] = {
    "record": (
        "記録 {entries} 件とその署名は元のままです。",
        "The {entries} entries of the record and their signatures are unchanged.",
        "記録（きろく） {entries} 件（けん）と その 署名（しょめい）は、元（もと）の ままです。",
    ),
    "documents": (
        "ほかの書類 {documents} 点も元のままです。",
        "Other documents that are unchanged: {documents}.",
        "ほかの 書類（しょるい） {documents} 点（てん）も、元（もと）の ままです。",
    ),
}


def intact(name: str, **values: object) -> dict[Lang, str]:
    """Return sentence ``name`` of what is unchanged, by language."""
    return dict(zip(LANGS, (text.format(**values) for text in INTACT[name]), strict=True))


def problem(name: str, place: str | None = None, **values: object) -> Problem:
    """Return sentence ``name`` with its places filled, found at ``place``."""
    ja, en, easy = (text.format(**values) for text in SAID[name])
    return Problem(ja=ja, en=en, easy=easy, place=place)
