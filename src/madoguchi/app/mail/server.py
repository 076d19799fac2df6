"""The way to the mail server: connected, the line closed, logged in, or one clear sentence why not."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from madoguchi.app.home import MAIL_PASSWORD, MailServer
from madoguchi.problem import Problem

# For each command; the answer to a whole message is waited for longer (`transport`).
TIMEOUT_SECONDS = 60.0
# What we call ourselves: this computer's own name is nobody's business, may not be ASCII, and asking for it may take
# long. RFC 5321 section 4.1.3 has this form for those who have no name to tell.
OURSELVES = "[127.0.0.1]"
SMTP_ERRORS = (smtplib.SMTPException, OSError)


def connect(server: MailServer, password: str = "", *, timeout: float = TIMEOUT_SECONDS) -> smtplib.SMTP:
    """Return an open connection to ``server``, encrypted and logged in as it asks. ``timeout`` is in seconds.

    The certificate must be valid for ``server.host`` and come from an authority that this machine trusts. A server that
    does not offer what is asked for is refused: nothing ever goes over an open line instead. `Problem` otherwise.
    """
    if not (server.host and server.sender):
        raise Problem(
            ja="メールサーバーが設定されていません。home.toml の [mail] に host と sender を書いてください。",
            en="no mail server is set up; write host and sender under [mail] in home.toml",
            file="home.toml",
            place="[mail]",
        )
    context = ssl.create_default_context() if server.security != "none" else None
    with _told(server):
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=OURSELVES, timeout=timeout, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, local_hostname=OURSELVES, timeout=timeout)
    try:
        with _told(server):
            smtp.ehlo_or_helo_if_needed()
            if server.security == "starttls":
                _start_tls(smtp, server, context)
            if server.user:
                _log_in(smtp, server, password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def short(error: Exception) -> str:
    """Return what an error says, in one line of at most 200 characters."""
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        text = f"{error.smtp_code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
    else:
        text = f"{type(error).__name__}: {error}"
    return one_line(text)[:200]


def one_line(text: str) -> str:
    """Return a stranger's words without line breaks and control characters (PostgreSQL keeps no NUL)."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _start_tls(smtp: smtplib.SMTP, server: MailServer, context: ssl.SSLContext | None) -> None:
    if not smtp.has_extn("starttls"):
        raise Problem(
            ja="メールサーバーが STARTTLS（通信の暗号化）に対応していないため、送るのをやめました。"
            'ポートを確かめるか、home.toml の security を "tls" にしてください。通知は送信待ちのまま残っています。',
            en="the mail server does not offer STARTTLS, so nothing was sent; check the port, or use"
            ' security = "tls" in home.toml. The notices stay queued',
            place=_place(server),
        )
    code, words = smtp.starttls(context=context)
    if code != 220:
        raise smtplib.SMTPResponseException(code, words)
    smtp.ehlo_or_helo_if_needed()


def _log_in(smtp: smtplib.SMTP, server: MailServer, password: str) -> None:
    try:
        smtp.login(server.user, password)
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, UnicodeEncodeError) as error:
        why = "the password is not ASCII" if isinstance(error, UnicodeEncodeError) else short(error)
        raise Problem(
            ja=f"メールサーバーにログインできません（{why}）。home.toml の [mail] の user と、keys/{MAIL_PASSWORD} を"
            "確かめてください。通知は送信待ちのまま残っています。",
            en=f"the mail server refuses the login ({why}); check user under [mail] in home.toml and"
            f" keys/{MAIL_PASSWORD}. The notices stay queued",
            place=_place(server),
        ) from None


@contextmanager
def _told(server: MailServer) -> Iterator[None]:
    """Turn what goes wrong on the way into a `Problem`."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise Problem(
            ja=f"メールサーバーの証明書を確かめられません（{error.verify_message}）。別のサーバーかもしれないので、送るのを"
            "やめました。host の名前とサーバーの証明書を確かめてください。通知は送信待ちのまま残っています。",
            en=f"the certificate of the mail server cannot be verified ({error.verify_message}); it may be another server,"
            " so nothing was sent. Check the name in host and the server's certificate. The notices stay queued",
            place=_place(server),
        ) from None
    except (*SMTP_ERRORS, UnicodeError) as error:  # UnicodeError: a host that is no name
        raise Problem(
            ja=f"メールサーバーにつながりません（{short(error)}）。home.toml の [mail] と、サーバーが動いているかを"
            "確かめてください。通知は送信待ちのまま残っています。",
            en=f"the mail server cannot be reached ({short(error)}); check [mail] in home.toml and that the server runs."
            " The notices stay queued",
            place=_place(server),
        ) from None


def _place(server: MailServer) -> str:
    return f"{server.host}:{server.port}"
