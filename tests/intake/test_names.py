"""Names of members as they are shown."""

import zipfile

import pytest

from madoguchi.intake.names import clean, of_bytes, of_tar_member, of_zip_member


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "euc_jp"])
def test_a_japanese_name_without_the_utf_8_flag_is_shown_right(encoding: str) -> None:
    info = zipfile.ZipInfo("会員/顧客一覧.csv".encode(encoding).decode("cp437"))
    assert of_zip_member(info) == "会員/顧客一覧.csv"


def test_a_name_with_the_flag_is_taken_as_it_is() -> None:
    info = zipfile.ZipInfo("顧客一覧.csv")
    info.flag_bits = 0x800
    assert of_zip_member(info) == "顧客一覧.csv"


def test_a_name_in_a_tar_is_read_as_utf_8_or_else_by_content() -> None:
    assert of_tar_member("顧客一覧.csv") == "顧客一覧.csv"
    assert of_tar_member("顧客一覧.csv".encode("cp932").decode("utf-8", "surrogateescape")) == "顧客一覧.csv"


def test_a_short_name_is_never_taken_for_utf_16() -> None:
    assert of_bytes("表".encode("cp932")) == "表"


def test_a_name_cannot_forge_a_line_or_turn_its_ending_around() -> None:
    assert clean("a\nb\x1b[31m\u202egpj.exe") == "a\ufffdb\ufffd[31m\ufffdgpj.exe"


def test_folders_of_windows_and_absolute_names_are_shown_plainly() -> None:
    assert clean("C:\\data\\list.csv") == "C:/data/list.csv"
    assert clean("/etc/passwd") == "etc/passwd"


def test_a_name_without_end_is_shortened_in_the_middle() -> None:
    shown = clean("あ" * 5000 + ".csv")
    assert len(shown) <= 201
    assert shown.endswith(".csv")
