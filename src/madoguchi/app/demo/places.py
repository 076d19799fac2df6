"""Where everything of a demo lies, for the processes that tell it: one file, written once."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Customer:
    """The made-up customer whose own home tells the person's half."""

    number: str
    name: str
    kana: str
    email: str
    address: str


@dataclass(frozen=True)
class Places:
    """The folder of the demo, the ports of its post office and web, the customer, and the address that mail leaves."""

    out: Path
    post: int
    web: int
    customer: Customer
    gone: str

    @property
    def sample(self) -> Path:
        """What is known about the sample."""
        return self.out / "sample" / "sample.json"

    @property
    def site(self) -> Path:
        """The shop's web site."""
        return self.out / "web" / "site"

    @property
    def certificate(self) -> Path:
        """What a visitor of the site trusts."""
        return self.out / "web" / "keys" / "web.pem"

    @property
    def dns(self) -> Path:
        """What the demo's DNS says, as `--dns` reads it."""
        return self.out / "post-office" / "dns.json"

    def home(self, side: str) -> Path:
        """Return the home of a side (``company`` or ``person``)."""
        return self.out / side / "home"

    def mailbox(self, side: str) -> Path:
        """Return the mailbox of a side."""
        return self.out / side / "mailbox"

    def papers(self, side: str, story: str) -> Path:
        """Return the folder for the papers of a story (``A`` or ``B``)."""
        return self.out / side / "papers" / {"A": "A-database-copied", "B": "B-card-form-skimmed"}[story]

    @property
    def case_file(self) -> str:
        """The name of a case file, the same on both sides."""
        return "case-file.zip"

    def write(self, path: Path) -> None:
        """Write the places down."""
        path.write_text(json.dumps(asdict(self), default=str, ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Places":
        """Return what `write` wrote."""
        told = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{**told, "out": Path(told["out"]), "customer": Customer(**told["customer"])})
