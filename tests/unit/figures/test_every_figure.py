from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.colors import to_rgb, to_rgba

import pvwidgets
from pvwidgets import figures
from tests.unit.figures.samples import (
    HOSTS,
    MAKERS,
    PHONE,
    assert_nothing_lies_on_text,
    assert_text_stays_in_its_box,
    contrast,
    corners,
    html_of,
    measured,
    outline,
    over,
    picture,
)

each_picture = pytest.mark.parametrize("name", MAKERS)


@each_picture
def test_text_stays_in_its_box(name):
    assert_text_stays_in_its_box(picture(name))


@each_picture
def test_nothing_lies_on_text(name):
    assert_nothing_lies_on_text(picture(name))


@each_picture
def test_text_stands_out(name):
    axes = picture(name).axes[0]
    filled = [
        (outline(patch), patch.get_facecolor())
        for patch in axes.patches
        if patch.get_facecolor()[3] > 0
    ]
    under = [
        # What lies under a corner or the middle of the text, in the order in which it was drawn
        {
            tuple(number for number, (path, _) in enumerate(filled) if path.contains_point(point))
            for point in corners(at, 2)
        }
        for _, _, at in measured(picture(name)).texts
    ]
    for host, (host_ink, host_ground) in HOSTS.items():
        ink = to_rgb(host_ink)

        def seen(colour, ground, ink=ink):
            *rgb, alpha = colour
            return over((*(ink if tuple(rgb) == to_rgb(figures.INK) else rgb), alpha), ground)

        for text, stacks in zip(axes.texts, under, strict=True):
            for stack in stacks:
                ground = to_rgb(host_ground)
                for number in stack:
                    ground = seen(filled[number][1], ground)
                found = contrast(seen(to_rgba(text.get_color()), ground), ground)
                assert found >= 4.5, f"{host}, {text.get_text()!r}: {found:.2f}"


@each_picture
def test_html_is_accessible_and_right_in_both_themes(name):
    page = html_of(picture(name))
    root = ET.fromstring(page)
    svg = root.find(".//svg")
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == figures.alt_text(picture(name))
    assert "\n".join(item.text for item in root.iter("li")) == "\n".join(
        line.removeprefix("- ") for line in figures.text(picture(name)).split("\n")[1:]
    )
    # Names and styles would clash with the page and with a second figure of the page.
    assert not re.search(r'<style|<script|<image|\sid="|url\(|xmlns', page)
    assert figures.INK not in page
    assert "currentColor" in page
    assert "DejaVu" not in page
    for text in svg.iter("text"):
        style = dict(part.strip().split(": ", 1) for part in text.get("style").split(";"))
        assert style["font-family"] == "inherit"
        assert style["font-size"].endswith("px")
    assert page.count("font-weight: 700") >= 4
    ground = [path for path in svg.iter("path") if "fill: #ffffff" in path.get("style", "")]
    assert not ground


@each_picture
def test_text_is_legible_on_a_phone_without_scrolling(name):
    page = html_of(picture(name))
    least = float(re.search(r"min-width:([\d.]+)px", page).group(1))
    assert least <= PHONE
    assert "tabindex" not in page
    smallest = min(text.get_fontsize() for text in picture(name).axes[0].texts) * 96 / 72
    assert smallest * PHONE / (picture(name).get_figwidth() * 96) >= 10


def test_the_same_bytes_each_time():
    for make in (figures.matrix, figures.heat_map):
        first = figures.show(make())._repr_mimebundle_()
        assert figures.show(make())._repr_mimebundle_() == first
        # whatever style the reader has set
        with mpl.rc_context({"font.size": 30, "svg.fonttype": "path", "savefig.bbox": "tight"}):
            mpl.rcParams["path.sketch"] = (1, 100, 2)
            mpl.rcParams["text.color"] = "red"
            assert figures.show(make())._repr_mimebundle_() == first


def test_the_same_bytes_in_another_process(tmp_path):
    script = (
        "import hashlib, json; from pvwidgets import figures as f\n"
        "for p in (f.matrix(), f.heat_map()):\n"
        "    d = json.dumps(f.show(p)._repr_mimebundle_()).encode()\n"
        "    print(hashlib.sha256(d).hexdigest())\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={
                "PYTHONPATH": str(Path(pvwidgets.__file__).parents[1]),
                "PYTHONHASHSEED": seed,
                "MPLCONFIGDIR": str(tmp_path),
                "SOURCE_DATE_EPOCH": seed * 9,
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "12"
    }
    assert len(runs) == 1


def test_only_figures_import_matplotlib():
    folder = Path(pvwidgets.__file__).parent
    modules = list(folder.rglob("*.py"))
    assert len(modules) > 1
    found = {
        path.parent.relative_to(folder).as_posix()
        for path in modules
        if re.search(r"^\s*(import|from) matplotlib", path.read_text("utf-8"), re.MULTILINE)
    }
    # The report on a class draws charts of its own.
    assert found == {"figures", "classroom"}
