"""Keys are made once for all who ask, survive, and when destroyed are gone for everybody."""

import subprocess
import sys
import threading
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from madoguchi.app.vault.keystore import FILE, SALT_BLOCK, KeyDestroyed, KeyStore
from madoguchi.problem import Problem

LOG = UUID("0b9e2a1c-0000-4000-8000-000000000001")
ASK = """
import sys
from pathlib import Path
from uuid import UUID
from madoguchi.app.vault.keystore import KeyStore
store = KeyStore(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for n in range(20):
    print(store.key(f"k{n}").hex(), store.salt(UUID(int=7), n * 100).hex())
"""


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path)


def test_a_key_is_the_same_each_time_and_after_a_new_start(store: KeyStore):
    key = store.key("incident:1")
    assert len(key) == 32
    assert store.key("incident:1") == key
    assert KeyStore(store.folder).key("incident:1") == key


def test_two_names_have_two_keys(store: KeyStore):
    assert store.key("a") != store.key("b")


def test_processes_that_ask_at_once_get_the_same_keys_and_salts(tmp_path: Path):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * 3
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert answers[0].count("\n") == 20
    assert len(set(answers)) == 1


def test_a_key_made_by_another_process_just_before_the_lock_is_taken_over(store: KeyStore, monkeypatch):
    other, writing = KeyStore(store.folder), store._writing

    def later():
        other.key("a")
        return writing()

    monkeypatch.setattr(store, "_writing", later)
    assert store.key("a") == other.key("a")
    assert store._database.execute("SELECT count(*) FROM key").fetchone() == (1,)


def test_threads_that_ask_at_once_get_the_same_key(store: KeyStore):
    keys: list[bytes] = []
    start = threading.Barrier(6)

    def ask() -> None:
        start.wait()
        keys.append(store.key("shared"))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 6
    assert len(set(keys)) == 1


def test_the_files_are_for_their_owner_alone(store: KeyStore):
    store.key("a")
    assert sorted(entry.name for entry in store.folder.iterdir()) == [FILE, "root.key"]
    assert {entry.stat().st_mode & 0o777 for entry in store.folder.iterdir()} == {0o600}


def test_the_store_alone_holds_no_key_and_no_salt_in_clear(store: KeyStore):
    secrets = [store.key("a"), store.salt(LOG, 0), store.signing_key("s").private_bytes_raw()]
    data = (store.folder / FILE).read_bytes()
    assert not [secret for secret in secrets if secret in data]


def test_a_signature_is_checked_with_the_public_key_of_another_start(store: KeyStore):
    signature = store.signing_key("heads").sign(b"head")
    KeyStore(store.folder).signing_key("heads").public_key().verify(signature, b"head")


def test_a_rotated_key_is_new_and_the_old_one_still_reads(store: KeyStore):
    old_id, old = store.current("a")
    new_id = store.rotate("a")
    assert store.current("a")[0] == new_id != old_id
    assert store.key("a") != old
    assert store.by_id(old_id, "a") == old


def test_a_destroyed_key_is_gone_for_every_process_and_never_made_again(store: KeyStore):
    other = KeyStore(store.folder)
    key_id, _ = store.current("a")
    store.rotate("a")
    assert other.key("a")
    store.destroy("a")
    for each in (store, other, KeyStore(store.folder)):
        for ask in (lambda s: s.key("a"), lambda s: s.by_id(key_id, "a"), lambda s: s.rotate("a")):
            with pytest.raises(KeyDestroyed):
                ask(each)


def test_a_name_destroyed_before_its_first_key_never_gets_one(store: KeyStore):
    store.destroy("never")
    with pytest.raises(KeyDestroyed):
        store.key("never")


def test_no_byte_of_a_destroyed_key_is_left_in_the_folder(store: KeyStore):
    store.key("other")
    for n in range(50):
        store.key(f"k{n}")
    database = store._database
    wrapped = [row[0] for row in database.execute("SELECT wrapped FROM key WHERE name LIKE 'k%'")]
    salt = database.execute("SELECT 1").fetchone() and store.salt(LOG, 3)
    wrapped_salt = database.execute("SELECT wrapped FROM salt WHERE position = 3").fetchone()[0]
    assert all(each in (store.folder / FILE).read_bytes() for each in [*wrapped, wrapped_salt])
    for n in range(50):
        store.destroy(f"k{n}")
    store.destroy_salt(LOG, 3)
    left = b"".join(entry.read_bytes() for entry in store.folder.iterdir())
    # The ciphertext as a whole, and its first and last part: nothing of it may be left in a freed page.
    for each in [*wrapped, wrapped_salt]:
        assert each not in left
        assert each[:16] not in left
        assert each[-16:] not in left
    assert salt not in left


def test_a_salt_is_the_same_each_time_and_each_entry_has_its_own(store: KeyStore):
    salts = [store.salt(LOG, index) for index in (0, 1, SALT_BLOCK - 1, SALT_BLOCK, 10 * SALT_BLOCK + 7)]
    assert len(set(salts)) == 5
    assert [KeyStore(store.folder).salt(LOG, index) for index in (0, 1)] == salts[:2]
    assert store.salt(uuid4(), 0) not in salts


def test_salts_are_made_a_block_at_a_time(store: KeyStore):
    store.salt(LOG, 5)
    count = store._database.execute("SELECT count(*), min(position), max(position) FROM salt").fetchone()
    assert count == (SALT_BLOCK, 0, SALT_BLOCK - 1)


def test_a_destroyed_salt_is_gone_and_its_neighbours_stay(store: KeyStore):
    before, after = store.salt(LOG, 6), store.salt(LOG, 8)
    store.salt(LOG, 7)
    store.destroy_salt(LOG, 7)
    store.salt(LOG, SALT_BLOCK)
    with pytest.raises(KeyDestroyed):
        store.salt(LOG, 7)
    assert (store.salt(LOG, 6), store.salt(LOG, 8)) == (before, after)


def test_a_salt_destroyed_before_it_was_made_is_never_made(store: KeyStore):
    store.destroy_salt(LOG, 300)
    with pytest.raises(KeyDestroyed):
        store.salt(LOG, 300)
    assert store.salt(LOG, 301)


def test_an_entry_before_the_first_has_no_salt(store: KeyStore):
    with pytest.raises(ValueError, match="-1"):
        store.salt(LOG, -1)


@pytest.mark.parametrize("damage", ["removed", "another's", "cut"])
def test_a_root_key_that_is_not_the_stores_is_found_at_the_opening(store: KeyStore, damage: str):
    store.key("a")
    root = store.folder / "root.key"
    if damage == "removed":
        root.unlink()
    else:
        root.write_text("00" * (32 if damage == "another's" else 31))
    with pytest.raises(Problem, match="root"):
        KeyStore(store.folder).check()
    assert root.exists() == (damage != "removed")


def test_a_damaged_store_is_said_in_one_sentence_and_left_alone(store: KeyStore):
    (store.folder / FILE).write_bytes(b"this is no database" * 100)
    with pytest.raises(Problem, match="cannot be opened"):
        store.key("a")
    assert (store.folder / FILE).read_bytes().startswith(b"this is no database")


def test_a_row_moved_to_another_name_does_not_open(store: KeyStore):
    store.key("mine")
    store.key("yours")
    store._database.execute(
        "UPDATE key SET wrapped = (SELECT wrapped FROM key WHERE name = 'yours') WHERE name = 'mine'"
    )
    with pytest.raises(Problem, match="belong together"):
        store.key("mine")


def test_a_transaction_that_fails_leaves_nothing(store: KeyStore, monkeypatch: pytest.MonkeyPatch):
    store.check()

    def fails(*_: object) -> bytes:
        raise OSError("the disk is full")

    monkeypatch.setattr(store, "_wrap", fails)
    with pytest.raises(OSError, match="full"):
        store.key("a")
    monkeypatch.undo()
    assert store._database.execute("SELECT count(*) FROM key").fetchone() == (0,)
    assert store.key("a")
