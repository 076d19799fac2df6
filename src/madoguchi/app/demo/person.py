"""The person's half of the stories, a part at a time, each in a process of its own: ``python -m … PLACES PART``.

It knows of the shop what arrives by mail and what stands on its web site, and nothing else.
"""

import sys
from pathlib import Path

from madoguchi.app import home as homes
from madoguchi.app.demo.places import Places
from madoguchi.app.servers import MailServer


def main(places: Path, part: str) -> None:
    """Tell one part (`PARTS`) on the person's home, which the first part makes."""
    told = Places.read(places)
    from madoguchi.app.setup import start

    mail = MailServer(host="127.0.0.1", port=told.post, sender=told.customer.email)
    start(homes.create(told.home("person"), "person", mail=mail))
    from madoguchi.app.demo import person_stories

    person_stories.PARTS[part](told)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
