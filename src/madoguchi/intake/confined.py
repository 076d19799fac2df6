"""Calls a function in a process of its own, so that a stranger's file can at worst end that process.

The process is started afresh (never forked: the caller may have threads), gets its work and gives its answer as JSON
over pipes, and has limits on address space, processor time, open files and the clock. It takes no core dump, opens
no network and starts no program; that last belt is Python's own audit hook, a second one and no wall: machine code
smuggled into the process could get round it. On Windows, which has no such limits, only the clock holds.
"""

import dataclasses
import json
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from madoguchi.intake import confined_child
from madoguchi.intake.limits import Limits
from madoguchi.problem import Problem

_START = (
    "import json,sys; sys.path[:]=json.loads(sys.argv[1]); from madoguchi.intake.confined_child import main; main()"
)


def run(
    function: Callable[..., Any], *args: Any, limits: Limits, on_progress: Callable[..., None] | None = None
) -> Any:
    """Call ``function(*args)`` in a process of its own and return its answer.

    ``function`` is at the top level of a module. Arguments and answer go as JSON: a path becomes a string, a data
    class a dictionary, a tuple a list. With ``on_progress`` the function gets a keyword ``progress``, a callable
    whose arguments arrive at ``on_progress`` here; call it a few times a second. A `Problem` raised there is raised
    here, the same in all its texts, file and place. Reaching a limit, a crash, or an end without an answer is a
    `Problem` that says which. Whatever ends this call (Ctrl-C too) ends the process; it also ends when this process dies.
    """
    if confined_child.inside():
        extra = {"progress": on_progress} if on_progress else {}
        return json.loads(dump(function(*args, **extra)))
    if function.__qualname__ != function.__name__ or function.__module__ == "__main__":
        raise TypeError(f"{function.__qualname__} is not at the top level of a module that can be imported")
    request = dump(
        {
            "module": function.__module__,
            "name": function.__name__,
            "args": args,
            "limits": limits,
            "progress": on_progress is not None,
        }
    )
    # A fresh environment: what the application was started with (keys, passwords) is none of a parser's business.
    process = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", _START, json.dumps([entry for entry in sys.path if entry])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=confined_child.environment(),
    )
    try:
        return _converse(process, request, limits, on_progress)
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            _close(pipe)


def dump(value: Any) -> str:
    """Return ``value`` as one line of JSON; paths become strings, data classes dictionaries."""
    return json.dumps(value, ensure_ascii=True, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be sent to another process")


def _converse(
    process: "subprocess.Popen[bytes]", request: str, limits: Limits, on_progress: Callable[..., None] | None
) -> Any:
    """Send the request, pass progress on, return the answer."""
    heard: queue.Queue[bytes] = queue.Queue(maxsize=64)
    assert process.stdin is not None
    assert process.stdout is not None
    # Threads, since a pipe cannot be waited for with a time limit on every system. They end with the pipes.
    threading.Thread(target=_listen, args=(process.stdout, heard, limits.answer_bytes), daemon=True).start()
    threading.Thread(target=_tell, args=(process.stdin, request), daemon=True).start()
    end = time.monotonic() + limits.wall_seconds
    while True:
        try:
            line = heard.get(timeout=max(end - time.monotonic(), 0.0))
        except queue.Empty:
            raise _out_of_time(limits) from None
        if not line.endswith(b"\n"):
            raise _ended(process, limits, cut=bool(line))
        message = json.loads(line)
        match message:
            case {"progress": values} if on_progress is not None:
                on_progress(*values)
            case {"answer": answer}:
                return answer
            case {"problem": parts}:
                texts = parts["texts"]
                raise Problem(
                    ja=texts["ja"], en=texts["en"], easy=texts["ja-easy"], file=parts["file"], place=parts["place"]
                )
            case {"memory": _}:
                raise _out_of_memory(limits)
            case {"crash": where}:
                raise _crashed(str(where))


def _listen(pipe: IO[bytes], heard: "queue.Queue[bytes]", longest: int) -> None:
    """Put each line of the process into ``heard``; a line without its end is the last one."""
    line = b"\n"
    while line.endswith(b"\n"):
        try:
            line = pipe.readline(longest)
        except (OSError, ValueError):
            line = b""  # the pipe was closed: the call is over
        heard.put(line)


def _tell(pipe: IO[bytes], request: str) -> None:
    """Send the request, and keep the pipe open: its end tells the process that we are gone."""
    try:
        pipe.write(request.encode() + b"\n")
        pipe.flush()
    except (OSError, ValueError):
        return  # it is gone already; the listener hears that


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        return  # what was left to write has no reader


def _ended(process: "subprocess.Popen[bytes]", limits: Limits, *, cut: bool) -> Problem:
    """Return what to say of a process that ended, or talked, without an answer."""
    if cut:
        process.kill()
    code = process.wait()
    if code == -getattr(signal, "SIGXCPU", 0) != 0:
        return Problem(
            ja=f"処理時間の上限（{limits.cpu_seconds}秒）に達したので止めました。ファイルを分けてやり直してください。",
            en=f"stopped at the limit of {limits.cpu_seconds} seconds of processor time; split the file and try again",
        )
    if code == -getattr(signal, "SIGKILL", 0) != 0 and not cut:
        return _out_of_memory(limits)
    return _crashed(f"exit {code}" if not cut else "answer too long")


def _out_of_time(limits: Limits) -> Problem:
    return Problem(
        ja=f"時間の上限（{limits.wall_seconds}秒）に達したので止めました。ファイルを分けてやり直してください。",
        en=f"stopped at the limit of {limits.wall_seconds} seconds; split the file and try again",
    )


def _out_of_memory(limits: Limits) -> Problem:
    size = f"{limits.memory_bytes // (1024 * 1024):,} MiB"
    return Problem(
        ja=f"メモリーの上限（{size}）に達したので止めました。ファイルを分けてやり直してください。",
        en=f"stopped at the limit of {size} of memory; split the file and try again",
    )


def _crashed(where: str) -> Problem:
    return Problem(
        ja=f"読み取りの途中で処理が異常終了しました（{where}）。このファイルを除くか、書き出し直してやり直してください。",
        en=f"the process reading the file ended unexpectedly ({where}); leave the file out, or export it again",
    )
