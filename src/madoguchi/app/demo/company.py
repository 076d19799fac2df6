"""The company's half of the stories, a part at a time, each in a process of its own: ``python -m … PLACES PART``.

It calls the same services as the pages. What it knows in advance about the sample is used only to check the answer.
"""

import sys
from pathlib import Path

from madoguchi.app import home as homes
from madoguchi.app.demo import shop
from madoguchi.app.demo.places import Places
from madoguchi.app.servers import MailServer


def main(places: Path, part: str) -> None:
    """Tell one part (`PARTS`) on the shop's home, which the first part makes."""
    told = Places.read(places)
    from madoguchi.app.setup import start

    mail = MailServer(host="127.0.0.1", port=told.post, sender=shop.SHOP["desk_email"])
    start(homes.create(told.home("company"), "company", mail=mail))
    from madoguchi.app.demo import stories

    stories.PARTS[part](told)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
