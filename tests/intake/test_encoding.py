"""Encodings found by content."""

import csv
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake.encoding import Sampler, guess

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp")
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "encodings.yaml").read_text(encoding="utf-8"))
PAIRS = [(case["text"], name) for case in CASES for name in case.get("in", ("utf-8", "cp932", "euc_jp", "iso2022_jp"))]
WORDS = (
    "山田 佐藤 鈴木 高橋 田中 東京都 大阪府 横浜市 中央区 一丁目 会員 番号 住所 氏名 電話 注文 商品 カード メール "
    "パスワード お客様 について です ました 株式会社 令和八年 平成 様 変更 削除 りんご みかん トマト コーヒー"
).split()


@pytest.mark.parametrize(("text", "name"), PAIRS)
def test_a_text_is_recognised(text: str, name: str) -> None:
    assert guess(text.encode(name)).encoding == name


@given(st.lists(st.sampled_from(WORDS), min_size=4, max_size=40), st.sampled_from(ENCODINGS))
def test_japanese_of_some_length_comes_back_the_same(words: list[str], name: str) -> None:
    text = ",".join(words)
    found = guess(text.encode(name)).encoding
    assert found is not None
    assert text.encode(name).decode(found) == text


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=200))
def test_ascii_alone_is_utf_8(text: str) -> None:
    assert guess(text.encode()).encoding == "utf-8"


@pytest.mark.parametrize("name", ["utf-8", "cp932", "euc_jp", "iso2022_jp"])
def test_japanese_far_into_a_file_of_ascii_is_found(name: str) -> None:
    sampler = Sampler()
    filler = b"INSERT INTO log VALUES (1, 'nothing to see');\n" * 20_000
    for _ in range(40):
        sampler.feed(filler)
    sampler.feed(filler[:5000] + "INSERT INTO c VALUES ('佐藤花子','東京都港区');\n".encode(name) + filler)
    assert sampler.found().encoding == name
    assert sampler.size == 41 * len(filler) + 5000 + len(
        "INSERT INTO c VALUES ('佐藤花子','東京都港区');\n".encode(name)
    )


@pytest.mark.parametrize("name", ["utf-8", "cp932", "euc_jp", "utf-16-le", "utf-16-be"])
def test_a_character_cut_by_the_sample_does_not_matter(name: str) -> None:
    text = "山田太郎佐藤花子東京都港区" * 30_000  # no line end and no comma anywhere
    for cut in range(4):
        sampler = Sampler()
        data = text.encode(name)[: -cut or None]
        for at in range(0, len(data), 100_003):
            sampler.feed(data[at : at + 100_003])
        assert sampler.found().encoding == name


def test_the_sample_stays_small_however_long_the_file() -> None:
    sampler = Sampler()
    chunk = "佐藤花子,東京都港区\n".encode("euc_jp") * 10_000
    for _ in range(600):
        sampler.feed(chunk)
    assert sum(len(window.data) for window in sampler._windows) <= 65 * 4096
    assert sampler._windows[-1].offset > sampler.size // 2
    assert sampler.found().encoding == "euc_jp"


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    text = "会員,氏名\n" + "1,山田太郎\n" * 50
    for name in ("utf-8", "cp932", "euc_jp"):
        data = bytearray(text.encode(name))
        data[len(data) // 2] = 0xFF
        assert guess(bytes(data)).encoding == name


def test_western_bytes_in_a_long_ascii_text_are_a_few_broken_places() -> None:
    assert guess(b"id,name\n" + b"1,Jos\xe9 Garc\xeda,x@example.com\n" * 30).encoding is not None


def test_a_text_that_no_encoding_fits_is_called_broken() -> None:
    found = guess(bytes(range(0xF8, 0x100)) * 200 + b"\xff\xfe\xfd" * 50)
    assert found.encoding is None
    assert found.broken
    assert "broken encoding" in found.en


def test_a_picture_is_no_text_and_not_broken() -> None:
    found = guess(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20)
    assert found.encoding is None
    assert not found.broken


def test_marks_settle_it() -> None:
    assert guess(b"\xef\xbb\xbfabc").encoding == "utf-8-sig"
    assert guess("abc".encode("utf-16")).encoding == "utf-16-le"
    assert guess(b"\xfe\xff\x00a").encoding == "utf-16-be"


def test_real_japanese_mails_are_all_read(shared: Path) -> None:
    folder = shared / "data" / "emails" / "japanese_mail"
    if not folder.is_dir():
        pytest.skip("the Japanese mails are not here")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    unknown = [path for path in files if guess(path.read_bytes()).encoding is None]
    assert len(files) > 10
    assert len(unknown) == 0, f"{len(unknown)} of {len(files)}"


def test_names_alone_are_mostly_recognised_and_always_in_rows() -> None:
    dataset = pytest.importorskip("japanese_personal_name_dataset")
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(dataset.__file__).parent.rglob("*.csv"))]
    cells = {cell for text in texts for row in csv.reader(text.splitlines()) for cell in row}
    names = sorted(cell for cell in cells if len(cell) > 1 and not cell.isascii())[::97]
    assert len(names) > 300
    rows = ["\n".join(names[at : at + 5]) for at in range(0, len(names) - 5, 5)]
    for name, least in (("utf-8", 0.99), ("cp932", 0.98), ("euc_jp", 0.88), ("iso2022_jp", 1.0)):
        assert _share(names, name) >= least, name
        assert _share(rows, name) >= 0.99, name


def _share(texts: list[str], name: str) -> float:
    written = [(text, data) for text in texts if (data := text.encode(name, "ignore")).decode(name) == text]
    return sum(data.decode(guess(data).encoding or "ascii", "replace") == text for text, data in written) / len(written)
