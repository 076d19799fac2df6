"""The sample shop, and what its people knew when: made up, as a shop of this size would tell it."""

from datetime import date, timedelta
from typing import Any

DOMAIN = "mihon-zakka.example"
SHOP = {
    "name": "みほん雑貨店（架空の店）",
    "kana": "ミホンザッカテン",
    "postal_code": "000-0000",
    "address": "見本県見本市見本町1丁目2番3号",
    "representative": "見本 太郎",
    "contact_name": "見本 花子",
    "contact_department": "総務",
    "contact_phone": "03-0000-0001",
    "contact_email": f"office@{DOMAIN}",
    "desk_name": "お客様情報お問い合わせ窓口",
    "desk_phone": "0120-000-000",
    "desk_email": f"privacy@{DOMAIN}",
    "desk_hours": "平日 9:00〜17:30",
    "website": f"https://www.{DOMAIN}/",
    "domain": DOMAIN,
}
OWNER = (f"owner@{DOMAIN}", "見本 太郎")
MANAGER = (f"hanako@{DOMAIN}", "見本 花子")


def copied_as_remembered(today: date) -> dict[str, Any]:
    """Return story A as it is known on the second day: what, since when, that somebody meant it."""
    return {
        "known_on": today - timedelta(days=1),
        "events": ["leak"],
        "certainty": "occurred",
        "items": ["name"],
        "unlawful_purpose": "suspected",
        "encryption": "none",
        "login_opens": "payment",
        "occurred": today - timedelta(days=9),
        "discoverer": "other",
        "discoverer_text": "外部の専門機関から、当社のバックアップが第三者に取得されている旨の連絡がありました。",
        "summary": {
            "ja": "当社のウェブサーバーに置かれていたデータベースのバックアップが、外部の第三者に取得されました。",
            "en": "A backup of our database that lay on our web server was fetched by an outside third party.",
            "ja-easy": "お店（みせ）の データの コピーが、知（し）らない人（ひと）に 取（と）られました。",
        },
        "course": [
            {"date": today - timedelta(days=9), "text": "第三者がバックアップファイルを取得（アクセスログによる）"},
            {
                "date": today - timedelta(days=1),
                "text": "外部の専門機関からの連絡により判明。ファイルを公開領域から削除",
            },
        ],
        "investigation": "under_way",
        "entrusters": [],
        "entrustees": [],
        "media": ["electronic"],
        "people_kinds": ["customers"],
        "cause": {"actor": "unknown"},
        "secondary_harm": {
            "state": "possible",
            "detail": "現時点で不正な利用は確認していませんが、迷惑メールや、別のサービスでのパスワードの悪用のおそれがあります。",
        },
        "secondary_told": {
            "ja": "今のところ不正な利用は確認していませんが、迷惑メールや、同じパスワードを使っている別のサービスでの悪用にご注意ください。",
            "en": "We have seen no misuse so far; please beware of unwanted mail, and of other services where you use the same password.",
            "ja-easy": "今（いま）は、悪（わる）いことに 使（つか）われて いません。でも、知（し）らない メールと、同（おな）じ パスワードに 気（き）を つけて ください。",
        },
        "publication": {"state": "planned", "date": today + timedelta(days=1), "methods": ["web"]},
        "company_did": [
            {
                "ja": "問題のファイルを削除し、公開領域への外部からのアクセスを止めました。",
                "en": "We removed the file and closed the public folder.",
                "ja-easy": "ファイルを 消（け）しました。外（そと）から 見（み）えないように しました。",
            },
            {
                "ja": "会員の皆様のパスワードを無効にしました。次回ログイン時に再設定をお願いします。",
                "en": "We made all members' passwords invalid; please set a new one at your next login.",
                "ja-easy": "パスワードを 使（つか）えなく しました。新（あたら）しい パスワードを 作（つく）って ください。",
            },
        ],
        "not_affected": ["card_number", "card_security_code"],
        "others": {"police": "所轄の警察署に相談済み"},
        "investigating": ["4", "8"],
    }


def copied_in_the_end(today: date) -> dict[str, Any]:
    """Return what story A's investigation added: the cause, the measures, the publication."""
    return {
        "investigation": "done",
        "investigation_text": "外部の調査会社による調査が完了しました。",
        "cause": {
            "actor": "reporter",
            "kind": "misconfiguration",
            "detail": "サーバー移行時に作成したバックアップファイルが公開領域に残り、誰でも取得できる設定になっていた。",
        },
        "publication": {"state": "done", "date": today, "methods": ["web"]},
        "prevention": {
            "done": [
                {"text": "バックアップの保存先を公開領域の外に移し、暗号化した。", "date": today},
                {
                    "text": "公開領域のファイルを毎日点検し、許可のないファイルがあれば担当者に通知する仕組みを設けた。",
                    "date": today,
                },
            ],
            "planned": [{"text": "従業員全員に個人データの取扱いの研修を行う。", "date": today + timedelta(days=60)}],
        },
        "investigating": [],
    }


def skimmed_as_remembered(today: date) -> dict[str, Any]:
    """Return story B as it is known when the payment company has called: a page altered, a window, no list."""
    return {
        "known_on": today - timedelta(days=2),
        "events": ["leak"],
        "certainty": "suspected",
        "data_state": "being_acquired",
        "items": ["card_number"],
        "unlawful_purpose": "suspected",
        "discoverer": "card_company",
        "discoverer_text": "決済代行会社から、カード情報の漏えいの懸念があるとの連絡を受けました。",
        "summary": {
            "ja": "当社の決済ページが第三者に書き換えられ、入力されたカード情報が外部に送られていたおそれがあります。",
            "en": "A third party altered our payment page; card data typed there may have been sent outside.",
            "ja-easy": "お店（みせ）の 支払（しはら）いの ページが 変（か）えられました。カードの 番号（ばんごう）が 取（と）られたかも しれません。",
        },
        "course": [
            {"date": today - timedelta(days=2), "text": "決済代行会社からの連絡により判明。カード決済を停止"},
        ],
        "investigation": "planned",
        "investigation_text": "カード会社の求める調査機関（PFI）によるフォレンジック調査を依頼中",
        "media": ["electronic"],
        "people_kinds": ["customers"],
        "cause": {"actor": "reporter", "kind": "skimming"},
        "secondary_harm": {"state": "possible"},
        "publication": {"state": "considered"},
        "company_did": [
            {
                "ja": "クレジットカードでの決済を停止しました。",
                "en": "We stopped card payments.",
                "ja-easy": "カードでの 支払（しはら）いを 止（と）めました。",
            }
        ],
        "others": {"card_companies": "決済代行会社を通じてカード会社に報告済み"},
        "investigating": ["1", "3", "4", "8"],
    }


def skimmed_window(first: str, last: str) -> dict[str, Any]:
    """Return what the comparison of the page with its backup showed: the days on which it was altered."""
    return {
        "occurred": {"start": first, "end": last},
        "course": [
            {"date": first, "text": "決済ページが改ざんされる（ファイルの更新履歴による）"},
            {"date": last, "text": "サイトの定期更新により、改ざんされた部分が上書きされる"},
        ],
        "investigating": ["3", "4", "8"],
    }
