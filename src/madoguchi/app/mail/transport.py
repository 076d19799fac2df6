"""One SMTP connection, kept open over many messages, that tells apart what happened to each."""

import re
import smtplib
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

from madoguchi.app.home import MailServer
from madoguchi.app.mail.message import can_go_out, deliverable
from madoguchi.app.mail.server import SMTP_ERRORS, TIMEOUT_SECONDS, connect, one_line, short
from madoguchi.problem import Problem

# RFC 5321 section 4.5.3.2.6: servers look through a message before they answer; whoever gives up earlier never learns
# that it was taken.
ANSWER_SECONDS = 600.0
ANSWER_LETTERS = 300
# The server wants a login or encryption first (RFC 4954 section 6, RFC 3207 section 4): said of us, not of the message.
OF_US = (530, 534, 535, 538)
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,=]+@[^\s<>()\[\]:;,]+")


@dataclass(frozen=True)
class Outcome:
    """What became of a message: ``later`` may be tried again, ``unsure`` must not be without a person's decision.

    ``answer`` is the server's own words in one line, without addresses: it is kept in the clear.
    """

    state: Literal["sent", "failed", "later", "unsure"]
    answer: str


class SmtpConnection:
    """A connection to the home's mail server; use it as a context manager. `Problem` when there is no server.

    ``gone`` is True once the line broke and the server could not be reached again.
    """

    def __init__(
        self,
        server: MailServer,
        password: str = "",
        *,
        timeout: float = TIMEOUT_SECONDS,
        answer_timeout: float = ANSWER_SECONDS,
    ) -> None:
        """Open nothing yet. ``timeout`` is for a command, ``answer_timeout`` for a whole message, both in seconds."""
        self.server = server
        self.gone = False
        self._password = password
        self._timeout, self._answer_timeout = timeout, answer_timeout
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
        it means *unsure*: the server may have taken it (RFC 5321 section 6.1 knows this window too). A refusal for good
        is *failed*, but one of the sender is of no message: it is *later*, until somebody has mended home.toml.
        """
        to = deliverable(recipient)
        if to is None or not can_go_out(raw):
            why = "bare line ends, 8 bits or an overlong line" if to else "not an address that mail can be sent to"
            return Outcome("failed", f"not sent: {why}")
        try:
            smtp = self._smtp or self._connect()
        except Problem as problem:
            self.gone = True
            return Outcome("later", one_line(problem.say("en"))[:ANSWER_LETTERS])
        try:
            code, words = smtp.docmd("MAIL", f"FROM:<{deliverable(sender) or sender}>")
            if code != 250:
                return self._refused(code, words, to, of_us=True)
            code, words = smtp.docmd("RCPT", f"TO:<{to}>")
            if code not in (250, 251):
                return self._refused(code, words, to)
            code, words = smtp.docmd("DATA")
            if code != 354:
                return self._refused(code, words, to)
            # An error here means that the last byte never left: socket.sendall would have taken it otherwise.
            smtp.send(_dotted(raw))
        except SMTP_ERRORS as error:
            self._drop()
            return Outcome("later", _words(short(error), to))
        return self._answer(smtp, to)

    def _answer(self, smtp: smtplib.SMTP, to: str) -> Outcome:
        """Return what the server says of the whole message."""
        assert smtp.sock
        try:
            smtp.sock.settimeout(self._answer_timeout)
            code, words = smtp.getreply()
            smtp.sock.settimeout(self._timeout)
        except SMTP_ERRORS as error:
            self._drop()
            return Outcome("unsure", _words(short(error), to))
        if 200 <= code < 300:
            return Outcome("sent", _words(words, to, code))
        if not 400 <= code < 600:  # no answer to this question; who knows what it took
            self._drop()
            return Outcome("unsure", _words(words, to, code))
        return self._refused(code, words, to)

    def _connect(self) -> smtplib.SMTP:
        self._smtp = connect(self.server, self._password, timeout=self._timeout)
        return self._smtp

    def _refused(self, code: int, words: bytes, to: str, *, of_us: bool = False) -> Outcome:
        """Return a refusal, 5xx for good, all else for now (RFC 5321 section 4.2.1), and clear the line for the next."""
        try:
            # 421: it is closing the line. No refusal at all: we and it no longer talk of the same thing.
            if code == 421 or not 400 <= code < 600 or self._smtp is None or self._smtp.rset()[0] != 250:
                self._drop()
        except SMTP_ERRORS:
            self._drop()
        final = 500 <= code < 600 and code not in OF_US and not of_us
        return Outcome("failed" if final else "later", _words(words, to, code))

    def _drop(self, *, politely: bool = False) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            if politely:
                smtp.quit()
        except SMTP_ERRORS:
            pass
        finally:
            smtp.close()


def _dotted(raw: bytes) -> bytes:
    """Return ``raw`` with the dots that begin a line doubled (RFC 5321 section 4.5.2), and the dot that ends it."""
    dotted = raw.replace(b"\r\n.", b"\r\n..")
    start, end = b"." * raw.startswith(b"."), b"" if raw.endswith(b"\r\n") else b"\r\n"
    return b"%b%b%b.\r\n" % (start, dotted, end)


def _words(words: bytes | str, to: str, code: int | None = None) -> str:
    """Return the server's words in one line, shortened, with the code first and nobody's address in them."""
    text = one_line(words.decode("utf-8", "replace") if isinstance(words, bytes) else words)
    local = re.escape(to.rpartition("@")[0].strip('"'))
    text = re.sub(rf"(?i)(?<![a-z0-9]){local}(?![a-z0-9])", "…", _ADDRESS.sub("…", text))
    return (f"{code} {text}" if code is not None else text)[:ANSWER_LETTERS]
