"""Announcements read a second (5,000 characters each), and precision and recall per kind of fact, against their aims.

The cases are those of tests/reading/cases/announcements, which the rules were tuned on, and the second half of
announcements_blind, which they were not; the date phrases are real ones that stay outside the project.
"""

import csv
import os
import re
import statistics
import sys
from pathlib import Path

from common import ROUNDS, Row, rate, tell
from madoguchi.problem import Problem
from madoguchi.reading.announcement import read_announcement

ROOT = Path(__file__).resolve().parents[1]
PHRASES = Path(os.environ.get("MADOGUCHI_SHARED", ROOT.parent / "shared")) / "data" / "notices" / "date_phrases.tsv"
BLIND = ROOT / "tests" / "reading" / "cases" / "announcements_blind"
SEEN = 12  # the rules were mended with the texts up to this number in sight
AIM_SECONDS = 0.02
AIM = 0.9
DATES = (0.97, 0.92)
SHORT = 5_000


def main() -> None:
    """Measure one text of 5,000 characters after another, then every kind of fact."""
    sys.path.insert(0, str(ROOT / "tests" / "reading"))
    import announcement_scores as cases

    texts = [path.with_suffix(".txt").read_text(encoding="utf-8") for path in cases.cases()]
    japanese = [text for text in texts if len(re.findall("[ぁ-ん]", text)) > 100]
    given = [(text * (SHORT // len(text) + 1))[:SHORT] for text in japanese]

    def work() -> int:
        for text in given:
            read_announcement(text)
        return len(given)

    work()
    speed = statistics.median(rate(work) for _ in range(ROUNDS))
    tell(Row("read: announcements of 5,000 characters", speed, 1 / AIM_SECONDS, "a second", "20 ms each"))
    for kind, score in cases.scores().items():
        tell(
            Row(f"read: {kind}, precision", score.precision, AIM, "share", f"aim, {score.right} right"),
            Row(f"read: {kind}, recall", score.recall, AIM, "share", f"aim, {len(score.missed)} missed"),
        )
    unseen = [path for path in sorted(BLIND.glob("*.yaml")) if int(path.name[:2]) > SEEN]
    for kind, score in cases.scores(unseen).items():
        tell(
            Row(f"read, unseen texts: {kind}, precision", score.precision, AIM, "share", f"aim, {score.right} right"),
            Row(f"read, unseen texts: {kind}, recall", score.recall, AIM, "share", f"aim, {len(score.missed)} missed"),
        )
    if PHRASES.exists():
        precision, recall = phrases()
        tell(
            Row("read: real date phrases, precision", precision, DATES[0], "share", "aim of issue 7"),
            Row("read: real date phrases, recall", recall, DATES[1], "share", "aim of issue 7"),
        )


def phrases() -> tuple[float, float]:
    """Return precision and recall on the phrases; one without a year in itself is to have no day."""
    kinds = {"incident": "occurred", "exposure": "occurred", "anomaly": "discovered"}
    right = wrong = determined = 0
    with PHRASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            try:
                dates = read_announcement(row["phrase"]).dates
            except Problem:
                continue
            event = kinds.get(row["event"], row["event"])
            days = {day.value.isoformat() for day in dates if day.value and day.event == event}
            told = bool(row["iso"] and re.search(r"[12１２][0-9０-９]{3}[年/]|令和", row["phrase"]))
            determined += told
            right += told and row["iso"] in days
            wrong += bool(days) and not (told and row["iso"] in days)
    return right / (right + wrong), right / determined


if __name__ == "__main__":
    main()
