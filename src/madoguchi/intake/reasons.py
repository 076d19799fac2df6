"""Why a file was not read: one sentence each, with what to do next."""

from madoguchi.intake.limits import Limits

Reason = tuple[str, str]
"""Japanese and English."""

EMPTY: Reason = (
    "ファイルが空です。書き出しが途中で失敗していないか確かめてください。",
    "the file is empty; check whether its export failed",
)
LINK_OUT: Reason = (
    "リンクの先が指定されたフォルダーやアーカイブの外にあるため、読みません。必要なら元のファイルを指定してください。",
    "a link that leads out of what was given is not followed; name the file itself if it is needed",
)
SPECIAL: Reason = (
    "通常のファイルではありません（装置やパイプなど）。内容をファイルに保存して指定してください。",
    "not an ordinary file (a device or a pipe); save its content to a file and name that",
)
LOCKED: Reason = (
    "パスワードで保護されています。パスワードを使って開き、取り出したファイルを指定してください。",
    "protected by a password; open it with the password and name the files taken out",
)
OVERLAP: Reason = (
    "アーカイブの中身が互いに重なっています（展開爆弾の作り）。開きません。入手元を確かめてください。",
    "entries of the archive overlap, as in a decompression bomb; it was not opened, check where it came from",
)
MEMORY: Reason = (
    "開くためのメモリーが足りません。ファイルを分けてください。",
    "not enough memory to open it; split the file",
)


def closed(kind: str) -> Reason:
    """Return why an archive of a kind we cannot open stays closed."""
    return (
        f"{kind} 形式のアーカイブはまだ開けません。別のソフトで展開し、中のファイルを指定してください。",
        f"archives of kind {kind} cannot be opened yet; unpack it with another program and name the files in it",
    )


def packing(number: int) -> Reason:
    """Return why a zip member in an unusual compression stays closed."""
    return (
        f"読めない圧縮方式（{number}番）です。別のソフトで展開し、中のファイルを指定してください。",
        f"compressed by a method that cannot be read (number {number}); unpack it with another program",
    )


def too_deep(limits: Limits) -> Reason:
    """Return why an archive inside too many archives stays closed."""
    return (
        f"アーカイブの入れ子が深すぎます（上限{limits.depth}段）。手で展開して指定してください。",
        f"archives are nested too deep (limit {limits.depth}); unpack it by hand",
    )


def too_many(limits: Limits) -> Reason:
    """Return why the files after the limit were left out."""
    return (
        f"ファイルが多すぎます（上限{limits.files:,}件）。ここから先は読みません。いくつかに分けて指定してください。",
        f"too many files (limit {limits.files:,}); what follows was not read, give them in several runs",
    )


def too_big(size: int, room: int) -> Reason:
    """Return why an archive that needs ``size`` bytes was not opened (``room`` bytes were left)."""
    return (
        f"展開すると大きすぎます（{size:,}バイト以上、残り{room:,}バイト）。手で展開して、必要なファイルだけを指定してください。",
        f"unpacks to too much ({size:,} bytes or more, {room:,} left); unpack it by hand and name what is needed",
    )


def too_dense(ratio: int, limits: Limits) -> Reason:
    """Return why what unpacks to ``ratio`` times its size was not opened."""
    return (
        f"圧縮率が異常です（{ratio:,}倍以上、上限{limits.ratio}倍）。展開爆弾のおそれがあるため開きません。入手元を確かめてください。",
        f"packed {ratio:,} times or more (limit {limits.ratio}), as in a decompression bomb; check where it came from",
    )


def damaged(what: str, kept: int) -> Reason:
    """Return why the rest of a damaged archive or member is missing; ``kept`` bytes before the damage were read."""
    ja = f"先頭の{kept:,}バイトだけを読みました。" if kept else ""
    en = f"; its first {kept:,} bytes were read" if kept else ""
    return (
        f"壊れているか、途中で切れています（{what}）。{ja}元のファイルを取り直してください。",
        f"damaged or cut off ({what}){en}; get the file again",
    )


def system(text: str | None) -> Reason:
    """Return why the system did not give a file."""
    return (
        f"ファイルを読めません（{text}）。読み取りの許可を確かめてください。",
        f"the file cannot be read ({text}); check that you may read it",
    )
