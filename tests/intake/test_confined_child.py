"""The inside of a confined process, seen from a process started for it."""

import json
import subprocess
import sys

from madoguchi.intake import confined_child
from madoguchi.intake.confined import dump
from madoguchi.intake.limits import Limits

START = "from madoguchi.intake.confined_child import main; main()"


def converse(request: bytes, *, hold: bool) -> tuple[int, bytes]:
    """Start the inside by hand; with ``hold`` its input stays open until it has answered."""
    with subprocess.Popen(
        [sys.executable, "-c", START], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(request)
        process.stdin.flush()
        if not hold:
            process.stdin.close()
        answer = process.stdout.readline()
        return process.wait(60), answer


def asked(module: str, name: str, *args: object) -> bytes:
    request = {"module": module, "name": name, "args": args, "limits": Limits(), "progress": False}
    return dump(request).encode() + b"\n"


def test_it_answers_one_request_and_ends() -> None:
    code, answer = converse(asked("posixpath", "join", "a", "b"), hold=True)
    assert code == 0
    assert json.loads(answer) == {"answer": "a/b"}


def test_a_module_that_is_not_there_is_a_crash_with_its_kind() -> None:
    _, answer = converse(asked("no_such_module", "x"), hold=True)
    assert json.loads(answer)["crash"].startswith("ModuleNotFoundError")


def test_it_ends_when_its_input_closes_while_it_works() -> None:
    code, answer = converse(asked("time", "sleep", 3600), hold=False)
    assert code != 0
    assert answer == b""


def test_this_process_is_not_inside() -> None:
    assert confined_child.inside() is False


def test_the_environment_it_gets_is_only_what_python_needs() -> None:
    assert set(confined_child.environment()) <= {"SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "TZ"}
