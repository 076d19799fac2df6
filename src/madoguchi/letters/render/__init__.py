"""A `Letter` as plain text for a mail, as HTML and as PDF: the same words in each."""

from madoguchi.letters.render.as_html import html
from madoguchi.letters.render.as_pdf import pdf, pdfs
from madoguchi.letters.render.as_text import text

__all__ = ["html", "pdf", "pdfs", "text"]
