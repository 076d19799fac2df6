"""Fill a folder with the wheels that the package needs without extras, at the versions installed here.

`tests/test_wheel.py` installs the package from it into an empty environment, without a network.
"""

import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement


def needed(name: str) -> dict[str, str]:
    """Return distribution names and versions that ``name`` needs without extras, ``name`` left out."""
    found: dict[str, str] = {}
    queue = [name]
    while queue:
        for text in distribution(queue.pop()).requires or []:
            requirement = Requirement(text)
            if requirement.marker and not requirement.marker.evaluate({**default_environment(), "extra": ""}):
                continue
            if requirement.name.lower() not in found:
                found[requirement.name.lower()] = distribution(requirement.name).version
                queue.append(requirement.name)
    return found


def main(folder: Path) -> None:
    """Fetch what is not yet in ``folder``; what comes as source alone is built, so that the test needs no builder."""
    folder.mkdir(exist_ok=True)
    have = {"-".join(path.name.split("-")[:2]).replace("_", "-").lower() for path in folder.iterdir()}
    missing = [f"{n}=={v}" for n, v in needed("madoguchi").items() if f"{n}-{v}".replace("_", "-") not in have]
    if missing:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--wheel-dir", str(folder), *missing], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
