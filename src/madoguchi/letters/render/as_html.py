"""A letter as one HTML file: no script, no request, every typed character escaped."""

import functools
from importlib.resources import files

import jinja2

from madoguchi.letters.letter import Letter


def html(letter: Letter) -> str:
    """Return the letter as a whole HTML document (UTF-8) that fetches nothing and runs nothing."""
    return _template().render(letter=letter)


@functools.cache
def _template() -> jinja2.Template:
    source = files("madoguchi.letters").joinpath("templates", "letter.html.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)
