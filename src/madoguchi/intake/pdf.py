"""The text of a PDF, taken out in a process of its own."""

import base64
import dataclasses
import re
from io import BytesIO

from madoguchi.intake import confined
from madoguchi.intake.limits import MIB, Limits
from madoguchi.problem import Problem

_READABLE = re.compile(r"[^\s\x00-\x1f\ufffd\ue000-\uf8ff]")
_LARGEST = 100 * MIB
"""Bytes of a PDF that we take up. An announcement has a few; what is larger holds scanned pages."""
_FEWEST = 10
"""Characters below which a PDF counts as pictures: page numbers and stamps, but no announcement."""


def text(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008 - a frozen dataclass of plain numbers
    """Return the text of a PDF, pages one after the other, line ends ``\\n``.

    `Problem` for a PDF that is locked, broken, too large, or holds no text (scanned pages are pictures: we do not guess
    at them), each with what to do instead. ``limits`` bound the process that parses it.
    """
    if len(data) > _LARGEST:
        raise Problem(
            ja=f"PDF が大きすぎます（{len(data) // MIB:,} MiB、上限{_LARGEST // MIB} MiB）。必要なページだけを PDF に保存し直してください。",
            en=f"the PDF is too large ({len(data) // MIB:,} MiB, limit {_LARGEST // MIB} MiB); save only the pages that matter",
        )
    given = dataclasses.replace(
        limits, cpu_seconds=min(limits.cpu_seconds, 120), wall_seconds=min(limits.wall_seconds, 300)
    )
    found = str(confined.run(_extract, base64.b64encode(data).decode("ascii"), limits=given))
    readable = len(_READABLE.findall(found))
    if readable < _FEWEST:
        raise Problem(
            ja="PDF に文字が入っていません（紙を画像として取り込んだもののようです）。文章を打ち込むか、文字を選択できる PDF・テキストで保存し直してください。",
            en="the PDF holds no text (it looks scanned); type the text, or save it as a PDF or text whose words can be selected",
            easy="この PDF は絵（え）になっていて、文字（もじ）を読（よ）めません。文章（ぶんしょう）を打（う）ちこんでください。",
        )
    if readable < 0.5 * len("".join(found.split())):
        raise Problem(
            ja="PDF の文字が文字化けしていて読めません。文章を打ち込むか、テキストで保存し直してください。",
            en="the letters of the PDF come out garbled; type the text, or save it as text",
        )
    return found


def _extract(encoded: str) -> str:
    """Return the text of every page; runs in the other process."""
    import logging

    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(base64.b64decode(encoded)))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked()
        pages = [page.extract_text() for page in reader.pages]
    except Problem:
        raise
    except pypdf.errors.DependencyError:
        raise _locked() from None  # an encryption that we have no library for
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        ArithmeticError,
    ):
        raise Problem(
            ja="PDF が壊れているか、途中で切れています。もう一度ダウンロードするか、別のソフトで開いて PDF かテキストに保存し直してください。",
            en="the PDF is damaged or cut off; download it again, or open it elsewhere and save it as PDF or text",
        ) from None
    return "\n".join("\n".join(line.rstrip() for line in page.splitlines()) for page in pages)


def _locked() -> Problem:
    return Problem(
        ja="PDF がパスワードで保護されています。パスワードを使って開き、保護のない PDF かテキストに保存し直してください。",
        en="the PDF is protected by a password; open it with the password and save it as text or as a PDF without one",
    )
