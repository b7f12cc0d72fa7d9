"""A server of JupyterLab, of the Python that is wanted."""

import os
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress


@contextmanager
def jupyterlab(python, folder, log, **environment):
    """Serve a folder; give the address."""
    with log.open("w") as out:
        server = subprocess.Popen(
            [
                *(str(python), "-m", "jupyterlab", "--no-browser", "--allow-root"),
                *("--ip=127.0.0.1", "--port=0", f"--ServerApp.root_dir={folder}"),
                *("--IdentityProvider.token=", "--ServerApp.password="),
                *("--LabApp.news_url=", "--LabApp.extension_manager=readonly"),
            ],
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
        )
    try:
        yield _address(server, log)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _address(server, log):
    for _ in range(600):
        text = log.read_text()
        for word in text.split():
            if word.startswith("http://127.0.0.1:"):
                address = word.split("/lab")[0]
                # It is printed a moment before it answers.
                with suppress(urllib.error.URLError):
                    urllib.request.urlopen(f"{address}/api", timeout=10).close()
                    return address
        assert server.poll() is None, text
        time.sleep(0.1)
    raise AssertionError(text)


@contextmanager
def page_of(chromium, address, path):
    """Open a file in JupyterLab, in a browser that knows no other host; give the page."""
    context = chromium.new_context(
        viewport={"width": 1400, "height": 1000},
        permissions=["clipboard-read", "clipboard-write"],
    )
    foreign = []

    def route(one):
        if one.request.url.startswith((address, "data:", "blob:")):
            one.continue_()
        else:
            foreign.append(one.request.url)
            one.abort()

    context.route("**/*", route)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/lab/tree/{path}")
    yield page
    context.close()
    assert foreign == []
