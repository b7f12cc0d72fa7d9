/** Cards and the places where they go: two taps, Enter and arrow keys, or a drag with the mouse. */
import type { Child } from "../core/dom";
import type { Answers, Items, Response } from "../core/attempts";
import { startDrag } from "../core/drag";
import type { ViewProps } from "../core/kind";
import { plain, Rich, shorten } from "../core/rich";
import type { Check, Rich as Node } from "../core/types";
import { count, say as fill, ui, uiOf } from "../core/words";
import { isDone, isRight, lastOf, attemptOf } from "./attempt";
import { Feedback } from "./feedback";

export interface BoardPublic extends Items {
  /** Without it, the title. */
  name?: string;
  layout: "grid" | "columns" | "strip" | "plane";
  /** Places in a row, where they stand in rows; without it, in one. */
  wide?: number;
  /** A place has at most so much room; the first one in a row of a grid has the row's name. */
  bins: { id: string; title: string; text?: string; room?: number; row?: string }[];
  columns?: string[];
  /** A second choice for placed cards, without points. */
  marks?: {
    /** The field of the response; that of a card's key, and the part of the result. */
    field: string;
    part: string;
    /** The place in which cards are marked; every one without it. */
    bin?: string;
    ask: string;
    again: string;
    count: string;
    options: { id: string; label: string; name: string; said: string }[];
  };
  /** Parts of the result to be shown as bars. */
  bars?: Record<string, string>;
}

/** What is said of a card; kinds add what they judge by. */
interface BoardKey {
  cards: Record<string, {
    lead: string;
    reason?: Node[];
    /** By place, and under "else" for those that have none of their own. */
    feedback: Record<string, Node[]>;
    /** What is said of a place beside its name; the right place comes first. */
    tags: Record<string, string>;
    /** By a place that is wrong: what is off; the entries of feedback that tell more. */
    off?: Record<string, string>;
    look?: Record<string, string[]>;
  } & Record<string, unknown>>;
}

interface Props extends ViewProps {
  /** What else is answered, below the board. */
  below?(update: (next: Answers) => void, stage: number): Child;
  /** What is told after the score. */
  parts?: Child;
}

export function Board({ below, parts, ...props }: Props) {
  const open = props.open as BoardPublic;
  const response = props.response as Response;
  const { base, key_, result, say, local, hold, focus } = props;
  const selected: string | undefined = local.selected;
  const { set } = response;
  const { bins, layout, marks, wide } = open;
  const keys = (key_ as BoardKey | null)?.cards;
  const ui = uiOf(open.kind);
  const placed = own<string>(response.placed);
  const marked = own<string>(marks && response[marks.field]);

  const texts = new Map(open.cards.map((card) => [card.id, card.text]));
  const textOf = (card: string): Node[] => texts.get(card) ?? [];
  const short = (card: string) => shorten(plain(textOf(card)));
  const titleOf = (bin: string) => bins.find((one) => one.id === bin)?.title ?? (ui as Record<string, string>)[bin]!;
  const tray = set.filter((card) => !placed[card]);

  const { last, items } = lastOf(props);
  const lastPlaced = own<string>(last?.placed);
  const verdict = (card: string): "right" | "half" | "again" | undefined =>
    !last || !placed[card] || lastPlaced[card] !== placed[card] ? undefined
    : isRight(items[card]) ? "right" : isDone(items[card]) ? "half" : "again";
  const markOff = (card: string) => {
    const right = marks && keys?.[card]![marks.part];
    const then = own<string>(last && marks && last[marks.field])[card];
    return Boolean(right && placed[card] && marked[card] && then === marked[card] && then !== right);
  };

  const { update, stage, actions } = attemptOf(props, {
    left: tray.length,
    notYet: () => count(ui, "notYet", tray.length),
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
          <span class="pv-signs" role="group" aria-label={fill(marks.ask, { card: short(id) })}>
            {marks.options.map((mark) => (
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

  const said = (card: string, bin: string) => {
    const { feedback } = keys![card]!;
    return own<Node[]>(feedback)[bin] ?? feedback.else ?? [];
  };
  const closer = (card: string, bin: string) => {
    const { off, look } = keys![card]!;
    return {
      lead: <>{fill(ui.youChose, { cell: titleOf(bin) })}{off?.[bin] && <> <strong>{off[bin]}</strong></>}</>,
      said: (look?.[bin] ?? [bin]).flatMap((one) => said(card, one)),
    };
  };
  const explained = (card: string, chosen?: string) => {
    const { lead, reason, tags, feedback } = keys![card]!;
    const told = Object.entries(tags).filter(([bin]) => bin === chosen || Object.hasOwn(feedback, bin));
    return {
      lead, reason,
      choices: told.map(([bin, tag]) => ({ name: titleOf(bin), tags: [tag, bin === chosen && ui.yours], said: said(card, bin) })),
    };
  };

  return (
    <div
      class={`pv-sort pv-${layout}${selected ? " pv-choosing" : ""}`} onKeyDown={onKeyDown}
      onPointerDown={(event) => startDrag(event, (id, to) => (to === TRAY ? putBack(id) : place(id, to, false)))}
    >
      <p class="pv-how">{ui.how}</p>
      <div class="pv-table">
        <div class="pv-tray" data-drop={TRAY} role="group" aria-label={ui.tray}>
          <p class="pv-label">{ui.tray} <span class="pv-count">{tray.length}</span></p>
          {tray.length ? <ul>{tray.map(card)}</ul> : <p class="pv-empty">{ui.trayEmpty}</p>}
          {selected && placed[selected] && (
            <button type="button" class="pv-button" onClick={() => putBack(selected)}>{ui.putBack}</button>
          )}
        </div>
        <div class="pv-board" role="group" aria-label={open.name ?? open.title}>
          {open.columns?.map((name) => <p key={name} class="pv-column">{name}</p>)}
          {bins.map(({ id: bin, title, text, row }, i) => {
            const inside = set.filter((id) => placed[id] === bin);
            return (
              <>
                {row && <p class={`pv-row pv-row-${bin}`}>{row}</p>}
                <div
                  key={bin} class={`pv-cell pv-tone-${i % 4}${layout === "grid" ? ` pv-${bin}` : ""}`} data-drop={bin}
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
      {below?.(update, stage)}
      {actions}
      {stage > 0 && (
        <Feedback
          open={open} response={response} result={result} stage={stage} parts={parts ?? <Parts {...open} latest={result.latest!} />}
          help={set.some((id) => verdict(id) === "again")}
          closer={set.filter((id) => ["again", "half"].includes(verdict(id)!)).map((id) => ({
            id, text: textOf(id), ...closer(id, placed[id]!),
          }))}
          explained={() => set.map((id) => ({ id, text: textOf(id), ...explained(id, placed[id]) }))}
        />
      )}
    </div>
  );
}

/** How many are right on each question; without points, on the second choice. */
function Parts({ bars, marks, latest }: BoardPublic & { latest: Check }) {
  const part = (name: string) => {
    const [right, of] = latest.parts[name]!;
    return { right, of };
  };
  return (
    <>
      {bars && (
        <dl class="pv-bars">
          {Object.entries(bars).map(([name, asked]) => {
            const { right, of } = part(name);
            return (
              <div key={name}>
                <dt>{asked}</dt>
                <dd>
                  <progress value={right} max={of || 1} aria-hidden="true" /> {fill(ui.bar, { right, of })}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      {marks && latest.parts[marks.part] && <p>{fill(marks.count, part(marks.part))}</p>}
    </>
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
