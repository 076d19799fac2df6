"""The four files of the contract: affected.parquet, people.csv, summary.json (the same on every engine), run.json."""

import csv
import dataclasses
import io
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from madoguchi.problem import Problem
from madoguchi.scope.shapes import Exposure, Result

NAMES = ("affected.parquet", "people.csv", "summary.json", "run.json")


def check(out: Path) -> None:
    """Raise `Problem` when DIR holds anything but our own four files: nothing of anybody's is overwritten."""
    if out.exists() and (not out.is_dir() or any(entry.name not in NAMES for entry in out.iterdir())):
        raise Problem(
            ja="出力先にほかのファイルがあります。空のフォルダーか、新しい名前を指定してください。",
            en="the output folder holds other files; name an empty or new folder",
            file=str(out),
        )


def write(result: Result, out: Path) -> None:
    """Write the four files into the folder ``out``, whole or not at all; an earlier result there is replaced."""
    fresh: Path | None = None
    try:
        check(out)
        polars = _polars()
        out.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        _parquet(polars, result.exposures, fresh / "affected.parquet")
        (fresh / "people.csv").write_bytes(people_csv(result).encode())
        (fresh / "summary.json").write_bytes(_json(result.summary))
        (fresh / "run.json").write_bytes(_json(result.run))
        fresh.chmod(0o700)
        if out.exists():
            shutil.rmtree(out)
        fresh.rename(out)
    except OSError as error:
        raise Problem(
            ja=f"結果を書けません（{error.strerror}）。空き容量と書き込みの許可を確かめてください。",
            en=f"the result cannot be written ({error.strerror}); check the free space and that you may write there",
            file=str(out),
        ) from None
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)


def people_csv(result: Result) -> str:
    """Return people.csv: ``id,tier,items``, items joined by ``;``.

    Ids stand as in the list. One that a spreadsheet would take for a formula is written with a leading apostrophe,
    which the spreadsheet drops: an exact id is in affected.parquet.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["id", "tier", "items"])
    writer.writerows([safe(person.id), person.tier, ";".join(person.items)] for person in result.people)
    return text.getvalue()


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _parquet(polars: Any, exposures: list[Exposure], path: Path) -> None:
    text, number = polars.String, polars.Int64
    schema = dict.fromkeys(("person", "item", "tier", "key", "source", "place"), text)
    schema |= dict.fromkeys(("offset", "length", "count"), number)
    names = [field.name for field in dataclasses.fields(Exposure)]
    columns = {name: [getattr(exposure, name) for exposure in exposures] for name in names}
    # Every setting that shapes the bytes is fixed: two runs give the same file.
    polars.DataFrame(columns, schema=schema).write_parquet(
        path, compression="zstd", compression_level=3, statistics=True, row_group_size=1 << 18
    )


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _polars() -> Any:
    try:
        import polars
    except ImportError:
        raise Problem(
            ja="affected.parquet を書くには polars が要ります。pip install 'madoguchi[scope]' を実行してください。",
            en="writing affected.parquet needs polars; run pip install 'madoguchi[scope]'",
        ) from None
    return polars
