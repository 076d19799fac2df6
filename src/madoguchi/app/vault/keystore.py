"""The key store: named keys, signing keys and the salts of the logs, in a small SQLite file apart from the database.

What is destroyed here is gone wherever its ciphertexts and commitments were copied to: that is why it is apart, and why
its backups are kept apart and short (docs/decisions/0005-key-store.md). Every key is wrapped with the root key.

Any number of processes and threads may use one store. Nothing is cached between calls, so that a key destroyed by one
process is gone for all of them at once.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from madoguchi.app.vault import rootkey
from madoguchi.problem import Problem

FILE = "keystore.sqlite3"
KEY_SIZE = 32
NONCE_SIZE = 12
# One fsync makes the salts of this many entries.
SALT_BLOCK = 256
WAIT_SECONDS = 20.0
PROOF = "root"

SCHEMA = """
CREATE TABLE IF NOT EXISTS proof (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS key (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, wrapped BLOB);
CREATE INDEX IF NOT EXISTS key_name ON key (name);
CREATE TABLE IF NOT EXISTS salt (log BLOB, position INTEGER, wrapped BLOB, PRIMARY KEY (log, position)) WITHOUT ROWID;
"""


class KeyDestroyed(Problem):
    """The key or salt asked for was destroyed on purpose; what it sealed can never be read again."""

    def __init__(self) -> None:
        """Say so; the name of the key is for logs only and stands in no sentence."""
        super().__init__(
            ja="この情報の鍵は、保存期間が終わったために破棄されています。もう読むことはできません。",
            en="the key of this information was destroyed when its time was over; it can no longer be read",
            easy="この 情報（じょうほう）の 鍵（かぎ）は もう ありません。読（よ）むことは できません。",
        )


class KeyStore:
    """The key store in ``folder`` (a home's ``keys``); the file and the root key are made at the first use."""

    def __init__(self, folder: Path) -> None:
        """Open nothing yet."""
        self.folder = folder
        self._mine = threading.local()

    def key(self, name: str) -> bytes:
        """Return the current 32 bytes of ``name``, made at the first call; `KeyDestroyed` after `destroy`."""
        return self.current(name)[1]

    def current(self, name: str) -> tuple[int, bytes]:
        """Return the id and the bytes of the current key of ``name``, made at the first call."""
        found = self._newest(self._database, name)
        if found is None:
            with self._writing() as database:
                # Asked again under the lock: another process may have made it meanwhile.
                found = self._newest(database, name) or self._make(database, name)
        return found

    def rotate(self, name: str) -> int:
        """Make a new current key of ``name`` and return its id; what older ones sealed stays readable."""
        with self._writing() as database:
            self._newest(database, name)
            return self._make(database, name)[0]

    def by_id(self, key_id: int, name: str) -> bytes:
        """Return the key ``key_id`` of ``name``, current or not; `KeyDestroyed`, or KeyError where there is none."""
        row = self._database.execute("SELECT wrapped FROM key WHERE id = ? AND name = ?", (key_id, name)).fetchone()
        if row is None:
            raise KeyError(name)
        return self._unwrap(row[0], f"key:{key_id}:{name}")

    def signing_key(self, name: str) -> Ed25519PrivateKey:
        """Return the Ed25519 key whose seed is the key ``name``. Give it a name of its own, used for nothing else."""
        return Ed25519PrivateKey.from_private_bytes(self.key(name))

    def destroy(self, name: str) -> None:
        """Destroy every key of ``name``, and keep the name so that no new key ever takes its place."""
        with self._writing() as database:
            if not database.execute("SELECT 1 FROM key WHERE name = ?", (name,)).fetchone():
                database.execute("INSERT INTO key (name) VALUES (?)", (name,))
            database.execute("UPDATE key SET wrapped = NULL WHERE name = ?", (name,))

    def salt(self, log: UUID, index: int) -> bytes:
        """Return the 32-byte salt of entry ``index`` of ``log``; it is on the disk before it is returned.

        Salts are made in blocks of 256. `KeyDestroyed` after `destroy_salt`.
        """
        if index < 0:
            raise ValueError(f"an entry's index is 0 or more, not {index}")
        row = self._salt(self._database, log, index)
        if row is None:
            with self._writing() as database:
                self._make_salts(database, log, index)
                row = self._salt(database, log, index)
        return self._unwrap(row[0], f"salt:{log.hex}:{index}")

    def destroy_salt(self, log: UUID, index: int) -> None:
        """Destroy the salt of entry ``index`` of ``log``: its commitment can no longer be tied to any content."""
        with self._writing() as database:
            self._make_salts(database, log, index)
            database.execute("UPDATE salt SET wrapped = NULL WHERE log = ? AND position = ?", (log.bytes, index))

    def check(self) -> None:
        """Open the store and prove that the root key is the one that wrapped it; `Problem` otherwise."""
        assert self._database
        assert self._root

    # ------------------------------------------------------------------ rows

    def _newest(self, database: sqlite3.Connection, name: str) -> tuple[int, bytes] | None:
        row = database.execute(
            "SELECT id, wrapped FROM key WHERE name = ? ORDER BY id DESC LIMIT 1", (name,)
        ).fetchone()
        return row and (row[0], self._unwrap(row[1], f"key:{row[0]}:{name}"))

    def _make(self, database: sqlite3.Connection, name: str) -> tuple[int, bytes]:
        key = os.urandom(KEY_SIZE)
        key_id = database.execute("INSERT INTO key (name) VALUES (?)", (name,)).lastrowid
        wrapped = self._wrap(key, f"key:{key_id}:{name}")
        database.execute("UPDATE key SET wrapped = ? WHERE id = ?", (wrapped, key_id))
        return key_id, key

    def _salt(self, database: sqlite3.Connection, log: UUID, index: int) -> tuple[bytes | None] | None:
        return database.execute(
            "SELECT wrapped FROM salt WHERE log = ? AND position = ?", (log.bytes, index)
        ).fetchone()

    def _make_salts(self, database: sqlite3.Connection, log: UUID, index: int) -> None:
        """Make the block that holds ``index`` where it is not there; a destroyed salt keeps its row and stays so."""
        start = index - index % SALT_BLOCK
        rows = (
            (log.bytes, position, self._wrap(os.urandom(KEY_SIZE), f"salt:{log.hex}:{position}"))
            for position in range(start, start + SALT_BLOCK)
        )
        database.executemany("INSERT OR IGNORE INTO salt (log, position, wrapped) VALUES (?, ?, ?)", rows)

    def _wrap(self, secret: bytes, what: str) -> bytes:
        nonce = os.urandom(NONCE_SIZE)
        return nonce + AESGCM(self._root).encrypt(nonce, secret, what.encode())

    def _unwrap(self, wrapped: bytes | None, what: str) -> bytes:
        if wrapped is None:
            raise KeyDestroyed
        try:
            return AESGCM(self._root).decrypt(wrapped[:NONCE_SIZE], wrapped[NONCE_SIZE:], what.encode())
        except InvalidTag:
            raise self._broken() from None

    # ------------------------------------------------------------------ the file

    @property
    def _database(self) -> sqlite3.Connection:
        # A connection is of one thread, and must not be carried into a forked process.
        if getattr(self._mine, "process", None) != os.getpid():
            self._mine.database, self._mine.root = self._open()
            self._mine.process = os.getpid()
        return self._mine.database

    @property
    def _root(self) -> bytes:
        assert self._database
        return self._mine.root

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        database = self._database
        with _transaction(database):
            yield database

    def _open(self) -> tuple[sqlite3.Connection, bytes]:
        path = self.folder / FILE
        try:
            # Made by us first, so that it never exists with wider permissions.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            database = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
        except (OSError, sqlite3.DatabaseError) as error:
            raise self._shut(error) from error
        try:
            # A rollback journal, not WAL: when a destruction is committed, no older page lies in a second file.
            # secure_delete overwrites what is freed; both in docs/decisions/0005-key-store.md.
            for pragma in ("journal_mode=DELETE", "synchronous=FULL", "secure_delete=ON", "trusted_schema=OFF"):
                database.execute(f"PRAGMA {pragma}").fetchall()
            with _transaction(database):
                return database, self._prove(database)
        except BaseException as error:
            database.close()
            if isinstance(error, OSError | sqlite3.DatabaseError):
                raise self._shut(error) from error
            raise

    def _shut(self, error: Exception) -> Problem:
        return Problem(
            ja="鍵の保管庫を開けません。壊れているときはバックアップから戻してください。",
            en=f"the key store cannot be opened ({type(error).__name__}); if damaged, put it back from the backup",
            file=str(self.folder / FILE),
        )

    def _prove(self, database: sqlite3.Connection) -> bytes:
        """Return the root key that belongs to this store, made with the store itself; `Problem` for another one."""
        for statement in filter(str.strip, SCHEMA.split(";")):
            database.execute(statement)
        row = database.execute("SELECT wrapped FROM proof WHERE name = ?", (PROOF,)).fetchone()
        root = rootkey.read(self.folder)
        if row is None:
            # The file before the row: a crash between leaves a root key that wraps nothing yet, and is used next time.
            root = root or rootkey.write(self.folder)
            nonce = os.urandom(NONCE_SIZE)
            proof = nonce + AESGCM(root).encrypt(nonce, b"", PROOF.encode())
            database.execute("INSERT INTO proof (name, wrapped) VALUES (?, ?)", (PROOF, proof))
            return root
        try:
            if root is None:
                raise self._broken()
            AESGCM(root).decrypt(row[0][:NONCE_SIZE], row[0][NONCE_SIZE:], PROOF.encode())
        except InvalidTag:
            raise self._broken() from None
        return root

    def _broken(self) -> Problem:
        return Problem(
            ja="鍵の保管庫とその鍵（root.key）が合いません。同じ日のバックアップから、両方を戻してください。",
            en="the key store and its root.key do not belong together; put both back from one backup",
            file=str(self.folder),
        )


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    # IMMEDIATE: waits for its turn instead of failing when it comes to write.
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")
