"""What lies between the two homes of the demo: the post office, the web site, and the mails of others."""

import base64
import csv
import json
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from madoguchi.app.demo import shop
from madoguchi.app.demo.places import Customer, Places
from madoguchi.app.demo.post_office import SELECTOR, PostOffice
from madoguchi.app.demo.sample import Sample
from madoguchi.app.demo.web import Web
from madoguchi.intake import mail as mails

SWINDLER = "help@mihon-zakka-support.example"
ORDER = """{name} 様

ご注文ありがとうございます。

ご注文番号：D-000417
商品：ガラスの花瓶　1点

商品の発送まで、しばらくお待ちください。

{shop}
"""
FAKE = """{name} 様

お問い合わせの件でご連絡いたします。
カード情報の安全確認のため、24時間以内に下記のページでカード番号と暗証番号をご入力ください。
確認できない場合は、アカウントを停止いたします。

http://mihon-zakka-support.example/verify

みほん雑貨店 サポートセンター
"""


@contextmanager
def opened(folder: Path, sample: Sample) -> Iterator[tuple[PostOffice, Places]]:
    """Open the post office and the web site, and write down where everything lies."""
    customer, gone = _two_customers(sample)
    mailboxes = {customer.email: folder / "person" / "mailbox", shop.SHOP["desk_email"]: folder / "company" / "mailbox"}
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    office = PostOffice(folder / "post-office", mailboxes=mailboxes, gone={gone}, keys={shop.DOMAIN: pem})
    web = Web(folder / "web" / "site", [shop.DOMAIN, f"www.{shop.DOMAIN}"], folder / "web" / "keys")
    with office, web:
        places = Places(out=folder, post=office.port, web=web.port, customer=customer, gone=gone)
        places.write(folder / "places.json")
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        record = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
        told = {f"{SELECTOR}._domainkey.{shop.DOMAIN}": {"TXT": [record]}}
        places.dns.write_text(json.dumps(told, indent=1), encoding="utf-8")
        yield office, places


def order_mail(places: Places) -> None:
    """Have the shop's order system thank the customer for an order, long before anything happened."""
    text = ORDER.format(name=places.customer.name, shop=shop.SHOP["name"])
    message = _mail(f"order@{shop.DOMAIN}", shop.SHOP["name"], places.customer.email, "ご注文の確認", text)
    _post(places, message, f"order@{shop.DOMAIN}")


def fake_support(places: Places) -> None:
    """Have a swindler, who has read the shop's mailbox, answer the customer's last inquiry in its thread."""
    last = max(places.mailbox("company").glob("*.eml"))
    text = FAKE.format(name=places.customer.name)
    message = _mail(SWINDLER, "みほん雑貨店 サポートセンター", places.customer.email, "Re: お問い合わせの件", text)
    message["In-Reply-To"] = message["References"] = mails.read(last.read_bytes()).message_id
    _post(places, message, SWINDLER)


def _two_customers(sample: Sample) -> tuple[Customer, str]:
    """Return a customer of both stories, and the address of another one of story A, who has moved away."""
    with sample.people.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    both = next(row for row in rows if row["会員番号"] in sample.in_dump & sample.within_reach)
    other = next(row for row in rows if row["会員番号"] in sample.in_dump - sample.within_reach)
    customer = Customer(
        number=both["会員番号"],
        name=both["氏名"],
        kana=both.get("フリガナ", ""),
        email=both["メールアドレス"].lower(),
        address=both["住所"],
    )
    return customer, other["メールアドレス"].lower()


def _mail(sender: str, name: str, to: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = Address(name, addr_spec=sender), to, subject
    message["Date"], message["Message-ID"] = (
        format_datetime(datetime.now(UTC)),
        make_msgid(domain=sender.partition("@")[2]),
    )
    message.set_content(text, cte="base64")
    return message


def _post(places: Places, message: EmailMessage, sender: str) -> None:
    with smtplib.SMTP("127.0.0.1", places.post, local_hostname="localhost") as smtp:
        smtp.send_message(message, sender, [places.customer.email])
