"""Mails checked a second, whole (read, signature, links, numbers), against their signature alone by dkimpy; addresses too.

With the folder of real data beside the project: the share of phishing addresses that carry their brand and are called
fake, and of other companies' domains that are.
"""

import base64
import csv
import gzip
import os
import statistics
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import dkim
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from common import ROUNDS, Row, paired, rate, tell
from madoguchi.authenticity import check_address, check_mail, hosts, lookalike

SHARED = Path(os.environ.get("MADOGUCHI_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data"
ADDRESSES = 1000  # a second, the aim
SURE = 0.95
WRONG = 0.002
BRANDS = {
    "Amazon": "amazon.co.jp",
    "三井住友カード": "smbc-card.com",
    "えきねっと": "eki-net.com",
    "Apple ID": "apple.com",
    "三菱UFJニコス": "mufg.jp",
    "楽天": "rakuten.co.jp",
    "メルカリ": "mercari.com",
    "ETC利用照会サービス": "etc-meisai.jp",
    "エポスカード": "eposcard.co.jp",
    "softbank": "softbank.jp",
    "ヤマト運輸": "kuronekoyamato.co.jp",
    "JCB": "jcb.co.jp",
    "総務省": "soumu.go.jp",
    "MICARD": "micard.co.jp",
    "NTT docomo": "docomo.ne.jp",
    "SAISON CARD": "saisoncard.co.jp",
    "BIGLOBE": "biglobe.ne.jp",
    "ヨドバシカメラ": "yodobashi.com",
    "アプラス": "aplus.co.jp",
    "NHK": "nhk.or.jp",
    "Orico": "orico.co.jp",
    "ポケットカード": "pocketcard.co.jp",
    "イオンカード": "aeon.co.jp",
}


def signed_mail() -> tuple[bytes, bytes]:
    """Return a signed Japanese mail of about 6 kB with a page beside its text, and its key record."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "見本雑貨 <info@mihon-zakka.co.jp>",
        "taro@user.example",
        "お知らせ",
    )
    line = "お客様の氏名とメールアドレスが漏えいした可能性がございます。https://www.mihon-zakka.co.jp/news/1 0120-111-222\n"
    message.set_content(line * 10)
    message.add_alternative("".join(f"<p>{line}</p>" for _ in range(10)), subtype="html")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = base64.b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    mail = message.as_bytes()
    return dkim.sign(mail, b"s", b"mihon-zakka.co.jp", private) + mail, b"v=DKIM1; k=rsa; p=" + public


def speed() -> None:
    """Measure one mail over and over, and addresses of many hosts."""
    mail, record = signed_mail()
    now = datetime.now(UTC)

    def ours() -> int:
        for _ in range(100):
            found = check_mail(mail, official=["mihon-zakka.co.jp"], dns=lambda _: [record], now=now)
            assert found.verdict == "genuine"
        return 100

    def peer() -> int:
        for _ in range(100):
            assert dkim.verify(mail, dnsfunc=lambda _, **__: record)
        return 100

    def addresses() -> int:
        for number in range(1000):
            check_address(f"https://mihon-{number}.shop{number}.example/{number}", official=["mihon-zakka.co.jp"])
        return 1000

    tell(Row("check: mails, signed, 6 kB", *paired(ours, peer), "a second", "dkimpy, the signature alone"))
    told = statistics.median(rate(addresses) for _ in range(ROUNDS))
    tell(Row("check: addresses", told, ADDRESSES, "a second", "the aim"))


def recall() -> None:
    """Count the phishing addresses whose host carries the brand's name."""
    carried = seen = 0
    with gzip.open(SHARED / "phishing_urls" / "jpcert_2019_2023.csv.gz", "rt", encoding="utf-8") as file:
        for _, url, brand in csv.reader(file):
            host = hosts.canonical(url.partition("://")[2].partition("/")[0].partition(":")[0])
            if brand not in BRANDS or host is None:
                continue
            if BRANDS[brand].split(".")[0].replace("-", "") in host.replace("-", ""):
                carried += 1
                seen += lookalike.of_host(host, hosts.official([BRANDS[brand]])) is not None
    tell(Row(f"check: fakes found of {carried:,} with the brand", seen / carried, SURE, "share", "the aim"))


def false_alarms() -> None:
    """Count the domains of honest companies that are called an imitation of a brand whose name they do not bear."""
    officials = [(domain.split(".")[0].replace("-", ""), hosts.official([domain])) for domain in BRANDS.values()]
    wrong = total = 0
    for path in sorted((SHARED / "legitimate_domains").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").split():
            host = hosts.canonical(line)
            if host is not None:
                total += 1
                flat = host.replace("-", "")
                wrong += any(name not in flat and lookalike.of_host(host, own) is not None for name, own in officials)
    tell(Row(f"check: false alarms of {total:,} domains", wrong / total, WRONG, "share", "the most allowed"))


if __name__ == "__main__":
    speed()
    if SHARED.is_dir():
        recall()
        false_alarms()
