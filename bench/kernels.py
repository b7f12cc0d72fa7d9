"""How much memory a learner's kernel takes on a server."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from statistics import median

import psutil
from jupyter_client.manager import KernelManager

from bench.report import Section
from bench.stage import StageError
from bench.stats import interleaved, significant, spread

STATES = {
    "a kernel alone": "",
    "with the package": "import pvwidgets as pv",
    "with the widget": "import pvwidgets as pv\nw = pv.activity('value-matrix')\ndisplay(w)",
    "with the widget and a figure": (
        "import pvwidgets as pv\nw = pv.activity('value-matrix')\ndisplay(w, w.figure())"
    ),
}
ALONE, WIDGET = "a kernel alone", "with the widget"
CLASS = 30


def memory(code: str) -> tuple[float, float]:
    """Run code in a kernel of its own; return its memory in MB: all of it, and what is its own."""
    manager = KernelManager(kernel_name="python3")
    with tempfile.TemporaryDirectory() as folder:
        manager.start_kernel(cwd=folder, stderr=subprocess.DEVNULL)
        client = manager.blocking_client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=120)
            said = client.execute_interactive(code, timeout=120, output_hook=lambda _: None)
            if said["content"]["status"] != "ok":
                raise StageError(f"the kernel could not run {code!r}: {said['content']}")
            pid = getattr(manager.provisioner, "pid", None)
            if pid is None:
                raise StageError("the kernel is not a process of this machine")
            found = psutil.Process(pid).memory_full_info()
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    return found.rss / 1e6, found.uss / 1e6


def measure(rounds: int) -> Section:
    jobs: dict[str, Callable[[], tuple[float, float]]] = {
        name: partial(memory, code) for name, code in STATES.items()
    }
    found = interleaved(rounds, jobs, warm_up=True)
    section = Section(
        "Memory of a learner's kernel",
        "Each in a kernel of its own. *Its own* is what it shares with no other process, and so "
        "what each further learner on the same machine adds; in containers that share nothing, all "
        f"of it counts. JupyterLab's server is not in it. {rounds} rounds.",
        ["", "its own, MB", "all, MB"],
    )
    for name, pairs in found.items():
        section.rows.append(
            [name, spread([own for _, own in pairs]), spread([rss for rss, _ in pairs])]
        )
    own = {name: median(own for _, own in pairs) for name, pairs in found.items()}
    added, many = own[WIDGET] - own[ALONE], own[WIDGET] * CLASS / 1000
    section.means.append(
        f"The widget adds {significant(added)} MB to a kernel. In a class of {CLASS} that all work "
        f"at the same moment, the kernels take {significant(many)} GB."
    )
    return section
