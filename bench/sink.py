"""An SMTP sink in a process of its own: takes every mail, keeps none. Prints its port, ends with its standard input."""

import sys

from madoguchi.app.demo.post_office import LocalController


class Sink:
    """Says 250 to everything."""

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: ARG002, N802 - aiosmtpd's names
        """Take the mail."""
        return "250 2.0.0 taken"


if __name__ == "__main__":
    controller = LocalController(Sink())
    controller.start()
    print(controller.port, flush=True)
    sys.stdin.read()
    controller.stop()
