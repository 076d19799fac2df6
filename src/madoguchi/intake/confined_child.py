"""The inside of a confined process: takes its limits, does its one piece of work, answers, ends."""

import ctypes
import importlib
import json
import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import IO, Any, NoReturn

from madoguchi.intake.limits import Limits
from madoguchi.problem import Problem

_REFUSED = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "os.startfile",
)  # fmt: skip
_PR_SET_PDEATHSIG = 1
_state = {"inside": False}


def inside() -> bool:
    """Return whether this process is a confined one already."""
    return _state["inside"]


def environment() -> dict[str, str]:
    """Return the few variables that Python itself needs."""
    kept = ("SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "TZ")
    return {name: os.environ[name] for name in kept if name in os.environ}


def main() -> NoReturn:
    """Read the request from standard input, do it, write the answer to standard output, end."""
    _state["inside"] = True
    parent = os.getppid()
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    _die_with(parent)
    # What the function prints must not mix with the answer.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    request = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_watch, daemon=True).start()
    _send(out, _work(request, out))
    out.flush()
    os._exit(0)


def _work(request: dict[str, Any], out: IO[bytes]) -> dict[str, Any]:
    """Return the message that ends the conversation."""
    from madoguchi.intake.confined import dump

    try:
        # Our own module is loaded before the limits: libraries reserve memory in ways of their own.
        function = getattr(importlib.import_module(request["module"]), request["name"])
        limit(Limits(**request["limits"]))
        extra = {"progress": lambda *values: _send(out, {"progress": values})} if request["progress"] else {}
        return {"answer": json.loads(dump(function(*request["args"], **extra)))}
    except Problem as problem:
        return {"problem": {"texts": problem.texts, "file": problem.file, "place": problem.place}}
    except MemoryError:
        return {"memory": True}
    except BaseException as error:  # noqa: BLE001 - the end of the process; its message may quote the file, so only its place goes out
        frames = traceback.extract_tb(error.__traceback__)
        last = frames[-1]
        return {"crash": f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"}


def _send(out: IO[bytes], message: dict[str, Any]) -> None:
    from madoguchi.intake.confined import dump

    out.write(dump(message).encode() + b"\n")
    out.flush()


def limit(limits: Limits) -> None:
    """Put the limits on this process, for good."""
    sys.addaudithook(_refuse)
    try:
        import resource
    except ImportError:
        return  # Windows: the parent's clock is the only limit
    for what, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_AS, limits.memory_bytes),
    ):
        _lower(resource, what, value, value)
    _lower(resource, resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 2)


def _lower(resource: Any, what: int, soft: int, hard: int) -> None:
    """Set a limit, never above the one this process was born with."""
    ceiling = resource.getrlimit(what)[1]
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    try:
        resource.setrlimit(what, (soft, hard))
    except (ValueError, OSError):
        return  # macOS refuses some values of the address space; the other limits hold


def _refuse(event: str, _: Any) -> None:
    if event in _REFUSED:
        raise PermissionError(f"a confined process may not use {event}")


def _die_with(parent: int) -> None:
    """Ask Linux to end this process with its parent; `_watch` does it elsewhere."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _watch() -> None:
    """End when the parent's end of the pipe closes."""
    while sys.stdin.buffer.read(1):
        continue
    os._exit(1)
