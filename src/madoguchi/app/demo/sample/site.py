"""The made-up shop's web site: the pages that its customers can find, as small shops have them."""

from html import escape
from pathlib import Path

PAGE = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>{title}｜{name}</title><link rel="canonical" href="{url}"></head>
<body><header><a href="/">{name}</a></header>
<main><h1>{title}</h1>
{body}
</main>
<footer><a href="/privacy.html">個人情報保護方針</a> <a href="/tokushoho.html">特定商取引法に基づく表記</a>
<a href="/contact.html">お問い合わせ</a></footer></body></html>
"""
PAGES = {
    "index.html": ("暮らしの雑貨", "<p>毎日の暮らしに役立つ雑貨をお届けします。</p>"),
    "privacy.html": (
        "個人情報保護方針",
        """<p>{name}（以下「当店」といいます）は、お客様の個人情報を適切に取り扱います。</p>
<h2>利用目的</h2><p>ご注文の商品の発送、お支払いの確認、お問い合わせへの対応のために利用します。</p>
<h2>安全管理措置</h2><p>取扱いの責任者を定め、従業員への教育を行い、通信を暗号化しています。</p>
<h2>開示等のご請求</h2><p>開示、訂正、利用停止等のご請求は、下記の窓口で承ります。手数料はいただきません。</p>
<h2>個人情報に関するお問い合わせ窓口</h2>
<p>{desk_name}<br>メール：<a href="mailto:{desk_email}">{desk_email}</a><br>電話：{desk_phone}（{desk_hours}）</p>""",
    ),
    "tokushoho.html": (
        "特定商取引法に基づく表記",
        """<table><tr><th>販売業者</th><td>{name}</td></tr><tr><th>運営責任者</th><td>{representative}</td></tr>
<tr><th>所在地</th><td>〒{postal_code} {address}</td></tr><tr><th>電話番号</th><td>{desk_phone}</td></tr>
<tr><th>メールアドレス</th><td>{contact_email}</td></tr></table>""",
    ),
    "contact.html": (
        "お問い合わせ",
        """<p>商品やご注文についてのお問い合わせは、こちらからお送りください。</p>
<form method="post" action="/contact"><label>お名前 <input name="name"></label>
<label>メールアドレス <input name="email"></label>
<label>お問い合わせ内容 <textarea name="message"></textarea></label><button>送信</button></form>""",
    ),
}


def write_site(folder: Path, shop: dict[str, str], *, address: str) -> None:
    """Write the pages of ``shop`` (the fields of `demo.shop.SHOP`) as they stand at ``address``, with a robots.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {key: escape(value) for key, value in shop.items()}
    for file, (title, body) in PAGES.items():
        page = PAGE.format(title=title, name=told["name"], url=f"{address}{file}", body=body.format(**told))
        (folder / file).write_text(page, encoding="utf-8")
    (folder / "robots.txt").write_text("User-agent: *\nAllow: /\n", encoding="utf-8")
