"""The company's half of the stories, in a process of its own on the shop's home: ``python -m … HOME SAMPLE PAPERS PORT``.

It calls the same services as the pages. What it knows in advance about the sample is used only to check the answer.
"""

import sys
from pathlib import Path

from madoguchi.app import home as homes
from madoguchi.app.demo import shop
from madoguchi.app.demo.steps import step


def main(home: Path, sample: Path, papers: Path, port: int) -> None:
    """Tell both stories on a new home; the papers go to ``papers``."""
    with step("home") as told:
        from madoguchi.app.setup import start

        mail = homes.MailServer(host="127.0.0.1", port=port, sender=f"privacy@{shop.DOMAIN}")
        start(homes.create(home, "company", mail=mail))
        from madoguchi.app.demo import stories

        owner, manager = stories.open_shop()
        told.say(
            "お店のホームを作り、責任者と管理者を登録しました。", "the shop's home is made, with an owner and a manager"
        )
    from madoguchi.app.demo.sample import Sample

    made = Sample.read(sample)
    stories.copied(made, owner, manager, papers / "A-database-copied")
    stories.skimmed(made, owner, manager, papers / "B-card-form-skimmed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
