"""What all tests share: the folder of real data, and a network that is closed but for this machine."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The first example of a property test loads data files; how long that takes on a busy machine proves nothing.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

REPO = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data that is never copied into the project, or skip with the reason."""
    folder = Path(os.environ.get("MADOGUCHI_SHARED", REPO.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"the folder of real data is not here ({folder.name}/data); set MADOGUCHI_SHARED to it")
    return folder
