"""The package as others get it: a wheel, installed without extras into an empty environment."""

import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[1]
ROOMS = sorted(p.name for p in (REPO / "src/madoguchi").iterdir() if (p / "__init__.py").exists() and p.name != "app")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the interpreter of a fresh environment that holds the wheel and what it needs without extras."""
    wheelhouse = REPO / "wheelhouse"
    if not wheelhouse.is_dir():
        pytest.skip("no wheelhouse: `make test-deps` fills it")
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist"), str(REPO)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "empty")], check=True)
    python = folder / "empty" / "bin" / "python"
    offline = ["install", "--quiet", "--no-index", "--find-links", str(wheelhouse), str(wheel)]
    subprocess.run([str(python), "-m", "pip", "--disable-pip-version-check", *offline], check=True)
    return python


def test_there_are_rooms_to_import() -> None:
    assert {"text", "intake", "catalogue", "law", "harm", "scope", "letters", "record", "cli"} <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_can_be_imported_from_the_wheel_without_extras(environment: Path, room: str) -> None:
    modules = [
        f"madoguchi.{path.relative_to(REPO / 'src/madoguchi').with_suffix('').as_posix().replace('/', '.')}"
        for path in sorted((REPO / "src/madoguchi" / room).rglob("*.py"))
        if path.name != "__main__.py"
    ]
    names = [name.removesuffix(".__init__") for name in modules]
    code = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    done = subprocess.run(
        [str(environment), "-I", "-c", code, *names],
        capture_output=True,
        text=True,
        check=False,
        cwd=environment.parent,
    )
    assert done.returncode == 0, done.stderr


def test_the_installed_program_answers_with_its_data_files(environment: Path) -> None:
    facts = b"known_on: 2026-11-21\nevents: [leak]\nitems: [card_number]\nas_of: 2026-11-22\n"
    program = environment.parent / "madoguchi"
    done = subprocess.run([str(program), "duties", "-", "--json"], input=facts, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert b'"reportable": "yes"' in done.stdout
