"""PDF notices a second with one compiler for all, against a new compiler for each."""

from datetime import date

from common import Row, paired, tell
from madoguchi.letters import notice, render
from madoguchi.letters.render import as_pdf

EACH = 20


def main() -> None:
    """Measure the notice of a person with nine items, Japanese, font embedded."""
    items = (
        "name",
        "name_kana",
        "address",
        "phone",
        "email",
        "birth_date",
        "member_id",
        "password_hash",
        "purchase_history",
    )
    letters = [
        notice.make(
            notice.NoticeFacts(
                date=date(2026, 11, 21), company="みほん雑貨店（架空の店）", person=f"見本 {number}", proved=items
            ),
            "ja",
        )
        for number in range(EACH)
    ]

    def ours() -> int:
        return sum(1 for _ in render.pdfs(letters))

    def each_alone() -> int:
        for letter in letters[:5]:
            as_pdf._compiler.cache_clear()  # noqa: SLF001 - the peer is what it would be without the cache
            render.pdf(letter)
        return 5

    ours_rate, alone_rate = paired(ours, each_alone)
    tell(Row("letters: PDF notices, one compiler", ours_rate, alone_rate, "a second", "a new compiler each"))


if __name__ == "__main__":
    main()
