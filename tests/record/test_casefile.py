"""What a case file holds, and that the same record always gives the same bytes."""

import io
import json
import zipfile
from dataclasses import replace

from madoguchi.record import casefile


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_same_record_gives_the_same_bytes(case, whole):
    case.disclosures.reverse()
    case.keyset.reverse()
    assert case.write() == whole


def test_all_parts_are_there(whole):
    assert set(members(whole)) == {*casefile.MEMBERS, "files/3/速報.pdf"}


def test_every_line_is_json_and_ends_with_a_line_feed(whole):
    for name in (casefile.LOG, casefile.HEADS, casefile.PAYLOADS):
        text = members(whole)[name]
        assert text.endswith(b"\n")
        assert all(isinstance(json.loads(line), dict) for line in text.splitlines())


def test_the_log_holds_nothing_of_what_was_said(whole):
    log = members(whole)[casefile.LOG].decode()
    assert "顧客" not in log
    assert set(json.loads(log.splitlines()[0])) == {"index", "time", "kind", "actor", "commitment"}


def test_the_readme_tells_a_person_how_to_verify_in_both_languages(whole):
    readme = members(whole)[casefile.README].decode()
    assert readme.count("madoguchi record verify") >= 4
    for name in casefile.MEMBERS[1:]:
        assert name in readme
    assert "About this file" in readme


def test_the_readme_names_the_words_that_are_really_signed(whole):
    from madoguchi.record import entry, head, seal

    readme = members(whole)[casefile.README].decode()
    for domain in (entry.DOMAIN, head.DOMAIN, seal.DOMAIN):
        assert f'"{domain.decode()}"'.replace("\n", "\\n") in readme


def test_a_log_without_entries_has_a_case_file_too(case):
    empty = replace(case, entries=[], heads=[], disclosures=[], documents={})
    assert members(empty.write())[casefile.LOG] == b""
