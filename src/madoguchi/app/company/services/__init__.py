"""The only writers of an incident: each leaves exactly one entry in its record."""

from madoguchi.app.company.services.duties import assess_duties
from madoguchi.app.company.services.evidence import add_evidence
from madoguchi.app.company.services.export import export_case_file
from madoguchi.app.company.services.incidents import close_incident, register_incident, state_facts
from madoguchi.app.company.services.scans import take_scan

__all__ = [
    "add_evidence",
    "assess_duties",
    "close_incident",
    "export_case_file",
    "register_incident",
    "state_facts",
    "take_scan",
]
