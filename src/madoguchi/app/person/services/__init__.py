"""The only writers of a person's cases: each leaves exactly one entry in the record of the case."""

from madoguchi.app.person.services.cases import close_case, open_case, state_case_facts, tick_step
from madoguchi.app.person.services.export import export_case_file
from madoguchi.app.person.services.judgments import check_message, overrule, read_message
from madoguchi.app.person.services.letters import prepare_letter, record_sent, send_letter
from madoguchi.app.person.services.messages import discard_mail, file_mail, keep_memo, name_message
from madoguchi.app.person.services.official import keep_keys, keep_windows

__all__ = [
    "check_message",
    "close_case",
    "discard_mail",
    "export_case_file",
    "file_mail",
    "keep_keys",
    "keep_memo",
    "keep_windows",
    "name_message",
    "open_case",
    "overrule",
    "prepare_letter",
    "read_message",
    "record_sent",
    "send_letter",
    "state_case_facts",
    "tick_step",
]
