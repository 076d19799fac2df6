"""Made-up companies with a mail system of their own: keys, a DNS that answers from memory, signed mails."""

import base64
from datetime import UTC, datetime
from email.message import EmailMessage

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

NOW = datetime.now(UTC)  # the signatures of these tests are made now


class Post:
    """A mail system that signs for any domain, and the DNS records that belong to it."""

    def __init__(self) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
        self.private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.record = "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode()
        self.asked: list[str] = []

    def dns(self, name: str) -> list[bytes]:
        """Answer for every domain there is, and remember who was asked about."""
        self.asked.append(name)
        return [self.record.encode()]

    def sign(self, mail: bytes, domain: str, *, headers: list[bytes] | None = None, **more) -> bytes:
        """Return the mail with a signature of ``domain`` by another program than ours."""
        return dkim.sign(mail, b"s1", domain.encode(), self.private, include_headers=headers, **more) + mail


@pytest.fixture(scope="session")
def post() -> Post:
    """Return the mail system of these tests."""
    return Post()


def _write(case: dict) -> bytes:
    message = EmailMessage()
    message["From"] = case.get("from", "見本商店 <info@mihon-zakka.co.jp>")
    message["To"] = case.get("to", "taro@user.example")
    message["Subject"] = case.get("subject", "お客様の情報についてのお知らせ")
    for name, key in (("Reply-To", "reply_to"), ("Return-Path", "return_path")):
        if key in case:
            message[name] = case[key]
    message.set_content(case.get("text", "お客様の情報が漏えいした可能性がございます。"))
    if "html" in case:
        message.add_alternative(case["html"], subtype="html")
    if "attachment" in case:
        message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=case["attachment"])
    return message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


@pytest.fixture
def write():
    """Return a function that makes a mail of a case."""
    return _write


@pytest.fixture
def now() -> datetime:
    """Return the instant of these tests."""
    return NOW
