"""The demo's local post office: an SMTP server on this machine that keeps each mail as a file and sends none on."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LABEL = """これは練習用の郵便局です。ここに届いたメールは、この計算機の外には出ていません。
This is a practice post office. No mail that arrived here has left this machine.
"""


class LocalController(Controller):
    """A controller that takes whatever port is free and knows it afterwards."""

    def __init__(self, handler: object) -> None:
        """Listen on 127.0.0.1 only."""
        # A name of its own: aiosmtpd would otherwise ask the resolver for the machine's at each connection.
        super().__init__(handler, hostname="127.0.0.1", port=0, ready_timeout=20, server_hostname="localhost")

    def _trigger_server(self) -> None:
        # It makes the server's first connection, to the port it was told: 0 is no port to connect to.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class PostOffice:
    """Listens on 127.0.0.1; each accepted mail lies complete in ``folder`` before it is acknowledged."""

    def __init__(self, folder: Path) -> None:
        """Make the folder and its label."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "README.txt").write_text(LABEL, encoding="utf-8")
        self._controller = LocalController(self)
        self.count = 0

    @property
    def port(self) -> int:
        """The port it listens on, once entered."""
        return self._controller.port

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - aiosmtpd's names
        """Keep one mail as it came, under the number of its arrival."""
        self.count += 1
        path = self.folder / f"{self.count:06d}.eml"
        with path.with_suffix(".part").open("wb") as file:
            file.write(envelope.original_content or b"")
            file.flush()
            os.fsync(file.fileno())
        path.with_suffix(".part").replace(path)
        return "250 2.0.0 kept"

    def __enter__(self) -> Self:
        """Open the counter."""
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self._controller.stop()
