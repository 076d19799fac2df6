"""The program is killed for real in the middle of a batch: nothing of it stays, nobody is queued twice, nobody is left out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("in_a_process.py")


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    postgresql = os.environ.get("MADOGUCHI_TEST_DATABASE") == "postgresql"
    return request.getfixturevalue("postgresql_url") if postgresql else ""


def run(stage: str, home: Path, database: str) -> tuple[int, dict]:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), stage, str(home), database], stdout=subprocess.PIPE, text=True, check=False
    )
    return done.returncode, json.loads(done.stdout.splitlines()[-1])


def test_after_a_kill_within_a_batch_the_next_process_goes_on_where_it_was(tmp_path: Path, database: str):
    home = tmp_path / "home"
    assert run("prepare", home, database)[0] == 0
    code, killed = run("die", home, database)
    assert code == 9
    assert (len(killed["recipients"]), killed["issued"], killed["batches"]) == (10, 10, 1)
    code, after = run("go on", home, database)
    assert code == 0
    assert after["recipients"] == sorted(f"p{n}@mail.example" for n in range(25))
    assert (after["issued"], after["batches"], after["whole"]) == (25, 3, True)
