"""How large the package is."""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from importlib.metadata import distribution
from pathlib import Path, PurePath

from bench.report import Section
from bench.stage import ROOT, StageError, run
from bench.stats import significant, times

OTHERS = ("jupyterquiz", "anywidget", "ipywidgets")


def parts(wheel: zipfile.ZipFile) -> dict[str, int]:
    """Return how many bytes of a wheel each folder of the package takes, the largest first."""
    found: dict[str, int] = {}
    for file in wheel.infolist():
        top, *rest = PurePath(file.filename).parts
        name = f"{rest[0]}/" if len(rest) > 1 and not top.endswith(".dist-info") else "the rest"
        found[name] = found.get(name, 0) + file.compress_size
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def packed(name: str) -> int:
    """Return the bytes of an installed package, compressed as in a wheel."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in distribution(name).files or ():
            path = Path(str(file.locate()))
            if path.is_file() and path.suffix != ".pyc":
                archive.write(path, str(file))
    if not archive.namelist():
        raise StageError(f"{name} does not say which files it has.")
    return buffer.tell()


def measure() -> Section:
    with tempfile.TemporaryDirectory() as folder:
        run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], ROOT)
        (path,) = Path(folder).glob("*.whl")
        size = path.stat().st_size
        with zipfile.ZipFile(path) as wheel:
            inside = parts(wheel)
    section = Section(
        "The package",
        "The wheel, with all activities and both front ends in it. The others are what is "
        "installed here, compressed in the same way.",
        ["package", "KB", "ours / it"],
        [["ours", significant(size / 1000), ""]],
    )
    for name in OTHERS:
        other = packed(name)
        section.rows.append([name, significant(other / 1000), times(size / other)])
    largest = list(inside.items())[:3]
    section.means.append(
        "Of ours, "
        + ", ".join(f"{significant(part / 1000)} KB are {name}" for name, part in largest)
        + "."
    )
    return section
