"""A process of its own: what comes back, what is stopped, and that nothing is left running."""

import dataclasses
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import ModuleType

import pytest

from madoguchi.intake import confined
from madoguchi.intake.limits import MIB, Limits
from madoguchi.problem import Problem

LIMITS = Limits(memory_bytes=1024 * MIB, cpu_seconds=60, wall_seconds=120)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource limits; only the clock holds there")


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the module of functions, importable in the other process too."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import confined_work

    return confined_work


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] == "Z")


def gone_soon(pid: int) -> bool:
    for _ in range(1000):
        if not alive(pid):
            return True
        time.sleep(0.02)
    return False


def test_arguments_and_answer_travel(work: ModuleType, tmp_path: Path) -> None:
    answer = confined.run(work.echo, 1, "山田", tmp_path, LIMITS, (1, 2), None, limits=LIMITS)
    assert answer == [1, "山田", str(tmp_path), dataclasses.asdict(LIMITS), [1, 2], None]


def test_it_is_another_process_without_our_environment(work: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_KEY", "a secret")
    told = confined.run(work.ids, limits=LIMITS)
    assert told["pid"] != os.getpid()
    assert told["inside"] is True
    assert "MADOGUCHI_KEY" not in told["environment"]


def test_megabytes_travel_both_ways(work: ModuleType) -> None:
    text = "山" * 2_000_000
    assert confined.run(work.echo, text, limits=LIMITS) == [text]


def test_progress_arrives_in_order_before_the_answer(work: ModuleType) -> None:
    seen: list[tuple[int, int]] = []
    answer = confined.run(work.count, 300, limits=LIMITS, on_progress=lambda *step: seen.append(step))
    assert answer == "done"
    assert seen == [(step, 300) for step in range(300)]


def test_a_problem_comes_back_as_the_same_problem(work: ModuleType) -> None:
    with pytest.raises(Problem) as raised:
        confined.run(work.refuse, limits=LIMITS)
    problem = raised.value
    assert problem.texts == {"ja": "だめです。", "en": "no good", "ja-easy": "だめ（です）"}
    assert (problem.file, problem.place) == ("a.zip/b.csv", "line 3")


def test_an_error_of_ours_tells_its_place_and_not_what_it_quotes(work: ModuleType) -> None:
    with pytest.raises(Problem, match=r"ValueError, confined_work\.py:\d+") as raised:
        confined.run(work.stumble, limits=LIMITS)
    assert "secret" not in "".join(raised.value.texts.values())


@POSIX
def test_too_much_memory_is_said(work: ModuleType) -> None:
    with pytest.raises(Problem, match="limit of 1,024 MiB of memory"):
        confined.run(work.hog, 2048 * MIB, limits=LIMITS)
    assert confined.run(work.hog, 100 * MIB, limits=LIMITS) == 100 * MIB


@POSIX
def test_too_much_processor_time_is_said(work: ModuleType) -> None:
    with pytest.raises(Problem, match="limit of 1 seconds of processor time") as raised:
        confined.run(work.spin, limits=dataclasses.replace(LIMITS, cpu_seconds=1))
    assert "処理時間の上限（1秒）" in raised.value.say("ja")


def test_too_much_time_on_the_clock_is_said(work: ModuleType) -> None:
    with pytest.raises(Problem, match="limit of 1 seconds;"):
        confined.run(work.sleep, 3600, limits=dataclasses.replace(LIMITS, wall_seconds=1))


@POSIX
def test_too_many_open_files_do_not_get_through(work: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="OSError"):
        confined.run(work.many_files, tmp_path, limits=LIMITS)


@POSIX
def test_the_limits_are_set(work: ModuleType) -> None:
    seen = confined.run(work.limits_seen, limits=LIMITS)
    assert seen == {"RLIMIT_CORE": 0, "RLIMIT_NOFILE": LIMITS.open_files, "RLIMIT_AS": LIMITS.memory_bytes}


@pytest.mark.parametrize("code", [0, 1, 77])
def test_an_end_without_an_answer_is_a_problem(work: ModuleType, code: int) -> None:
    with pytest.raises(Problem, match=f"exit {code}"):
        confined.run(work.vanish, code, limits=LIMITS)


@POSIX
def test_a_crash_is_a_problem(work: ModuleType) -> None:
    with pytest.raises(Problem, match="ended unexpectedly"):
        confined.run(work.abort, limits=LIMITS)


def test_an_answer_that_is_no_json_is_a_problem(work: ModuleType) -> None:
    with pytest.raises(Problem, match="TypeError"):
        confined.run(work.unsendable, limits=LIMITS)


def test_an_answer_too_long_is_a_problem(work: ModuleType) -> None:
    with pytest.raises(Problem, match="answer too long"):
        confined.run(work.long_answer, 5000, limits=dataclasses.replace(LIMITS, answer_bytes=1000))


def test_what_is_printed_does_not_become_the_answer(work: ModuleType) -> None:
    assert confined.run(work.chat, limits=LIMITS) == "answer"


def test_no_network_is_opened(work: ModuleType) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with pytest.raises(Problem, match="PermissionError"):
            confined.run(work.connect, server.getsockname()[1], limits=LIMITS)
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.accept()


def test_no_program_is_started(work: ModuleType) -> None:
    with pytest.raises(Problem, match="PermissionError"):
        confined.run(work.start, limits=LIMITS)


def test_inside_a_confined_process_no_second_one_is_needed(work: ModuleType) -> None:
    assert confined.run(work.nested, limits=LIMITS)["inside"] is True


def test_what_the_other_process_cannot_import_is_refused(work: ModuleType) -> None:
    with pytest.raises(TypeError, match="top level"):
        confined.run(lambda: 1, limits=LIMITS)


def test_several_at_the_same_time_do_not_mix(work: ModuleType) -> None:
    answers: dict[int, object] = {}

    def one(number: int) -> None:
        answers[number] = confined.run(work.echo, number, limits=LIMITS)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: [number] for number in range(4)}


def test_a_caller_that_gives_up_leaves_nothing_running(work: ModuleType) -> None:
    pids: list[int] = []

    def give_up(_step: int, _of: int) -> None:
        pids.extend(int(line) for line in children(os.getpid()))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        confined.run(work.count, 100_000, limits=LIMITS, on_progress=give_up)
    assert pids
    assert all(gone_soon(pid) for pid in pids)


def children(pid: int) -> list[str]:
    return [
        path.parent.name
        for path in Path("/proc").glob("[0-9]*/stat")
        if (stat := read(path)) and stat.rsplit(")", 1)[1].split()[1] == str(pid)
    ]


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


@POSIX
@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_when_the_caller_is_killed_its_process_ends(work: ModuleType, tmp_path: Path, kill: signal.Signals) -> None:
    note = tmp_path / "pid"
    caller = (
        "import sys; sys.path[:0] = [sys.argv[1]]\n"
        "import confined_work; from madoguchi.intake import confined, Limits\n"
        "confined.run(confined_work.note_and_wait, sys.argv[2], limits=Limits())\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", caller, str(Path(__file__).parent), str(note)], stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(1500):
            if note.exists() and note.read_text(encoding="ascii"):
                break
            time.sleep(0.02)
        child = int(note.read_text(encoding="ascii"))
        assert alive(child)
        process.send_signal(kill)
        process.wait(30)
        assert gone_soon(child)
    finally:
        process.kill()
        process.wait()
