"""`madoguchi record verify`: its exits, its JSON, its text."""

import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi.cli import run
from madoguchi.record import casefile, entry, head, keys, tree
from madoguchi.record.disclosure import Disclosure

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
TIME = datetime(2026, 11, 21, tzinfo=UTC)
LOG = "6f1c1f6e-8a5e-4c0e-9a70-2f6f3d6f0a11"


def make(entries: int) -> bytes:
    payloads = [{"number": at} for at in range(entries)]
    salts = [bytes([at % 256]) * 32 for at in range(entries)]
    lines = [
        entry.Entry(at, TIME, "company:incident:opened", "member:1", entry.commit(payload, salts[at]))
        for at, payload in enumerate(payloads)
    ]
    root = tree.root([line.leaf() for line in lines])
    return casefile.write(
        log=LOG,
        entries=lines,
        heads=[head.sign(LOG, entries, root, TIME, KEY)],
        keyset=[keys.public(KEY)],
        disclosures=[Disclosure(at, salts[at], payload) for at, payload in enumerate(payloads)],
        documents={},
        key=KEY,
        time=TIME,
    )


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "case.zip"
    path.write_bytes(make(3))
    return path


@pytest.fixture
def keys_file(tmp_path):
    path = tmp_path / "keys.json"
    path.write_text(json.dumps({"shop.example": {"keys": [keys.public(KEY).jwk()]}}), encoding="utf-8")
    return path


def answer(capsys) -> dict:
    out = capsys.readouterr().out
    return json.loads(out)


def test_a_whole_file_is_zero_and_the_answer_has_the_keys_of_the_contract(file, keys_file, capsys):
    assert run(["record", "verify", str(file), "--keys", str(keys_file), "--json"]) == 0
    told = answer(capsys)
    assert told["whole"] is True
    assert told["entries"] == 3
    assert told["signer"] == "shop.example"
    assert told["anchor"] == "signed"
    assert told["timestamps"] == []
    assert told["problems"] == []
    assert len(told["head"]) == 64


def test_a_changed_file_is_one(file, capsys):
    file.write_bytes(file.read_bytes().replace(b"member:1", b"member:2", 1))
    assert run(["record", "verify", str(file), "--json", "--lang", "en"]) == 1
    told = answer(capsys)
    assert told["whole"] is False
    assert told["problems"] == ['"log.jsonl" was changed']


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", "記録".encode("utf-16")])
def test_what_is_no_case_file_at_all_is_damaged_too(file, data, capsys):
    file.write_bytes(data)
    assert run(["record", "verify", str(file), "--json"]) == 1
    assert answer(capsys)["entries"] == 0


def test_another_file_is_one_with_the_one_sentence_that_says_which_to_name(keys_file, capsys):
    assert run(["record", "verify", str(keys_file)]) == 1
    told = capsys.readouterr()
    assert told.out == "これは窓口（Madoguchi）の記録ファイルではないようです。case-file.zip を指定してください。\n"
    assert told.err == ""


def test_a_signer_that_is_not_among_the_keys_is_one(file, keys_file, capsys):
    other = keys.public(Ed25519PrivateKey.generate()).jwk()
    keys_file.write_text(json.dumps({"shop.example": {"keys": [other]}}), encoding="utf-8")
    assert run(["record", "verify", str(file), "--keys", str(keys_file), "--json"]) == 1
    assert answer(capsys)["signer"] is None


@pytest.mark.parametrize("name", ["missing.zip", "."])
def test_without_a_file_to_open_it_is_two_with_one_line(tmp_path, monkeypatch, name, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["record", "verify", name, "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith(f"{name}: ")


def test_a_key_file_that_is_none_is_two_with_its_name(file, keys_file, capsys):
    keys_file.write_text("[]", encoding="utf-8")
    assert run(["record", "verify", str(file), "--keys", str(keys_file), "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert (
        told.err
        == f'{keys_file}: not a list of keys by domain; write it as {{"example.co.jp": {{"keys": [JWK, …]}}}}\n'
    )


def test_the_file_may_come_from_standard_input(file, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))
    assert run(["record", "verify", "-", "--json"]) == 0
    assert answer(capsys)["whole"] is True


def test_the_text_is_in_the_language_asked_for(file, capsys):
    said = {}
    for lang in ("ja", "en", "ja-easy"):
        assert run(["record", "verify", str(file), "--lang", lang]) == 0
        said[lang] = capsys.readouterr().out
    assert said["ja"].startswith("この記録のファイルに、欠けも書き換えもありません。\n")
    assert said["en"].startswith("This case file is whole and unchanged.\n")
    assert "known only from the file itself" in said["en"]
    assert len(set(said.values())) == 3


def test_it_runs_without_django(file):
    code = (
        "import sys; from madoguchi.cli import run; "
        f"code = run(['record', 'verify', {str(file)!r}, '--json']); "
        "assert 'django' not in sys.modules; sys.exit(code)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
def test_a_long_record_shows_its_progress_on_a_real_terminal_and_keeps_standard_output_clean(tmp_path):
    import pty

    (tmp_path / "long.zip").write_bytes(make(4000))
    arguments = ["record", "verify", str(tmp_path / "long.zip"), "--json"]
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", "from madoguchi.cli import main; main()", *arguments],
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=False,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
    )
    os.close(theirs)
    shown = os.read(ours, 65536)
    os.close(ours)
    assert done.returncode == 0
    assert json.loads(done.stdout)["entries"] == 4000
    assert "確認中".encode() in shown


def test_a_whole_file_leaves_standard_error_empty(file, capsys):
    assert run(["record", "verify", str(file)]) == 0
    assert capsys.readouterr().err == ""
