"""The only writers of the desk: each leaves exactly one entry, in the record of the incident once that is known."""

from madoguchi.app.desk.services.answers import approve_answer, prepare_answer, send_answer
from madoguchi.app.desk.services.inquiries import (
    assign,
    close_inquiry,
    identify_by_hand,
    receive,
    return_code,
    send_code,
)

__all__ = [
    "approve_answer",
    "assign",
    "close_inquiry",
    "identify_by_hand",
    "prepare_answer",
    "receive",
    "return_code",
    "send_answer",
    "send_code",
]
