"""Whatever an author writes is shown as text; a strict policy and strange data break nothing."""

import functools
import http.server
import shutil
import threading
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from playwright.sync_api import expect

import pvwidgets as pv
from pvwidgets import page as html_page
from pvwidgets import richtext
from pvwidgets.answers import COURSE, dump, now
from pvwidgets.kinds import KINDS
from pvwidgets.words import words

from ..graders.test_both import VECTORS, responses
from .board import CELLS, Board, key_of

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'none'"
HOSTILE = [
    "<script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    "</script><script>window.pwned = 1</script>",
    '"><svg onload="window.pwned = 1">',
    "{{constructor.constructor('window.pwned = 1')()}}",
    "<!-- <script>",
    "&lt;b&gt; & &amp;",
    "\u202eright to left\u202d and left",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 shalom",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e007f e\u0301\u0301\u0301",
    "W" * 10_000,
    "\u2028line\u2029separators\u0000\ufffe",
]
# These turn the direction of writing, and must not turn what stands after them.
TURNING = HOSTILE[7:9]
BIDI = """() => {
  const texts = [...document.querySelectorAll(".pv-text")];
  return [...new Set(texts.map((text) => getComputedStyle(text).unicodeBidi))];
}"""
FAILED = words()["ui"]["failed"]
# A page that is seen again reads what is kept; it draws before the next task.
SHOW_ALL = """async ([name, texts, failed]) => {
  for (const text of texts) {
    localStorage[name] = text;
    dispatchEvent(new Event("focus"));
    await new Promise((done) => setTimeout(done));
    if (document.body.innerText.includes(failed)) return text;
  }
  return null;
}"""
FOREIGN = "script, img, svg"


class StrictHandler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def strict_site(tmp_path):
    """Serves pages under a policy that allows only the page's own files."""
    handler = functools.partial(StrictHandler, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in ("page.js", "pv.css"):
        shutil.copy(html_page.STATIC / name, tmp_path / name)
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def write(folder, activity):
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title>'
        '<meta name="viewport" content="width=device-width">'
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="pv.css">'
        f'<script defer src="page.js"></script></head><body><main>{html_page.section(activity)}'
        "</main></body></html>"
    )
    (folder / "page.html").write_text(html, encoding="utf-8")


def alter(folder, old, new):
    """Changes data that the loader would not write like this."""
    file = folder / "page.html"
    html = file.read_text(encoding="utf-8")
    assert old in html
    file.write_text(html.replace(old, new), encoding="utf-8")


def with_texts(activity, texts):
    ids = activity.sets[0]
    cards = [
        {**card, "text": richtext.inlines(texts[ids.index(card["id"])])}
        for card in activity.public["cards"]
        if card["id"] in ids
    ]
    title = " ".join(texts[:9])
    public = {**activity.public, "title": title, "cards": cards, "sets": [ids]}
    feedback = {c: {k: [["p", texts[1]]] for k in CELLS} for c in ids}
    keys = {c: {**activity.key["cards"][c], "feedback": feedback[c], "words": texts} for c in ids}
    return replace(activity, title=title, public=public, key={"cards": keys})


@pytest.mark.parametrize("width", [1280, 320])
def test_texts_are_shown_and_never_run(watch, strict_site, tmp_path, matrix, width):
    activity = with_texts(matrix, HOSTILE)
    write(tmp_path, activity)
    page = watch.page(viewport={"width": width, "height": 800})
    # Chromium reports an icon from a data: address against the policy; it is the test's own.
    page.goto(f"{strict_site}/page.html")
    board = Board(page)
    for text in HOSTILE[:8]:
        expect(board.root.locator(".pv-card").filter(has_text=text.strip())).not_to_have_count(0)
    key = key_of(activity)
    for card, text in zip(activity.sets[0], HOSTILE, strict=True):
        board.root.locator(f'[data-drag="{card}"]').click()
        if text in TURNING:
            expect(board.status).to_contain_text(f"\u2068{text}\u2069")
        board.cell(key[card]).click()
    board.check()
    assert board.score() == ("12", "12")
    board.button("Show explanations").click()
    for summary in board.root.locator("summary").all():
        summary.click()
    assert page.evaluate(BIDI) == ["isolate"]
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0
    page.emulate_media(media="print")
    expect(board.root.locator(".pv-worksheet")).to_be_visible()
    expect(board.root.locator(FOREIGN)).to_have_count(0)
    assert page.evaluate("window.pwned") is None
    watch.errors = [e for e in watch.errors if "data:," not in e]


def test_a_tree_with_other_tags_is_shown_as_text(watch, strict_site, tmp_path, matrix):
    write(tmp_path, matrix)
    alter(tmp_path, '"prompt":[', '"prompt":[["script","window.pwned = 1"],["p",["img","x"]],')
    page = watch.page()
    page.goto(f"{strict_site}/page.html")
    board = Board(page)
    expect(board.root.locator(".pv-prompt")).to_contain_text("window.pwned = 1")
    expect(board.root.locator(FOREIGN)).to_have_count(0)
    watch.errors = [e for e in watch.errors if "data:," not in e]


def test_everything_works_under_the_strict_policy(watch, strict_site, tmp_path, matrix):
    write(tmp_path, matrix)
    page = watch.page(viewport={"width": 1200, "height": 1000})
    page.goto(f"{strict_site}/page.html")
    board = Board(page)
    text = board.cards_in(None).first.inner_text()
    start, target = board.card(text).bounding_box(), board.cell("CW").bounding_box()
    page.mouse.move(start["x"] + 30, start["y"] + 15)
    page.mouse.down()
    page.mouse.move(target["x"] + 40, target["y"] + 20, steps=5)
    ghost = board.root.locator(".pv-ghost")
    expect(ghost).to_be_visible()
    assert "matrix" in ghost.evaluate("(e) => getComputedStyle(e).transform")
    page.mouse.up()
    expect(board.cards_in("CW")).to_have_count(1)
    board.button("Your answers").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    assert download.value.suggested_filename.endswith(".json")
    watch.errors = [e for e in watch.errors if "data:," not in e]


def test_the_policy_is_in_force(watch, strict_site, tmp_path):
    pwn = "window.pwned = 1"
    (tmp_path / "bad.html").write_text(
        f'<!doctype html><title>t</title><p style="color: rgb(1, 2, 3)">p</p>'
        f'<button onclick="{pwn}">b</button><script>{pwn}</script><script src="bad.js"></script>',
        encoding="utf-8",
    )
    (tmp_path / "bad.js").write_text(
        f"try {{ eval('{pwn}'); }} catch (fault) {{ window.refused = fault.name; }}", "utf-8"
    )
    page = watch.page()
    page.goto(f"{strict_site}/bad.html")
    page.get_by_role("button").click()
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("window.refused") == "EvalError"
    expect(page.locator("p")).not_to_have_css("color", "rgb(1, 2, 3)")
    assert any("Content Security Policy" in e for e in watch.errors)
    watch.errors = []


def test_a_fault_of_ours_leaves_the_page_and_the_answers_alone(
    watch, strict_site, tmp_path, matrix
):
    # A key half that does not fit its public half is no author's mistake: the loader made both.
    good = html_page.section(matrix)
    write(tmp_path, matrix)
    alter(tmp_path, '"key":{"cards":{', '"key":{"cards":{},"other":{')
    page = watch.page()
    page.goto(f"{strict_site}/page.html")
    failed = page.locator("section.pv-activity").first
    expect(failed).to_contain_text(FAILED)
    assert page.evaluate("localStorage.length") == 0

    # Another activity of the page works, and what is kept stays.
    alter(tmp_path, "</main>", f"{good}</main>")
    page.reload()
    expect(failed).to_contain_text(FAILED)
    board = Board(page, "section.pv-activity:nth-of-type(2)")
    board.tap(board.cards_in(None).first.inner_text(), "IW")
    kept = page.evaluate("JSON.stringify(localStorage)")
    page.reload()
    expect(failed).to_contain_text(FAILED)
    expect(Board(page, "section.pv-activity:nth-of-type(2)").cards_in("IW")).to_have_count(1)
    assert page.evaluate("JSON.stringify(localStorage)") == kept
    # The console is told, once for each time that the page was opened.
    assert len([e for e in watch.errors if "TypeError" in e]) == 3
    watch.errors = [e for e in watch.errors if "data:," not in e and "TypeError" not in e]


@pytest.mark.parametrize("half", ["both", "public"])
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_can_be_kept_can_be_shown(watch, tmp_path, kind, half):
    """Checks may be older than a part of a question, or made where the key was at hand."""
    activity = pv.load(VECTORS / kind / "activity.yml")
    activity = activity if half == "both" else activity.without_key()
    made = []

    @settings(max_examples=100, database=None, phases=[Phase.generate])
    @given(responses(activity))
    def collect(response):
        made.append(dump({activity.id: {"saved": now(), "response": response}}))

    collect()
    file = tmp_path / "page.html"
    file.write_text(html_page.document(activity), encoding="utf-8")
    page = watch.page()
    page.goto(file.as_uri())
    expect(page.locator("section[data-ready]")).to_be_visible()
    name = f"pv:{COURSE}:{activity.id}"
    failed = page.evaluate(SHOW_ALL, [name, made, FAILED])
    assert failed is None
