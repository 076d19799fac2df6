"""The demo, told once for all its tests, also where several processes of pytest-xdist share them."""

import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from madoguchi.app.demo.sample import Sample

WAIT_SECONDS = 300


@dataclass(frozen=True)
class Demo:
    """What the demo left: its folder, and what it answered."""

    out: Path
    answer: dict

    @property
    def sample(self) -> Sample:
        """The sample, with what is known to be true about it."""
        return Sample.read(self.out / "sample" / "sample.json")

    def papers(self, story: str, side: str = "company") -> Path:
        """Return the folder of a story's papers (``A`` or ``B``) on one side."""
        (folder,) = (self.out / side / "papers").glob(f"{story}-*")
        return folder

    def said(self, step: str) -> str:
        """Return what a step said, in Japanese."""
        return next(each["ja"] for each in self.answer["steps"] if each["step"] == step)


def madoguchi(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the program as a user does."""
    import sys

    program = Path(sys.executable).with_name("madoguchi")
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Return the demo as it was told on this run."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    answer = base / "demo-answer.json"
    try:
        (base / "demo-turn").mkdir()
    except FileExistsError:
        return _told_by_another(base, answer)
    done = madoguchi("demo", "--out", base / "demo", "--json")
    told = {"code": done.returncode, "out": done.stdout, "err": done.stderr}
    answer.with_suffix(".part").write_text(json.dumps(told), encoding="utf-8")
    answer.with_suffix(".part").replace(answer)
    return _read(base, answer)


def _told_by_another(base: Path, answer: Path) -> Demo:
    until = time.monotonic() + WAIT_SECONDS
    while not answer.exists():
        assert time.monotonic() < until, "the process that runs the demo does not end"
        time.sleep(0.2)
    return _read(base, answer)


def _read(base: Path, answer: Path) -> Demo:
    told = json.loads(answer.read_text(encoding="utf-8"))
    assert told["code"] == 0, told["err"]
    assert told["err"] == ""
    return Demo(base / "demo", json.loads(told["out"]))
