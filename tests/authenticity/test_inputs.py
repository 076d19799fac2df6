"""The files that the asker brings along."""

import pytest

from madoguchi.authenticity import read_dns, read_phones
from madoguchi.problem import Problem


@pytest.mark.parametrize(
    "records",
    [
        '["v=DKIM1; p=AAAABBBB"]',
        '["\\"v=DKIM1; p=AAAA\\" \\"BBBB\\""]',
        '["v=DKIM1; p=AAAA", "BBBB"]',
    ],
)
def test_a_record_is_one_piece_however_it_was_copied(records):
    dns = read_dns(f'{{"S._domainkey.Mihon.example.": {{"TXT": {records}}}}}'.encode())
    assert dns("s._domainkey.mihon.example") == [b"v=DKIM1; p=AAAABBBB"]
    assert dns("other._domainkey.mihon.example") == []


def test_two_keys_stay_two():
    dns = read_dns(b'{"s._domainkey.a.example": {"TXT": ["v=DKIM1; p=AAAA", "v=DKIM1; p=BBBB"]}}')
    assert len(dns("s._domainkey.a.example")) == 2


@pytest.mark.parametrize("data", [b"[]", b"{", b'{"a": {"TX": []}}', b'{"a": {"TXT": "x"}}', b'{"a": []}', b"\xff"])
def test_another_form_of_records_is_said_so(data):
    with pytest.raises(Problem) as found:
        read_dns(data, file="dns.json")
    assert found.value.file == "dns.json"


def test_numbers_are_read_in_any_writing():
    assert read_phones('{"mihon.example": ["０１２０－１１１－２２２", "+81 3 1234 5678"]}'.encode()) == {
        "mihon.example": frozenset({"+81120111222", "+81312345678"})
    }


@pytest.mark.parametrize("data", [b'{"mihon.example": ["x"]}', b'{"a b": []}', b'{"a.example": "0120-111-222"}', b"[]"])
def test_another_form_of_numbers_is_said_so(data):
    with pytest.raises(Problem) as found:
        read_phones(data, file="phones.json")
    assert found.value.file == "phones.json"
