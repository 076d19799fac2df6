"""What the documents say is there, is there."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from madoguchi import catalogue, law
from madoguchi.cli import program
from madoguchi.law import corpus, spelling

REPO = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    REPO / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", *map(str, REPO.glob("docs/**/*.md")))
]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, check=False).stdout
    return [REPO / name for name in listed.decode().split("\0") if name and (REPO / name).is_file()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_within_the_project_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_every_promise_of_the_threat_model_names_tests_that_exist() -> None:
    text = (REPO / "docs/threat-model.md").read_text(encoding="utf-8")
    promises = re.findall(r"^\|[^|]+\|[^|]+\|([^|]+)\|$", text, re.MULTILINE)[2:]
    assert len(promises) >= 10
    for held_by in promises:
        paths = re.findall(r"`(tests/[^`]+)`", held_by)
        assert paths, held_by
        for path in paths:
            assert list(REPO.glob(path.rstrip("/") + "*")), path


def test_every_place_in_the_map_of_the_house_exists() -> None:
    text = (REPO / "docs/house.md").read_text(encoding="utf-8")
    table = text.split("| looking for… | it lives in |")[1].split("\n\n")[0]
    for path in re.findall(r"`([a-z_/*<>.]+)`", table):
        assert list((REPO / "src/madoguchi").glob(re.sub(r"<[a-z]+>", "*", path))), path


def test_every_command_in_the_readme_is_a_command_of_the_program() -> None:
    commands = program().commands
    for words in re.findall(
        r"^\$? ?\.venv/bin/madoguchi ([a-z]+)", (REPO / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    ):
        assert words in commands


def test_every_target_of_the_makefile_explains_itself() -> None:
    text = (REPO / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    for target in phony.split():
        assert re.search(rf"^{target}:.*##", text, re.MULTILINE), target


def duties_document() -> str:
    return (REPO / "docs/duties.md").read_text(encoding="utf-8")


def test_every_fact_the_law_takes_stands_in_the_document_with_its_values_and_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", duties_document().split("## `items`")[0], re.MULTILINE))
    assert set(rows) == set(law.Facts.model_fields)
    for key, field in law.Facts.model_fields.items():
        meaning, values, default = rows[key].split(" | ")
        assert re.search(r"[ぁ-ん]", meaning), key
        for value in spelling.choices(key):
            assert f"`{value}`" in values, (key, value)
        if field.annotation is bool:
            assert "`true`" in values
            assert "`false`" in values
        if field.is_required() and key != "as_of":
            assert default == "必須 / required"
        elif isinstance(field.default, str):
            assert default == f"`{field.default}`"
    for authority in (one for found in corpus.load() for one in found.authorities):
        assert f"`{authority.sector}`" in rows["sector"]


def test_every_item_of_the_catalogue_stands_in_the_document_with_its_names() -> None:
    table = duties_document().split("## `items`")[1]
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", table, re.MULTILINE)
    assert rows == [(key, item.names.ja, item.names.en) for key, item in catalogue.items().items()]


def test_every_example_of_facts_in_the_document_is_understood() -> None:
    examples = re.findall(r"```yaml\n(.+?)```", duties_document(), re.DOTALL)
    assert len(examples) == 2
    shortest, whole = (law.read(example, today=date(2026, 12, 1)) for example in examples)
    assert set(shortest.model_fields_set) == set(spelling.REQUIRED)
    assert whole.assumed == {}


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    registries = "|".join(("py" + r"pi\.org", "python" + r"hosted\.org", r"registry\.npm" + "js", r"deb\.deb" + "ian"))
    machine = r"(?<![\w.])/(?:work|ro" + r"ot)/"
    for path in tracked():
        if path.suffix in (".otf", ".png"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not re.search(registries, text), path
        assert path.name == "test_docs.py" or not re.search(machine, text), path
