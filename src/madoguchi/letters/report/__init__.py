"""The report to the regulator (漏えい等報告): prompt report, final report and supplement, one form of nine items."""

from madoguchi.letters.report.facts import ReportFacts
from madoguchi.letters.report.letter import make
from madoguchi.letters.report.versions import Change, carry, difference

__all__ = ["Change", "ReportFacts", "carry", "difference", "make"]
