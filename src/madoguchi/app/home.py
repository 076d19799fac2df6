"""A home: the folder in which one side of the counter lives (its mode, its database, its keys).

    home/home.toml    what this home is; written once, edited by hand for the database and the mail server
    home/db.sqlite3   the database, unless home.toml names a PostgreSQL one
    home/keys/        the key store, apart from the database so that keys can be destroyed; mail-password and inbox-password,
                      where they are needed
    home/files/       what was sent to us, unchanged
    home/out/         papers made for printing and sending

No Django here: the settings are made from a home, not the other way round.
"""

import json
import os
import stat
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import OperationalError, connect
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from madoguchi.app.servers import Inbox, MailServer
from madoguchi.problem import Problem
from madoguchi.text.datafile import check

Mode = Literal["person", "company"]
MODES: tuple[Mode, ...] = get_args(Mode)
VERSION = 1
ENVIRONMENT = "MADOGUCHI_HOME"
FILE = "home.toml"
FOLDERS = ("keys", "files", "out")
LOCK = "lock"
LOCK_SECONDS = 120.0
MAIL_PASSWORD = "mail-password"  # noqa: S105 - the names of their files
INBOX_PASSWORD = "inbox-password"  # noqa: S105


class HomeFile(BaseModel):
    """What stands in home.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    mode: Mode
    time_zone: Literal["Asia/Tokyo"] = "Asia/Tokyo"
    database: str = Field(default="", pattern=r"^$|^postgres(ql)?://\S+$")
    mail: MailServer = MailServer()
    inbox: Inbox = Inbox()


@dataclass(frozen=True)
class Home:
    """An opened home. Make one with `create` or `open_home`."""

    path: Path
    mode: Mode
    database: str
    mail: MailServer
    inbox: Inbox = field(default_factory=Inbox)

    @property
    def sqlite(self) -> Path:
        """The file of the database, where home.toml names no other."""
        return self.path / "db.sqlite3"

    @property
    def keys(self) -> Path:
        """The folder of the key store."""
        return self.path / "keys"

    @property
    def files(self) -> Path:
        """The folder of what was sent to us, unchanged."""
        return self.path / "files"

    @property
    def out(self) -> Path:
        """The folder of papers made."""
        return self.path / "out"

    def mail_password(self) -> str:
        """Return the password of the mail server (`_password`), or "" where ``mail.user`` is empty."""
        return self._password(MAIL_PASSWORD) if self.mail.user else ""

    def inbox_password(self) -> str:
        """Return the password of the inbox (`_password`), or "" where ``inbox.user`` is empty."""
        return self._password(INBOX_PASSWORD) if self.inbox.user else ""

    def _password(self, name: str) -> str:
        """Return the first line of ``keys/name`` (UTF-8).

        It is read anew for each connection, so a changed password needs no restart. `Problem` when the file is missing,
        empty, or open to other users of the machine.
        """
        file = self.keys / name
        try:
            _must_be_closed(file)
            password = file.read_text(encoding="utf-8-sig").partition("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError):
            password = ""
        if not password:
            raise Problem(
                ja=f"メールサーバーのパスワードがありません。このファイルにパスワードだけを書き、「chmod 600 {file}」で閉じてください。",
                en=f"the mail server's password is missing; write it, and nothing else, into this file and close it with `chmod 600 {file}`",
                file=str(file),
            )
        return password

    def must_be(self, mode: Mode) -> "Home":
        """Return this home if it is of ``mode``; `Problem` otherwise."""
        if self.mode != mode:
            raise Problem(
                ja=f"このホームは「{self.mode}」用です。「{mode}」には別のフォルダーを指定してください。",
                en=f"this home is of the mode {self.mode!r}; name another folder for {mode!r}",
                file=str(self.path),
            )
        return self

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the home alone while it is set up, so that two programs started at once do not migrate at once.

        An exclusive SQLite lock on a file of its own: the same on every system, and gone when the process dies.
        """
        with closing(connect(self.path / LOCK, timeout=LOCK_SECONDS, isolation_level=None)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except OperationalError:
                raise Problem(
                    ja="別のプログラムがこのホームを準備中です。しばらく待ってから、もう一度始めてください。",
                    en="another program is still setting this home up; wait a while and start again",
                    file=str(self.path),
                ) from None
            yield


def create(
    path: Path | str, mode: Mode, *, database: str = "", mail: MailServer | None = None, inbox: Inbox | None = None
) -> Home:
    """Make the home ``path`` of ``mode`` (folders 0700), or open the one that is there.

    ``database`` is empty for the SQLite file in the home, or ``postgres://user@host/name``. `Problem` when the folder
    holds a home of another mode or database, or things that are no home's.
    """
    path = Path(path).expanduser().absolute()
    if not (path / FILE).exists():
        told = check(HomeFile, {"version": VERSION, "mode": mode, "database": database})
        _write(path, told, mail or MailServer(), inbox or Inbox())
    home = open_home(path).must_be(mode)
    if database and database != home.database:
        raise Problem(
            ja=f"このホームには別のデータベースが決まっています。変えるときは {FILE} を直してください。",
            en=f"this home already has another database; edit {FILE} to change it",
            file=str(path),
        )
    return home


def open_home(path: Path | str) -> Home:
    """Open the home ``path``; `Problem` when it is none, of a newer version, or open to other users of the machine."""
    path = Path(path).expanduser().absolute()
    try:
        text = (path / FILE).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise Problem(
            ja=f"ホームではありません（{FILE} がありません）。フォルダーの場所を確かめてください。",
            en=f"not a home ({FILE} is missing); check where the folder is",
            file=str(path),
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            ja=f"{FILE} を読めません（{type(error).__name__}）。読み取りの許可と内容を確かめてください。",
            en=f"{FILE} cannot be read ({type(error).__name__}); check its permissions and content",
            file=str(path),
        ) from None
    _must_be_closed(path)
    told = _parse(text, file=str(path / FILE))
    _make_folders(path)
    return Home(path=path, mode=told.mode, database=told.database, mail=told.mail, inbox=told.inbox)


def from_environment() -> Home:
    """Open the home that ``MADOGUCHI_HOME`` names."""
    path = os.environ.get(ENVIRONMENT, "")
    if not path:
        raise Problem(
            ja=f"ホームが指定されていません。--home か環境変数 {ENVIRONMENT} でフォルダーを指定してください。",
            en=f"no home is named; give --home or set {ENVIRONMENT} to its folder",
        )
    return open_home(path)


def _parse(text: str, *, file: str) -> HomeFile:
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problem(
            ja="TOML として読めません。この行を直してください。",
            en=f"not readable as TOML ({error}); mend this line",
            file=file,
        ) from None
    # Before the keys are checked: a newer home may well have keys that we do not know.
    if value.get("version") != VERSION:
        raise Problem(
            ja=f"このホームの版（{value.get('version')}）は扱えません。Madoguchi を新しくしてください。",
            en=f"this home is of version {value.get('version')}, we know {VERSION}; use a newer Madoguchi",
            file=file,
            place="version",
        )
    return check(HomeFile, value, file=file)


def _write(path: Path, told: HomeFile, mail: MailServer, inbox: Inbox) -> None:
    """Make the folders, then home.toml in one step, last: a folder without it is no home yet."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        strange = sorted(entry.name for entry in path.iterdir() if entry.name not in (*FOLDERS, f"{FILE}.new"))
        if strange:
            raise Problem(
                ja=f"空のフォルダーではありません（「{strange[0]}」など）。新しいフォルダーを指定してください。",
                en=f"the folder is not empty ({strange[0]!r}); name a new one",
                file=str(path),
            )
        path.chmod(0o700)
        _make_folders(path)
        text = (
            "# This home of Madoguchi. The mode is fixed; database and mail may be edited, then start again.\n"
            f"version = {told.version}\n"
            f"mode = {_toml(told.mode)}\n"
            "# Legal days are counted in this zone; instants are kept in UTC.\n"
            f"time_zone = {_toml(told.time_zone)}\n"
            '# Empty: the SQLite file of this home. Or "postgres://user:password@host:5432/name".\n'
            f"database = {_toml(told.database)}\n\n"
            '# The SMTP server that takes our mail. security: "starttls" (mostly port 587) or "tls" (mostly 465);\n'
            '# "none" is for a server on this machine alone. Where user is set, its password is the only line of the\n'
            f"# file keys/{MAIL_PASSWORD} (chmod 600), never of this one.\n"
            "[mail]\n"
            f"host = {_toml(mail.host)}\nport = {mail.port}\nsecurity = {_toml(mail.security)}\n"
            f"user = {_toml(mail.user)}\nsender = {_toml(mail.sender)}\n\n"
            "# The IMAP mailbox that mail to us is read from. It is only read: nothing in it is changed or deleted.\n"
            f"# Its password is the only line of the file keys/{INBOX_PASSWORD} (chmod 600).\n"
            "[inbox]\n"
            f"host = {_toml(inbox.host)}\nport = {inbox.port}\nsecurity = {_toml(inbox.security)}\n"
            f"user = {_toml(inbox.user)}\nfolder = {_toml(inbox.folder)}\n"
        )
        new = path / f"{FILE}.new"
        new.unlink(missing_ok=True)
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        new.replace(path / FILE)
    except OSError as error:
        raise _cannot_be_made(path, error) from None


def _make_folders(path: Path) -> None:
    for folder in FOLDERS:
        try:
            (path / folder).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise _cannot_be_made(path / folder, error) from None


def _cannot_be_made(path: Path, error: OSError) -> Problem:
    return Problem(
        ja=f"ホームを作れません（{error.strerror}）。書き込める場所を指定してください。",
        en=f"the home cannot be made ({error.strerror}); name a place that you may write to",
        file=str(path),
    )


def _toml(text: str) -> str:
    # A TOML basic string is a JSON string, but for DEL, which no value of ours may hold.
    return json.dumps(text, ensure_ascii=False)


def _must_be_closed(path: Path) -> None:
    """Refuse a home, or the file ``path``, that other users of the machine can look into: it holds the keys."""
    if os.name != "posix":  # Windows: the user's profile folder is closed by its own lists
        return
    for place in (path, path / FILE, path / "keys") if path.is_dir() else (path,):
        if place.exists() and stat.S_IMODE(place.stat().st_mode) & 0o077:
            raise Problem(
                ja=f"ほかの利用者が開けるようになっています。「chmod -R go-rwx {path}」で閉じてください。",
                en=f"open to other users of this machine; close it with `chmod -R go-rwx {path}`",
                file=str(place),
            )
