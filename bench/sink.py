"""An SMTP sink in a process of its own: takes every mail, keeps none. Prints its port, ends with its standard input."""

import sys

from aiosmtpd.controller import Controller


class Sink:
    """Says 250 to everything."""

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: ARG002, N802 - aiosmtpd's names
        """Take the mail."""
        return "250 2.0.0 taken"


if __name__ == "__main__":
    controller = Controller(Sink(), hostname="127.0.0.1", port=0, ready_timeout=20)
    controller.start()
    print(controller.server.sockets[0].getsockname()[1], flush=True)
    sys.stdin.read()
    controller.stop()
