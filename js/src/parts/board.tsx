/** Cards and the places where they go: two taps, Enter and arrow keys, or a drag with the mouse. */
import type { ComponentChildren } from "preact";
import type { Answers, AttemptRule, Items, Response } from "../core/attempts";
import { startDrag } from "../core/drag";
import type { ViewProps } from "../core/kind";
import { plain, Rich, shorten } from "../core/rich";
import type { Rich as Node } from "../core/types";
import { count, say as fill, ui } from "../core/words";
import { isDone, isRight, lastOf, attemptOf } from "./attempt";
import { Feedback, type Closer, type Explained } from "./feedback";

export interface Bin {
  id: string;
  title: string;
  text?: string;
  /** At most so many cards. */
  room?: number;
}

/** A second choice for a placed card, without points. */
export interface Mark {
  id: string;
  /** On the button, and as its name. */
  label: string;
  name: string;
  /** What is announced. */
  said: string;
}

export interface BoardKind {
  rule: AttemptRule;
  name: string;
  layout: "grid" | "columns" | "strip" | "plane";
  /** Bins in a row, where they stand in rows; without it, in one. */
  wide?: number;
  bins: Bin[];
  /** Before a bin: the labels of a grid. */
  before?(bin: string): ComponentChildren;
  head?: ComponentChildren;
  marks?: {
    /** The field of the response. */
    field: string;
    of: Mark[];
    label(card: string): string;
    /** The bin in which cards are marked; every bin without it. */
    bin?: string;
    key(card: string): string | undefined;
    again: string;
  };
  how: string;
  /** The words for how many items are right. */
  checked?(right: number, total: number): string;
  /** What else is answered, below the board. */
  below?(update: (next: Answers) => void, stage: number): ComponentChildren;
  parts?: ComponentChildren;
  mastery: { yes: string; no: string; one: string };
  closer(card: string, bin: string, status: string): Pick<Closer, "lead" | "said">;
  explained(card: string, bin: string | undefined): Omit<Explained, "id" | "text">;
}

export function Board({ kind, ...props }: ViewProps & { kind: BoardKind }) {
  const open = props.open as Items;
  const response = props.response as Response;
  const { base, key_, result, say, local, hold, focus } = props;
  const selected: string | undefined = local.selected;
  const { set } = response;
  const { bins, marks } = kind;
  const placed = own<string>(response.placed);
  const marked = own<string>(marks && response[marks.field]);

  const texts = new Map(open.cards.map((card) => [card.id, card.text]));
  const textOf = (card: string): Node[] => texts.get(card) ?? [];
  const short = (card: string) => shorten(plain(textOf(card)));
  const titleOf = (bin: string) => bins.find((one) => one.id === bin)?.title ?? "";
  const tray = set.filter((card) => !placed[card]);

  const { last, items } = lastOf(props);
  const lastPlaced = own<string>(last?.placed);
  const verdict = (card: string): "right" | "half" | "again" | undefined =>
    !last || !placed[card] || lastPlaced[card] !== placed[card] ? undefined
    : isRight(items[card]) ? "right" : isDone(items[card]) ? "half" : "again";
  const markOff = (card: string) => {
    const right = key_ !== null && marks?.key(card);
    const then = own<string>(last && marks && last[marks.field])[card];
    return Boolean(right && placed[card] && marked[card] && then === marked[card] && then !== right);
  };

  const { update, stage, actions } = attemptOf(props, {
    rule: kind.rule,
    left: tray.length,
    notYet: () => count(ui, "notYet", tray.length),
    ...(kind.checked && { checked: kind.checked }),
    open: set.some((card) => verdict(card) === "again" || markOff(card)),
    stay() {
      const stay = Object.fromEntries(Object.entries(placed).filter(([card]) => verdict(card) !== "again"));
      const sure = Object.fromEntries(Object.entries(marked).filter(([card]) => !markOff(card)));
      return { answers: { placed: stay, ...(marks && { [marks.field]: sure }) }, back: set.length - Object.keys(stay).length };
    },
    reset: () => hold({ selected: undefined }),
    first: ".pv-card",
  });

  const select = (card: string, keyboard: boolean) => {
    if (selected === card) {
      hold({ selected: undefined });
      say(fill(ui.deselected, { card: short(card) }));
      return;
    }
    hold({ selected: card });
    say(fill(ui.selected, { card: short(card) }));
    if (keyboard) focus(binAt(placed[card] ?? bins[0]!.id));
  };
  const place = (card: string, bin: string, keyboard: boolean) => {
    const { room } = bins.find((one) => one.id === bin)!;
    if (room && set.filter((one) => one !== card && placed[one] === bin).length >= room) {
      say(fill(ui.full, { bin: titleOf(bin) }));
      return;
    }
    hold({ selected: undefined });
    const left = tray.filter((one) => one !== card);
    update({ placed: { ...placed, [card]: bin } }, fill(ui.placed, { cell: titleOf(bin), left: count(ui, "left", left.length) }));
    if (keyboard) {
      const next = left.find((one) => set.indexOf(one) > set.indexOf(card)) ?? left[0];
      focus(next ? cardAt(next) : ".pv-check");
    }
  };
  const putBack = (card: string) => {
    hold({ selected: undefined });
    const words = fill(ui.deselected, { card: short(card) });
    if (placed[card]) {
      const { [card]: _, ...rest } = placed;
      update({ placed: rest }, words);
    } else say(words);
    focus(cardAt(card));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const at = target.closest<HTMLElement>("[data-drag]")?.dataset.drag;
    if (event.key === "Escape") {
      const card = selected ?? at;
      if (!card) return;
      event.preventDefault();
      event.stopPropagation();
      putBack(card);
      return;
    }
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) return;
    const [dx, dy] = step as [number, number];
    const bin = target.dataset.cell;
    if (bin) {
      const i = bins.findIndex((one) => one.id === bin);
      const { wide } = kind;
      const next = wide ? clamp((i % wide) + dx, wide) + wide * clamp(Math.floor(i / wide) + dy, bins.length / wide) : clamp(i + dx + dy, bins.length);
      focus(binAt(bins[next]!.id));
    } else if (target.classList.contains("pv-card")) {
      const cards = [...target.closest("ul")!.querySelectorAll<HTMLElement>(".pv-card")];
      cards[cards.indexOf(target) + dx + dy]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const card = (id: string) => {
    const how = verdict(id);
    const bin = placed[id];
    const tried = !bin && lastPlaced[id];
    return (
      <li key={id} class={how ? `pv-is-${how}` : ""}>
        <button
          type="button" class="pv-card" data-drag={id} aria-pressed={selected === id}
          {...(tried ? { "aria-describedby": `${base}${id}` } : {})}
          onClick={(event) => { event.stopPropagation(); select(id, event.detail === 0); }}
        >
          <span class="pv-text"><Rich nodes={textOf(id)} /></span>
          {how && <span class="pv-verdict"> {how === "right" ? ui.statusRight : how === "half" ? ui.statusHalf : ui.statusAgain}</span>}
        </button>
        {tried && <span class="pv-tried" id={`${base}${id}`}>{fill(ui.tried, { cell: titleOf(tried) })}</span>}
        {bin && marks && (!marks.bin || marks.bin === bin) && (
          <span class="pv-signs" role="group" aria-label={marks.label(short(id))}>
            {marks.of.map((mark) => (
              <button
                key={mark.id} type="button" class="pv-sign" aria-pressed={marked[id] === mark.id}
                aria-label={mark.name}
                onClick={(event) => {
                  event.stopPropagation();
                  update({ [marks.field]: { ...marked, [id]: mark.id } }, mark.said);
                }}
              >{mark.label}</button>
            ))}
          </span>
        )}
        {markOff(id) && <span class="pv-verdict">{marks!.again}</span>}
      </li>
    );
  };

  return (
    <div
      class={`pv-sort pv-${kind.layout}${selected ? " pv-choosing" : ""}`} onKeyDown={onKeyDown}
      onPointerDown={(event) => startDrag(event, (id, to) => (to === TRAY ? putBack(id) : place(id, to, false)))}
    >
      <p class="pv-how">{kind.how}</p>
      <div class="pv-table">
        <div class="pv-tray" data-drop={TRAY} role="group" aria-label={ui.tray}>
          <p class="pv-label">{ui.tray} <span class="pv-count">{tray.length}</span></p>
          {tray.length ? <ul>{tray.map(card)}</ul> : <p class="pv-empty">{ui.trayEmpty}</p>}
          {selected && placed[selected] && (
            <button type="button" class="pv-button" onClick={() => putBack(selected)}>{ui.putBack}</button>
          )}
        </div>
        <div class="pv-board" role="group" aria-label={kind.name}>
          {kind.head}
          {bins.map(({ id: bin, title, text }, i) => {
            const inside = set.filter((id) => placed[id] === bin);
            return (
              <>
                {kind.before?.(bin)}
                <div
                  key={bin} class={`pv-cell pv-tone-${i % 4}${kind.layout === "grid" ? ` pv-${bin}` : ""}`} data-drop={bin}
                  onClick={() => selected && place(selected, bin, false)}
                >
                  <button
                    type="button" class="pv-place" data-cell={bin}
                    onClick={(event) => {
                      event.stopPropagation();
                      if (selected) place(selected, bin, event.detail === 0);
                      else say(ui.chooseFirst);
                    }}
                  >
                    <strong>{title}</strong>
                    {text && <>{" "}<span>{text}</span></>}
                    <span class="pv-hidden">, {count(ui, "cellCards", inside.length)}</span>
                  </button>
                  {inside.length > 0 && <ul aria-label={title}>{inside.map(card)}</ul>}
                </div>
              </>
            );
          })}
        </div>
      </div>
      {kind.below?.(update, stage)}
      {actions}
      {stage > 0 && (
        <Feedback
          open={open} response={response} result={result} stage={stage} parts={kind.parts} mastery={kind.mastery}
          help={set.some((id) => verdict(id) === "again")}
          closer={set.filter((id) => ["again", "half"].includes(verdict(id)!)).map((id) => ({
            id, text: textOf(id), ...kind.closer(id, placed[id]!, items[id]!),
          }))}
          explained={() => set.map((id) => ({ id, text: textOf(id), ...kind.explained(id, placed[id]) }))}
        />
      )}
    </div>
  );
}

const clamp = (n: number, size: number) => Math.min(size - 1, Math.max(0, n));

/** Without what objects inherit: a card may be called "constructor". */
export function own<T>(record: unknown): Record<string, T> {
  return Object.assign(Object.create(null), record);
}

/** No id of a bin. */
const TRAY = "*";

const binAt = (bin: string) => `[data-cell="${bin}"]`;
const cardAt = (card: string) => `[data-drag="${card}"]`;
