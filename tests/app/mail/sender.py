"""A worker in a process of its own, to be killed by test_crash: ``python sender.py DATABASE PORT`` sends until all is sent."""

import sys
from dataclasses import replace

import django
from django.conf import settings


def main(database: str, port: int) -> None:
    """Do the due work of the mail on the test's own database, as `madoguchi worker` does."""
    django.setup()
    from django.db import connections
    from django.utils import timezone

    from madoguchi.app.home import MailServer
    from madoguchi.app.mail import work

    connections["default"].settings_dict["NAME"] = database
    server = MailServer(host="127.0.0.1", port=port, sender="privacy@mihon.example")
    settings.HOME = replace(settings.HOME, mail=server)
    # What is due again only later (a claim that has to run out) is the test's matter.
    while (again := work.deliver(None, timezone.now())) and again <= timezone.now():
        pass


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
