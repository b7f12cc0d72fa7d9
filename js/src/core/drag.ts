/**
 * Dragging with a mouse, as a shortcut beside taps and keys.
 *
 * Pointer events rather than HTML drag and drop: the latter cannot start on a button in Firefox.
 * An element with data-drag="<id>" can be dragged onto one with data-drop="<place>".
 */
const THRESHOLD = 6;
const EDGE = 48;

export function startDrag(event: PointerEvent, drop: (id: string, place: string) => void): void {
  if (event.pointerType !== "mouse" || event.button !== 0) return;
  const source = (event.target as Element).closest<HTMLElement>("[data-drag]");
  if (!source) return;
  const { clientX: x0, clientY: y0 } = event;
  const activity = source.closest(".pv-activity")!;
  const box = source.getBoundingClientRect();
  let ghost: HTMLElement | null = null;
  let over: Element | null = null;
  const listening = new AbortController();

  const hover = (next?: Element | null) => {
    over?.classList.remove("pv-over");
    over = next ?? null;
    over?.classList.add("pv-over");
  };
  const move = (e: PointerEvent) => {
    if (!ghost) {
      if (Math.hypot(e.clientX - x0, e.clientY - y0) < THRESHOLD) return;
      ghost = source.cloneNode(true) as HTMLElement;
      ghost.classList.add("pv-ghost");
      ghost.setAttribute("aria-hidden", "true");
      ghost.style.width = `${box.width}px`;
      activity.append(ghost);
      source.classList.add("pv-lifted");
    }
    ghost.style.transform = `translate(${box.left + e.clientX - x0}px, ${box.top + e.clientY - y0}px)`;
    if (e.clientY < EDGE) scrollBy(0, -EDGE / 4);
    else if (e.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4);
    hover(document.elementFromPoint(e.clientX, e.clientY)?.closest("[data-drop]"));
  };
  const end = (e: Event) => {
    listening.abort();
    const place = over?.getAttribute("data-drop");
    const inside = over && activity.contains(over);
    hover();
    if (!ghost) return;
    ghost.remove();
    source.classList.remove("pv-lifted");
    // The click that follows a drag is no choice of a card.
    const swallow = (click: Event) => click.stopPropagation();
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }));
    if (e.type === "pointerup" && place && inside) drop(source.dataset.drag!, place);
  };
  const escape = (e: KeyboardEvent) => {
    if (e.key !== "Escape") return;
    e.stopPropagation();
    end(e);
  };
  const { signal } = listening;
  addEventListener("pointermove", move, { signal });
  addEventListener("pointerup", end, { signal });
  addEventListener("pointercancel", end, { signal });
  addEventListener("keydown", escape, { signal, capture: true });
}
