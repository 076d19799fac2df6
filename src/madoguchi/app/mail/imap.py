"""Mail to us read from an IMAP mailbox (RFC 3501). It is only read: no flag is set, nothing is moved or deleted."""

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple, Self

from madoguchi.app.mail.incoming import RAW_BYTES
from madoguchi.app.mail.server import one_line
from madoguchi.app.servers import Inbox
from madoguchi.problem import Problem

TIMEOUT_SECONDS = 60.0
ERRORS = (imaplib.IMAP4.error, OSError, UnicodeError)
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class Fetched(NamedTuple):
    """One mail of the mailbox; ``raw`` is None where it is larger than we take."""

    uid: int
    raw: bytes | None


class Mailbox:
    """An open mailbox, read only; use it as a context manager. `Problem` when it cannot be reached or opened."""

    def __init__(self, inbox: Inbox, password: str = "", *, timeout: float = TIMEOUT_SECONDS) -> None:
        """Open nothing yet; ``timeout`` is in seconds, for each command."""
        self.inbox, self._password, self._timeout = inbox, password, timeout
        self._imap: imaplib.IMAP4 | None = None
        self.validity = 0

    @property
    def name(self) -> str:
        """How the place in this mailbox is remembered."""
        return f"{self.inbox.user}@{self.inbox.host}:{self.inbox.port}/{self.inbox.folder}"

    def __enter__(self) -> Self:
        """Connect, log in, open the folder to read only."""
        if not self.inbox.host:
            raise Problem(
                ja="受信箱が設定されていません。home.toml の [inbox] に host と user を書くか、メールをファイルで取り込んでください。",
                en="no inbox is set up; write host and user under [inbox] in home.toml, or take mail in from files",
                file="home.toml",
                place="[inbox]",
            )
        with _told(self.inbox):
            self._imap = self._connect()
        try:
            with _told(self.inbox):
                if self.inbox.user:
                    self._imap.login(self.inbox.user, self._password)
                self._open_folder(self._imap)
        except BaseException:
            self._imap.shutdown()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Log out."""
        if self._imap is not None:
            with suppress(*ERRORS):
                self._imap.logout()

    def after(self, uid: int) -> Iterator[Fetched]:
        """Yield the mails with a UID above ``uid``, in the order of their UIDs."""
        assert self._imap is not None
        with _told(self.inbox):
            _, told = self._imap.uid("SEARCH", "UID", f"{uid + 1}:*")
        # The range always names the last mail, also when it is an old one.
        for each in sorted(int(part) for part in (told[0] or b"").split()):
            if each > uid:
                yield Fetched(each, self._fetch(each))

    def _connect(self) -> imaplib.IMAP4:
        inbox = self.inbox
        context = ssl.create_default_context()
        if inbox.security == "tls":
            return imaplib.IMAP4_SSL(inbox.host, inbox.port, ssl_context=context, timeout=self._timeout)
        imap = imaplib.IMAP4(inbox.host, inbox.port, timeout=self._timeout)
        if inbox.security == "starttls":
            imap.starttls(context)
        return imap

    def _open_folder(self, imap: imaplib.IMAP4) -> None:
        answer, _ = imap.select(_utf7(self.inbox.folder), readonly=True)
        if answer != "OK":
            raise Problem(
                ja=f"受信箱に「{self.inbox.folder}」というフォルダーがありません。home.toml の [inbox] の folder を確かめてください。",
                en=f"the mailbox has no folder {self.inbox.folder!r}; check folder under [inbox] in home.toml",
                file="home.toml",
                place="[inbox]",
            )
        _, told = imap.response("UIDVALIDITY")
        self.validity = int(told[0]) if told and told[0] else 0

    def _fetch(self, uid: int) -> bytes | None:
        assert self._imap is not None
        with _told(self.inbox):
            _, told = self._imap.uid("FETCH", str(uid), "(RFC822.SIZE)")
            size = _SIZE.search(b" ".join(part for part in told if isinstance(part, bytes)))
            if size and int(size.group(1)) > RAW_BYTES:
                return None
            # PEEK: the mail stays unread for its owner.
            _, told = self._imap.uid("FETCH", str(uid), "(BODY.PEEK[])")
        return next((part[1] for part in told if isinstance(part, tuple)), None)


def _utf7(folder: str) -> str:
    """Return a folder's name as IMAP has it: quoted, other than ASCII in modified UTF-7 (RFC 3501 section 5.1.3)."""
    out = []
    for piece in re.split(r"([^ -~]+)", folder):
        if piece and not (" " <= piece[0] <= "~"):
            coded = base64.b64encode(piece.encode("utf-16-be")).rstrip(b"=").replace(b"/", b",").decode()
            out.append(f"&{coded}-")
        else:
            out.append(piece.replace("&", "&-"))
    name = "".join(out).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{name}"'


@contextmanager
def _told(inbox: Inbox) -> Iterator[None]:
    """Turn what goes wrong on the way into a `Problem`."""
    try:
        yield
    except ERRORS as error:
        why = one_line(str(error) or type(error).__name__)[:200]
        raise Problem(
            ja=f"受信箱を読めません（{why}）。home.toml の [inbox] と keys/inbox-password を確かめてください。取り込み済みのメールはそのままです。",
            en=f"the mailbox cannot be read ({why}); check [inbox] in home.toml and keys/inbox-password. What was taken in stays",
            place=f"{inbox.host}:{inbox.port}",
        ) from None
