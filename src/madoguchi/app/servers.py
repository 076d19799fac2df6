"""The mail servers that home.toml names: the one that takes this home's mail, and the mailbox that mail to it is read from."""

from ipaddress import ip_address
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from madoguchi.problem import Problem

Security = Literal["none", "starttls", "tls"]


class MailServer(BaseModel):
    """The SMTP server that takes this home's mail, and the address in From (``sender``).

    ``security`` is how the line is closed: ``starttls`` (mostly port 587), ``tls`` (mostly 465), or ``none``, which is
    for a server on this machine alone, since notices are personal data: `Problem` for any other host. ``user`` is the
    login, empty for none; its password never stands here but in ``keys/mail-password`` (`Home.mail_password`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field(default="", pattern=r"^\S*$")
    port: int = Field(default=25, ge=1, le=65535)
    security: Security = "none"
    user: str = Field(default="", pattern=r"^[!-~]*$")
    sender: str = Field(default="", pattern=r"^$|^[!-;=?A-~]+@[!-;=?A-~]+$")

    @model_validator(mode="after")
    def _is_safe_on_the_way(self) -> Self:
        if self.host and self.security == "none" and not _is_this_machine(self.host):
            raise Problem(
                ja="通知は個人情報なので、暗号化せずに別の計算機へは送れません。"
                'security に "starttls"（多くは587番ポート）か "tls"（多くは465番）と書いてください。',
                en="notices are personal data and do not go to another machine in the clear;"
                ' write security = "starttls" (mostly port 587) or "tls" (mostly 465)',
                place="mail.security",
            )
        return self


class Inbox(BaseModel):
    """The IMAP mailbox that mail to this home is read from: ``folder`` of ``user`` at ``host``; no host is no inbox.

    ``security`` as for `MailServer`; ``tls`` is mostly port 993. The password stands in ``keys/inbox-password``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field(default="", pattern=r"^\S*$")
    port: int = Field(default=993, ge=1, le=65535)
    security: Security = "tls"
    user: str = Field(default="", pattern=r"^[!-~]*$")
    folder: str = Field(default="INBOX", min_length=1)

    @model_validator(mode="after")
    def _is_safe_on_the_way(self) -> Self:
        if self.host and self.security == "none" and not _is_this_machine(self.host):
            raise Problem(
                ja='受信メールは個人情報です。暗号化せずに別の計算機からは読みません。security に "tls" か "starttls" と書いてください。',
                en="mail is personal data and is not read from another machine in the clear;"
                ' write security = "tls" (mostly port 993) or "starttls" (mostly 143)',
                place="inbox.security",
            )
        return self


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"
