"""One SMTP connection, kept open over many messages, that tells apart what happened to each."""

import smtplib
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

from madoguchi.app.home import MailServer
from madoguchi.problem import Problem

TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class Outcome:
    """What became of a message: ``later`` may be tried again, ``unsure`` must not be without a person's decision."""

    state: Literal["sent", "failed", "later", "unsure"]
    answer: str


class SmtpConnection:
    """A connection to the home's mail server; use it as a context manager. `Problem` when there is no server."""

    def __init__(self, server: MailServer) -> None:
        """Open nothing yet."""
        self.server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Connect."""
        self._connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say good-bye, if the server still listens."""
        self._drop(politely=True)

    def send(self, *, sender: str, recipient: str, raw: bytes) -> Outcome:
        """Hand one message over and return what became of it.

        Before the last byte of the message went out, a broken line means *later*; from then until the server's answer
        it means *unsure*: the server may have taken it (RFC 5321 section 6.1 knows this window too).
        """
        try:
            smtp = self._smtp or self._connect()
        except Problem as problem:
            return Outcome("later", problem.say("en"))
        try:
            for code, words in (smtp.mail(sender), smtp.rcpt(recipient)):
                if code not in (250, 251):
                    smtp.rset()
                    return _refused(code, words)
            code, words = smtp.docmd("DATA")
            if code != 354:
                smtp.rset()
                return _refused(code, words)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Outcome("later", _short(error))
        try:
            # Lines that begin with a dot are doubled (RFC 5321 section 4.5.2); the message has CRLF ends already.
            smtp.send(raw.replace(b"\r\n.", b"\r\n..") + (b".\r\n" if raw.endswith(b"\r\n") else b"\r\n.\r\n"))
            code, words = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Outcome("unsure", _short(error))
        return Outcome("sent", _words(code, words)) if code == 250 else _refused(code, words)

    def _connect(self) -> smtplib.SMTP:
        try:
            smtp = smtplib.SMTP(self.server.host, self.server.port, timeout=TIMEOUT_SECONDS)
            smtp.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as error:
            raise Problem(
                ja=f"メールサーバーにつながりません（{_short(error)}）。home.toml の [mail] と、サーバーが動いているかを"
                "確かめてください。通知は送信待ちのまま残っています。",
                en=f"the mail server cannot be reached ({_short(error)}); check [mail] in home.toml and that the server runs."
                " The notices stay queued",
                place=f"{self.server.host}:{self.server.port}",
            ) from None
        self._smtp = smtp
        return smtp

    def _drop(self, *, politely: bool = False) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            if politely:
                smtp.quit()
            smtp.close()
        except (smtplib.SMTPException, OSError):
            smtp.close()


def _refused(code: int, words: bytes) -> Outcome:
    """Return a refusal: 5xx is final, all else may be tried again (RFC 5321 section 4.2.1)."""
    return Outcome("failed" if 500 <= code < 600 else "later", _words(code, words))


def _words(code: int, words: bytes) -> str:
    return f"{code} {words.decode('utf-8', 'replace')}"[:300]


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
