"""A mail as its reader sees it, whoever wrote it and however broken: headers, parts, charsets, links, attachments."""

from madoguchi.intake.mail.headers import Mailbox
from madoguchi.intake.mail.message import Attachment, Mail, read
from madoguchi.intake.mail.parts import Flaw

__all__ = ["Attachment", "Flaw", "Mail", "Mailbox", "read"]
