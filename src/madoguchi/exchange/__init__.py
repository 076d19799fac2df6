"""How the two sides talk: signed notices, inquiries, answers and announcements.

A statement is a model of its facts; `sign` makes a compact JWS of it, `open_statement` and `open_inquiry` give it back
only when it counts; `carry` puts it into a mail or a form and finds it there; `wellknown` publishes a company's keys.
"""

from madoguchi.exchange import carry, wellknown
from madoguchi.exchange.announcement import Announcement, AnnouncementBody
from madoguchi.exchange.answer import Answer, AnswerBody, QuestionAnswer
from madoguchi.exchange.digest import letter_digest, statement_digest
from madoguchi.exchange.inquiry import Inquiry, InquiryBody, Person, PublicKey, Question, issuer
from madoguchi.exchange.jose import MOST_BYTES
from madoguchi.exchange.notice import Incident, Notice, NoticeBody
from madoguchi.exchange.opening import Opened, is_answer_to, open_inquiry, open_statement, sign
from madoguchi.exchange.parts import Dates, ItemTier, Persons, Window
from madoguchi.exchange.refusal import NotAccepted, Reason
from madoguchi.exchange.statement import Statement, Type
from madoguchi.record.keys import Trusted

__all__ = [
    "MOST_BYTES",
    "Announcement",
    "AnnouncementBody",
    "Answer",
    "AnswerBody",
    "Dates",
    "Incident",
    "Inquiry",
    "InquiryBody",
    "ItemTier",
    "NotAccepted",
    "Notice",
    "NoticeBody",
    "Opened",
    "Person",
    "Persons",
    "PublicKey",
    "Question",
    "QuestionAnswer",
    "Reason",
    "Statement",
    "Trusted",
    "Type",
    "Window",
    "carry",
    "is_answer_to",
    "issuer",
    "letter_digest",
    "open_inquiry",
    "open_statement",
    "sign",
    "statement_digest",
    "wellknown",
]
