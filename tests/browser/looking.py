"""What can be seen on a page, measured: text cut off, targets, focus rings, colours."""

import io

from PIL import Image, ImageChops

# Text that cannot be read whole, because something cuts it off, covers it or lets it leave the
# window. Text in a box that scrolls up and down can be reached; text for the ear alone is left out.
LOST = """
(root) => {
  const lost = [], seen = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: own } = walker.currentNode;
    if (!data.trim() || !own.checkVisibility({ visibilityProperty: true })) continue;
    if (own.closest(".pv-hidden")) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const say = (why) => lost.push(`${why}: ${data.trim().slice(0, 40)}`);
      if (box.left < -1 || box.right > innerWidth + 1) say("beyond the window");
      let shown = true;
      for (let up = own; up && up !== document.body; up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up);
        const edge = up.getBoundingClientRect();
        const across = box.left < edge.left - 1 || box.right > edge.right + 1;
        const down = box.top < edge.top - 3 || box.bottom > edge.bottom + 3;
        if (overflowX !== "visible" && across) say("cut off across");
        if (overflowY === "hidden" || overflowY === "clip") {
          if (down) say(own.closest(".pv-cell .pv-text") ? "shortened" : "cut off below");
        }
        if (overflowY !== "visible" && down) shown = false;
        // What sticks to an edge of the window covers what scrolls below it, for as long.
        if (getComputedStyle(up).position === "sticky") shown = false;
      }
      if (shown) seen.push({ box, own, data });
    }
  }
  const modal = root.querySelector("dialog[open]");
  for (const [i, a] of seen.entries()) {
    for (const b of seen.slice(i + 1)) {
      if (a.own === b.own || (modal && modal.contains(a.own) !== modal.contains(b.own))) continue;
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (wide > 2 && high > 0.4 * Math.min(a.box.height, b.box.height))
        lost.push(`over each other: ${a.data.trim().slice(0, 30)} / ${b.data.trim().slice(0, 30)}`);
    }
  }
  return [...new Set(lost)];
}
"""

# What can be pressed, with its size. A link within a sentence is as high as the sentence's line.
TARGETS = """
(root) => [...root.querySelectorAll("button, summary, input, select, textarea, a, [role=button]")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("p a"))
  .map((one) => {
    const { width, height } = one.getBoundingClientRect();
    return [one.innerText.trim().slice(0, 30) || one.ariaLabel || one.className, width, height];
  })
"""

# What can have the focus gets it, one after the other: its ring, the ground that the ring lies on,
# and how much of it is not covered by anything.
RINGS = """
(root) => {
  const rings = [];
  document.activeElement.blur();
  for (const one of root.querySelectorAll("button:enabled, summary, a, input, [tabindex]")) {
    if (!one.checkVisibility({ visibilityProperty: true })) continue;
    one.focus();
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const none = (e) => getComputedStyle(e).backgroundColor === "rgba(0, 0, 0, 0)";
    let ground = one.parentElement, free = 0;
    while (none(ground)) ground = ground.parentElement;
    for (const x of [0.1, 0.5, 0.9]) for (const y of [0.1, 0.5, 0.9]) {
      const hit = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
      if (one.contains(hit)) free += 1 / 9;
    }
    rings.push({
      name: one.innerText.trim().slice(0, 30) || one.ariaLabel || one.className,
      width: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
      line: style.outlineColor,
      ground: getComputedStyle(ground).backgroundColor,
      free,
    });
  }
  return rings;
}
"""

# The line around what can be pressed, and around a cell, and the ground outside of it.
EDGES = """
(root) => [...root.querySelectorAll("button:enabled:not(.pv-place), .pv-cell")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => {
    let out = one.parentElement;
    while (getComputedStyle(out).backgroundColor === "rgba(0, 0, 0, 0)") out = out.parentElement;
    return {
      name: one.innerText.slice(0, 30),
      line: getComputedStyle(one).borderTopColor,
      ground: getComputedStyle(out).backgroundColor,
    };
  })
"""

# The boxes of the lines of text in an element, in pixels of the window.
LINES = """
(own) => {
  const range = document.createRange();
  range.selectNodeContents(own);
  return [...range.getClientRects()].filter((b) => b.width > 4)
    .map((b) => [b.left, b.top, b.right, b.bottom]);
}
"""


def resize(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    # The book's side bar slides in or out, over the page.
    page.evaluate("() => new Promise(requestAnimationFrame)")
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")


def parse(color):
    """The red, green and blue of a computed colour."""
    numbers = color[color.index("(") + 1 : -1].replace(",", " ").split()
    assert len(numbers) == 3, f"{color} lets something show through"
    return tuple(int(float(n)) for n in numbers)


def luminance(rgb):
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in _unit(rgb)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def picture(page, **options):
    return Image.open(io.BytesIO(page.screenshot(**options))).convert("RGB")


def ground_and_ink(image):
    """The most frequent colour, and among those not rare the one that contrasts most with it."""
    colors = image.getcolors(image.width * image.height)
    ground = max(colors)[1]
    inks = [color for n, color in colors if n >= 4]
    return ground, max(inks, key=lambda color: contrast(color, ground))


def difference(one, other):
    """How many pixels differ clearly between two pictures of the same place."""
    # A chosen card shows all of its text and grows: what counts is what looks other beside that.
    both = (0, 0, min(one.width, other.width), min(one.height, other.height))
    grey = ImageChops.difference(one.crop(both), other.crop(both)).convert("L")
    return sum(grey.histogram()[48:])


def _unit(rgb):
    return [value / 255 for value in rgb]
