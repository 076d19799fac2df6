"""Is it really from them: mails, texts, addresses and phone numbers, with a verdict that carries its reasons."""

from madoguchi.authenticity.check import Checked, check_address, check_mail, check_mbox, check_phone, check_text
from madoguchi.authenticity.inputs import read_dns, read_phones
from madoguchi.authenticity.numbers import Listed
from madoguchi.authenticity.signature import Dns
from madoguchi.authenticity.verdict import Reason, Verdict

__all__ = [
    "Checked",
    "Dns",
    "Listed",
    "Reason",
    "Verdict",
    "check_address",
    "check_mail",
    "check_mbox",
    "check_phone",
    "check_text",
    "read_dns",
    "read_phones",
]
