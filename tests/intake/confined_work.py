"""What the tests call in a process of its own (a module of its own: the other process imports it)."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from madoguchi.intake import confined, confined_child
from madoguchi.intake.limits import Limits
from madoguchi.problem import Problem


def echo(*values: Any) -> list[Any]:
    return list(values)


def ids() -> dict[str, Any]:
    return {"pid": os.getpid(), "inside": confined_child.inside(), "environment": sorted(os.environ)}


def count(to: int, *, progress: Callable[..., None]) -> str:
    for step in range(to):
        progress(step, to)
    return "done"


def refuse() -> None:
    raise Problem(ja="だめです。", en="no good", easy="だめ（です）", file="a.zip/b.csv", place="line 3")


def stumble() -> None:
    raise ValueError("secret@example.jp is quoted here")


def hog(size: int) -> int:
    return len(bytearray(size))


def spin() -> None:
    while True:
        pass


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def vanish(code: int) -> None:
    os._exit(code)


def abort() -> None:
    os.abort()


def chat() -> str:
    sys.stdout.write("noise\n")
    os.write(1, b'{"answer": "forged"}\n')
    return "answer"


def connect(port: int) -> str:
    with socket.socket() as line:
        line.connect(("127.0.0.1", port))
    return "connected"


def start() -> str:
    subprocess.run([sys.executable, "-c", ""], check=True)
    return "started"


def many_files(folder: str) -> int:
    return len([(Path(folder) / str(number)).open("w") for number in range(1000)])


def unsendable() -> object:
    return object()


def nested() -> Any:
    return confined.run(ids, limits=Limits())


def note_and_wait(path: str) -> None:
    Path(path).write_text(str(os.getpid()), encoding="ascii")
    threading.Event().wait(60)


def limits_seen() -> dict[str, int]:
    import resource

    return {
        name: resource.getrlimit(getattr(resource, name))[0] for name in ("RLIMIT_CORE", "RLIMIT_NOFILE", "RLIMIT_AS")
    }


def long_answer(size: int) -> str:
    return "x" * size
