"""Real servers on 127.0.0.1 for the tests of the edge."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

Handler = Callable[[BaseHTTPRequestHandler], None]


class Web:
    """A server: ``pages`` are what it gives by path, ``asked`` what it was asked for, in order, with the headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Handler | str] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        web = self

        class _Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
                page = web.pages.get(self.path)
                with contextlib.suppress(ConnectionError):
                    if page is None:
                        self.send_error(404)
                    elif isinstance(page, str):
                        web.give(self, page.encode(), {"Content-Type": "text/html; charset=utf-8"})
                    else:
                        page(self)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    @staticmethod
    def give(handler: BaseHTTPRequestHandler, body: bytes, headers: dict[str, str], status: int = 200) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    @staticmethod
    def redirect(to: str, status: int = 302) -> Handler:
        return lambda handler: Web.give(handler, b"", {"Location": to}, status)


@pytest.fixture
def web() -> Iterator[Web]:
    """Run a web server for the time of a test."""
    here = Web()
    here.thread.start()
    try:
        yield here
    finally:
        here.server.shutdown()
        here.server.server_close()
        here.thread.join()


@pytest.fixture
def name_server() -> Callable[[dict[str, list[bytes] | int | None]], AbstractContextManager[int]]:
    """Return how to run a name server."""
    return _name_server


@contextlib.contextmanager
def _name_server(records: dict[str, list[bytes] | int | None]) -> Iterator[int]:
    """Run a name server on UDP and yield its port; a number is the error it answers, None is silence."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(0.05)
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                try:
                    data, peer = sock.recvfrom(4096)
                except TimeoutError:
                    continue
                asked = dns.message.from_wire(data)
                name = asked.question[0].name
                found = records.get(name.to_text(omit_final_dot=True).lower(), dns.rcode.NXDOMAIN)
                if found is None:
                    continue
                answer = dns.message.make_response(asked)
                answer.flags |= dns.flags.RA
                if isinstance(found, int):
                    answer.set_rcode(dns.rcode.Rcode(found))
                elif found:
                    texts = [
                        " ".join(f'"{part.decode()}"' for part in (record[:200], record[200:]) if part)
                        for record in found
                    ]
                    answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *texts))
                sock.sendto(answer.to_wire(), peer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield sock.getsockname()[1]
        finally:
            over.set()
            thread.join()
