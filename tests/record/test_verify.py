"""Everything that can happen to a case file is found: tried exhaustively on a small one, and each lie by itself."""

import io
import itertools
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.record import casefile, container, files, keys, limits, seal
from madoguchi.record.disclosure import Disclosure
from madoguchi.record.verify import verify

SLICES = 8


def found(data: bytes, trusted: keys.Trusted | None = None) -> str:
    """Return all English sentences of the verdict, which must then not be *whole*."""
    verdict = verify(data, trusted)
    assert verdict.whole is (not verdict.problems)
    return "\n".join(verdict.answer("en")["problems"])


def members(data: bytes) -> dict[str, bytes]:
    return {member.name: bytes(member.data) for member in container.read(data).members}


def smaller(case) -> bytes:
    """Return a case file with one entry and one document: every member and every field, in few bytes."""
    case.entries, case.heads, case.disclosures, case.documents = [], [], [], {}
    case.append("company:report:sent", {"files": files.describe({"速報.pdf": b"%PDF"})})
    case.documents[0, "速報.pdf"] = b"%PDF"
    return case.write()


def told_by_place(data: bytes) -> list[str]:
    """Return for each byte of a case file the one sentence that tells of its change."""
    said: list[str] = []
    for member in container.read(data).members:
        shown = member.name.rpartition("/")[2]
        for _ in range(30 + len(member.name.encode())):
            said.append(f'the zip header of "{shown}" was changed (after the first {len(said)} bytes of the file)')
        said += [f'"{shown}" was changed'] * len(member.data)
    at = len(said)
    return said + [
        f"the file differs from the one that was made after its first {n} bytes" for n in range(at, len(data))
    ]


def sealed_again(case, parts: dict[str, bytes]) -> bytes:
    """Return a case file of these members under a seal that fits them, as the holder of the key can make it."""
    old = seal.Seal.read(parts.pop(casefile.SEAL))
    again = replace(old, members=seal.weigh(parts.items())).signed(case.key)
    return container.write({**parts, casefile.SEAL: again.write()})


# ---------------------------------------------------------------- whole


def test_an_untouched_case_file_is_whole(whole):
    verdict = verify(whole)
    assert verdict.answer("en") == {
        "whole": True,
        "entries": 4,
        "head": verdict.head,
        "signer": verdict.kid,
        "signer_known_from": "file",
        "anchor": "signed",
        "timestamps": [],
        "undisclosed": 1,
        "problems": [],
        "intact": [],
    }
    assert len(bytes.fromhex(verdict.head)) == 32


def test_the_log_holds_when_every_payload_was_destroyed(case):
    case.disclosures, case.documents = [], {}
    verdict = verify(case.write())
    assert (verdict.whole, verdict.undisclosed) == (True, 4)


def test_a_document_that_is_withheld_is_no_damage(case):
    case.documents = {}
    assert verify(case.write()).whole


def test_an_empty_log_is_whole(case):
    case.entries, case.heads, case.disclosures, case.documents = [], [], [], {}
    verdict = verify(case.write())
    assert (verdict.whole, verdict.entries, verdict.anchor) == (True, 0, "signed")


def test_fewer_heads_than_entries_are_enough(case):
    del case.heads[1:3]
    assert verify(case.write()).whole


def test_progress_is_told_for_each_entry(whole):
    told = []
    verify(whole, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


# ---------------------------------------------------------------- exhaustively


@pytest.mark.parametrize("part", range(SLICES))
def test_every_flipped_bit_is_found(case, part):
    data = bytearray(smaller(case))
    assert verify(bytes(data)).whole
    said = told_by_place(bytes(data))
    for at in range(part, len(data), SLICES):
        for bit in range(8):
            data[at] ^= 1 << bit
            assert found(bytes(data)) == said[at], f"bit {bit} of byte {at}"
            data[at] ^= 1 << bit


def test_every_cut_tail_is_found(whole):
    assert all(not verify(whole[:end]).whole for end in range(len(whole)))


def test_every_cut_head_is_found(whole):
    assert all(not verify(whole[start:]).whole for start in range(1, len(whole), 7))


def test_every_byte_that_is_left_out_or_doubled_is_found(case):
    data = smaller(case)
    for at in range(0, len(data), 3):
        assert not verify(data[:at] + data[at + 1 :]).whole
        assert not verify(data[:at] + data[at : at + 1] + data[at:]).whole


@pytest.mark.parametrize("strange", [b"\0", b"\n", b"PK", b"PK\x05\x06" + b"\0" * 18])
def test_bytes_before_and_after_are_found(whole, strange):
    assert not verify(strange + whole).whole
    assert not verify(whole + strange).whole


def test_every_member_that_is_left_out_renamed_swapped_or_emptied_is_found(whole):
    parts = members(whole)
    for name in parts:
        assert not verify(container.write({n: d for n, d in parts.items() if n != name})).whole
        assert not verify(container.write({f"{n}x" if n == name else n: d for n, d in parts.items()})).whole
        assert not verify(container.write({**parts, name: b""})).whole
        assert not verify(container.write({**parts, name: parts[name] + b"\n"})).whole
        assert not verify(container.write({**parts, f"files/0/{name.rpartition('/')[2]}": b"x"})).whole
    for one, other in itertools.combinations(parts, 2):
        assert not verify(container.write({**parts, one: parts[other], other: parts[one]})).whole


def test_every_member_that_stands_twice_is_found(whole):
    parts = [(member.name, bytes(member.data)) for member in container.read(whole).members]
    for at, part in enumerate(parts):
        for changed in (part, (part[0], b"other")):
            doubled = [(name, memoryview(data)) for name, data in [*parts[: at + 1], changed, *parts[at + 1 :]]]
            assert "two have one name" in found(b"".join(container._chunks(doubled)))


def test_members_in_another_order_are_found(whole):
    parts = [(member.name, member.data) for member in container.read(whole).members]
    for one, other in itertools.combinations(range(len(parts)), 2):
        moved = list(parts)
        moved[one], moved[other] = moved[other], moved[one]
        assert "out of order" in found(b"".join(container._chunks(moved)))


@pytest.mark.parametrize("name", [casefile.LOG, casefile.HEADS, casefile.PAYLOADS])
def test_every_line_that_is_dropped_doubled_or_moved_is_found(whole, name):
    parts = members(whole)
    lines = parts[name].splitlines(keepends=True)
    for at, line in enumerate(lines):
        for changed in (lines[:at] + lines[at + 1 :], [*lines[:at], line, *lines[at:]]):
            assert not verify(container.write({**parts, name: b"".join(changed)})).whole
    for order in itertools.permutations(lines):
        if list(order) != lines:
            assert not verify(container.write({**parts, name: b"".join(order)})).whole


# ---------------------------------------------------------------- by somebody who holds the key, or another key


def test_the_holder_of_the_key_cannot_drop_or_reorder_entries_under_the_old_heads(case):
    one, two, *rest = case.entries
    for entries in (case.entries[:-1], case.entries[1:], [two, one, *rest], []):
        assert not verify(replace(case, entries=entries).write()).whole


def test_an_entry_without_a_head_is_covered_by_the_seal(case):
    # What is sealed may go beyond the last head: the seal itself is a signature over size and root.
    longer = replace(case, entries=[*case.entries, replace(case.entries[-1], index=4)])
    assert verify(longer.write()).entries == 5


def test_numbers_that_do_not_follow_are_found_even_when_all_is_signed_again(case):
    del case.entries[1]
    case.disclosures, case.documents = [], {}
    case.sign_all_again()
    assert "log.jsonl:2: the numbers of the record do not follow (2 where 1 must stand)" in found(case.write())


def test_time_that_runs_backwards_is_found_even_when_all_is_signed_again(case):
    case.entries[2] = replace(case.entries[2], time=case.entries[0].time)
    case.sign_all_again()
    assert "log.jsonl:3: the time is earlier" in found(case.write())


def test_a_head_older_than_what_it_signs_is_found(case):
    del case.heads[1:]
    case.sign(time=case.entries[-1].time - timedelta(seconds=1))
    assert "heads.jsonl:2: the head is older" in found(case.write())


def test_a_seal_older_than_the_record_is_found(case):
    case.time = case.entries[-1].time - timedelta(seconds=1)
    assert "seal.json: the head is older" in found(case.write())


def test_a_changed_entry_is_told_at_the_first_head_after_it_and_only_there(case):
    case.entries[1] = replace(case.entries[1], kind="company:scope:ran")
    text = found(case.write())
    assert "heads.jsonl:2: the record was changed after it was signed (within its first 2 entries)" in text
    assert text.count("was changed after it was signed") == 1


def test_heads_of_another_log_are_found(case):
    other = replace(case, log="00000000-0000-4000-8000-000000000000")
    assert "heads.jsonl:1: this belongs to another log" in found(other.write())


def test_a_head_beyond_the_record_is_found(case):
    case.heads.append(replace(case.heads[-1], size=9))
    assert "does not fit the record" in found(case.write())


def test_a_head_with_a_wrong_signature_is_found(case):
    case.heads[2] = replace(case.heads[2], signature=case.heads[1].signature)
    assert "heads.jsonl:3: the signature does not hold" in found(case.write())


def test_a_head_by_a_key_that_is_not_in_the_file_is_found(case):
    case.key, old = Ed25519PrivateKey.generate(), case.key
    case.sign_all_again()
    case.key = old
    assert "is not among the keys of the file" in found(case.write())


def test_a_payload_that_is_not_the_one_committed_to_is_found(case):
    case.disclosures[0] = replace(case.disclosures[0], payload={"title": "何もなかった"})
    assert "payloads.jsonl:1: the disclosed payload does not match entry 0" in found(case.write())


def test_a_payload_for_no_entry_is_found(case):
    case.disclosures.append(Disclosure(99, b"s" * 32, {}))
    assert "there is no entry 99" in found(case.write())


def test_a_part_that_was_not_in_the_batch_is_found(case):
    part = case.disclosures[-1]
    for wrong in (
        replace(part, payload={"person": "p9"}),
        replace(part, part=0),
        replace(part, part=7),
        replace(part, part=-1),
        replace(part, proof=()),
        replace(part, index=0),
        replace(part, index=1),
    ):
        assert "nothing shows that this part belonged" in found(
            replace(case, disclosures=[*case.disclosures[:-1], wrong]).write()
        )


@pytest.mark.parametrize("parts", [None, [], {"count": "x", "root": "zz"}, {"root": "00"}, {"count": 3, "root": 5}])
def test_a_batch_that_says_nonsense_of_its_parts_proves_none(case, parts):
    case.append("notices:batch:queued", {"parts": parts})
    case.disclosures.append(replace(case.disclosures[3], index=4, part=0))
    assert "nothing shows" in found(case.write())


def test_another_document_under_the_name_is_found(case):
    case.documents[3, "速報.pdf"] = b"%PDF-1.7 another"
    assert "files/3/速報.pdf: this document is not the one in the record" in found(case.write())


def test_a_document_that_no_disclosed_entry_names_is_found(case):
    case.documents[3, "確報.pdf"] = b"x"
    assert "no disclosed entry names this document" in found(case.write())


@pytest.mark.parametrize("listed", [None, "x", [1], [{"name": "a"}], [{"name": "a", "size": 1, "sha256": "x"}] * 2])
def test_an_entry_that_says_nonsense_of_its_documents_names_none(case, listed):
    case.append("company:report:sent", {"files": listed})
    case.documents[4, "a"] = b"x"
    assert "files/4/a" in found(case.write())


def test_a_member_that_does_not_belong_there_is_found_even_under_the_seal(case, whole):
    data = sealed_again(case, {**members(whole), "virus.exe": b"MZ"})
    assert found(data) == '"virus.exe" does not belong in a case file'


# ---------------------------------------------------------------- one cause, one sentence; what is still intact


RECORD_HOLDS = "The 4 entries of the record and their signatures are unchanged."


def test_a_changed_document_is_named_and_the_record_is_said_to_be_unchanged(case):
    case.append("company:report:sent", {"files": files.describe({"確報.pdf": b"%PDF-2"})})
    case.documents[4, "確報.pdf"] = b"%PDF-2"
    verdict = verify(case.write().replace(b"%PDF-2", b"%PDF-3", 1))
    assert verdict.answer("ja")["problems"] == ["「確報.pdf」が書き換えられています。"]
    assert verdict.answer("ja")["intact"] == ["記録 5 件とその署名は元のままです。", "ほかの書類 1 点も元のままです。"]
    assert verdict.say("ja").splitlines()[:3] == [
        "このファイルは、作られたあとに変えられています。",
        "  - 「確報.pdf」が書き換えられています。",
        "記録 5 件とその署名は元のままです。ほかの書類 1 点も元のままです。",
    ]


def test_a_changed_document_whose_checksums_were_mended_is_named_by_the_seal(whole):
    assert (
        found(container.write({**members(whole), "files/3/速報.pdf": b"%PDF-1.7 forged"})) == '"速報.pdf" was changed'
    )


def test_documents_of_one_name_are_told_apart_by_their_entry(case):
    case.append("company:report:sent", {"files": files.describe({"速報.pdf": b"%PDF-2"})})
    case.documents[4, "速報.pdf"] = b"%PDF-2"
    assert found(case.write().replace(b"%PDF-2", b"%PDF-3", 1)) == '"files/4/速報.pdf" was changed'


@pytest.mark.parametrize("name", [casefile.LOG, casefile.HEADS, casefile.SEAL])
def test_a_changed_record_is_never_said_to_be_unchanged(whole, name):
    parts = members(whole)
    for content in (b"", parts[name] + b"\n", parts[name].replace(b"0", b"1")):
        verdict = verify(container.write({**parts, name: content}))
        assert (verdict.whole, verdict.unchanged) == (False, [])
        assert len(verdict.problems) == 1


@pytest.mark.parametrize("name", [casefile.README, casefile.PAYLOADS])
def test_what_does_not_carry_the_record_leaves_it_proved(whole, name):
    verdict = verify(container.write({**members(whole), name: b"x\n"}))
    assert verdict.answer("en")["problems"] == [f'"{name}" was changed']
    assert verdict.answer("en")["intact"][0] == RECORD_HOLDS


def test_with_the_keys_of_the_file_changed_only_given_keys_prove_the_record(whole, trusted):
    data = container.write({**members(whole), casefile.KEYS: b"{}"})
    assert found(data) == found(data, trusted) == '"keys.json" was changed'
    assert verify(data).unchanged == []
    assert verify(data, trusted).answer("en")["intact"][0] == RECORD_HOLDS


def test_a_record_proved_by_nobody_among_the_given_keys_is_not_said_to_be_unchanged(whole):
    stranger = keys.public(Ed25519PrivateKey.generate())
    verdict = verify(whole.replace(b"made up", b"made Up", 1), {"shop.example": {stranger.kid: stranger}})
    assert (len(verdict.problems), verdict.unchanged, verdict.state) == (2, [], "changed")


def test_a_cut_file_is_one_sentence_and_proves_the_record_only_when_the_seal_is_left(whole):
    for end in range(1000, len(whole), 9):
        verdict = verify(whole[:end])
        assert (verdict.state, len(verdict.problems)) == ("cut", 1)
        assert bool(verdict.unchanged) is (end >= whole.index(b"PK\x01\x02"))


def test_two_changes_are_two_sentences_in_the_order_of_the_file(whole):
    parts = members(whole)
    data = container.write({**parts, "files/3/速報.pdf": b"x", casefile.HEADS: b""})
    assert found(data) == '"速報.pdf" was changed\n"heads.jsonl" was changed'


def test_a_document_that_was_taken_out_or_put_in_is_named(whole):
    parts = members(whole)
    assert found(container.write({**parts, "files/3/確報.pdf": b"x"})) == '"確報.pdf" was added later'
    del parts["files/3/速報.pdf"]
    assert found(container.write(parts)) == '"速報.pdf" is missing; it was taken out'


def test_a_payload_that_does_not_match_is_told_once_and_not_again_for_its_parts_and_documents(case):
    case.disclosures = [replace(each, salt=b"s" * 32) if each.index == 3 else each for each in case.disclosures]
    assert found(case.write()).count("\n") == 0


def test_other_zips_and_other_files_are_told_from_a_case_file_that_was_packed_anew(whole):
    def packed(parts: dict[str, bytes]) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return file.getvalue()

    workbook = packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    for other in (workbook, members(whole)[casefile.KEYS], members(whole)[casefile.README]):
        assert verify(other).state == "foreign"
    assert found(packed(members(whole))) == "it was packed anew; name the file as you received it"


# ---------------------------------------------------------------- whose key


def test_with_the_companys_key_the_signer_is_its_domain(whole, trusted):
    verdict = verify(whole, trusted)
    assert (verdict.whole, verdict.signer, verdict.signer_known_from, verdict.anchor) == (
        True,
        "shop.example",
        "keys",
        "signed",
    )


def test_a_key_that_is_not_among_the_given_ones_is_not_enough(whole):
    stranger = keys.public(Ed25519PrivateKey.generate())
    verdict = verify(whole, {"shop.example": {stranger.kid: stranger}})
    assert "is not among those given with --keys" in verdict.answer("en")["problems"][0]
    assert (verdict.whole, verdict.signer, verdict.anchor) == (False, None, "none")


def test_a_record_rewritten_and_sealed_with_a_new_key_is_found_with_the_companys_key(case, trusted):
    case.key = Ed25519PrivateKey.generate()
    case.keyset = [keys.public(case.key)]
    case.entries[0] = replace(case.entries[0], kind="company:incident:denied")
    case.disclosures = case.disclosures[1:]
    case.sign_all_again()
    assert verify(case.write()).whole  # nobody can tell from the file alone, and the answer says so
    assert verify(case.write()).signer_known_from == "file"
    assert "not among those given" in found(case.write(), trusted)


def test_after_a_change_of_keys_the_new_one_vouches_for_the_old_heads(case):
    old = case.keyset[0]
    case.key = Ed25519PrivateKey.generate()
    new = keys.public(case.key, since=case.entries[-1].time)
    case.keyset.append(new)
    case.append("company:facts:changed", {})
    assert verify(case.write(), {"shop.example": {new.kid: new}}).whole
    assert "not among" in found(case.write(), {"shop.example": {old.kid: old}})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"exp": 1_000_000_000}, "was not valid at the time"),
        ({"nbf": 4_000_000_000}, "was not valid at the time"),
        ({"revoked": keys.Revoked(revoked_at=1_000_000_000, reason="superseded")}, "was not valid at the time"),
        ({"revoked": keys.Revoked(revoked_at=4_000_000_000, reason="compromised")}, "was revoked, and nothing shows"),
    ],
)
def test_a_key_that_did_not_count_then_does_not_vouch(case, whole, change, says):
    key = case.keyset[0].model_copy(update=change)
    verdict = verify(whole, {"shop.example": {key.kid: key}})
    assert says in "\n".join(verdict.answer("en")["problems"])
    assert (verdict.whole, verdict.anchor) == (False, "none")
    case.keyset = [key]
    assert says in found(case.write())


def test_a_key_replaced_later_still_vouches(case, whole):
    key = case.keyset[0].model_copy(update={"revoked": keys.Revoked(revoked_at=4_000_000_000, reason="superseded")})
    assert verify(whole, {"shop.example": {key.kid: key}}).whole


def test_a_seal_that_names_another_key_of_the_company_does_not_hold(case, whole, trusted):
    other = keys.public(Ed25519PrivateKey.generate())
    trusted["shop.example"][other.kid] = other
    parts = members(whole)
    forged = replace(seal.Seal.read(parts[casefile.SEAL]), kid=other.kid)
    assert "seal.json: the signature does not hold" in found(
        container.write({**parts, casefile.SEAL: forged.write()}), trusted
    )


# ---------------------------------------------------------------- strangers


@given(st.binary(max_size=400))
def test_no_bytes_make_the_verifier_fall_over(data):
    assert not verify(data).whole


@pytest.mark.parametrize("name", casefile.MEMBERS)
@pytest.mark.parametrize(
    "content",
    [
        b"[" * 50_000 + b"\n",
        b"{}\n",
        b"null\n",
        b"9" * 9_000 + b"\n",
        b"\xff\n",
        b'"\\ud800"\n',
        b"\n",
        b"\n" * 500,
        b'{"keys":[{}]}',
    ],
)
def test_no_content_makes_the_verifier_fall_over(whole, name, content):
    assert not verify(container.write({**members(whole), name: content})).whole


def test_what_is_no_case_file_is_said_in_one_sentence():
    assert found(b"%PDF-1.7") == "this does not seem to be a case file of Madoguchi; name the case-file.zip"
    assert found(b"") == found(b"%PDF-1.7")


def test_a_file_beyond_the_limit_is_not_read(whole, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    assert "too large" in found(whole)


@pytest.mark.parametrize("limit", ["LINE_BYTES", "PAYLOAD_BYTES", "KEYS_BYTES", "SEAL_BYTES"])
def test_a_part_beyond_its_limit_is_not_parsed(whole, monkeypatch, limit):
    monkeypatch.setattr(limits, limit, 100)
    assert "not written in the one form" in found(whole)


def test_a_thousand_problems_are_counted_and_not_all_listed(case, whole):
    verdict = verify(sealed_again(case, {**members(whole), casefile.LOG: b"x\n" * 1000}))
    assert len(verdict.problems) == limits.PROBLEMS
    assert "more" in verdict.answer("en")["problems"][-1]


def test_a_strangers_words_cannot_move_the_cursor(whole):
    text = found(container.write({**members(whole), "\x1b[2J\r\n" + "x" * 500: b""}))
    assert "\x1b" not in text
    assert "x" * 100 not in text
