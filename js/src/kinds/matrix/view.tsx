import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { startDrag } from "../../core/drag";
import type { ViewProps } from "../../core/kind";
import { plain, Rich, shorten } from "../../core/rich";
import type { Rich as Node } from "../../core/types";
import { count, matrix as names, say as fill, ui } from "../../core/words";
import { Feedback } from "./feedback";
import { CELLS, SIGNS, MAX_CHECKS, MAX_EARLIER, type Attempt, type Cell, type MatrixKey, type MatrixPublic, type MatrixResponse, type Sign } from "./grade";

/** How a card was judged by the last check, as long as it has not moved since. */
export type Verdict = "right" | "again";

export function View(props: ViewProps) {
  const open = props.open as MatrixPublic;
  const key = props.key_ as MatrixKey | null;
  const response = props.response as MatrixResponse;
  const { base, result, change, say } = props;
  const { set, checks, tries } = response;
  const placed = own(response.placed);
  const signs = own(response.signs);

  const box = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const [moved, setMoved] = useState(false);
  const [focus, setFocus] = useState<string | null>(null);

  const texts = new Map(open.cards.map((card) => [card.id, card.text]));
  const textOf = (card: string): Node[] => texts.get(card) ?? [];
  const short = (card: string) => shorten(plain(textOf(card)));
  const latest = tries ? checks.at(-1) : undefined;
  const last = latest && { placed: own(latest.placed), signs: own(latest.signs) };
  const items = own((tries && result.latest?.items) || {});
  const fresh = (card: string) => last !== undefined && last.placed[card] === placed[card];
  const verdict = (card: string): Verdict | undefined =>
    !fresh(card) || !placed[card] ? undefined
    : items[card] === "right" || items[card] === "defensible" ? "right" : "again";
  const signOff = (card: string) =>
    key !== null && last !== undefined && placed[card] !== undefined && signs[card] !== undefined &&
    last.signs[card] === signs[card] && signs[card] !== key.cards[card]!.sign;
  const tray = set.filter((card) => !placed[card]);
  const again = set.filter((card) => verdict(card) === "again" || signOff(card));

  const goTo = (target: string) => box.current?.querySelector<HTMLElement>(target)?.focus();
  // Once the cards stand where they belong, and before the next key is read.
  useLayoutEffect(() => {
    if (focus === null) return;
    goTo(focus);
    setFocus(null);
  }, [focus]);

  const update = (next: Partial<MatrixResponse>, words: string) => change({ ...response, ...next }, words);
  const select = (card: string, keyboard: boolean) => {
    if (selected === card) {
      setSelected(null);
      say(fill(ui.deselected, { card: short(card) }));
      return;
    }
    setSelected(card);
    say(fill(ui.selected, { card: short(card) }));
    if (keyboard) goTo(cellAt(placed[card] ?? "IW"));
  };
  const place = (card: string, cell: Cell, keyboard: boolean) => {
    setSelected(null);
    setMoved(true);
    const left = tray.filter((one) => one !== card);
    update({ placed: { ...placed, [card]: cell } }, fill(ui.placed, { cell: names.cells[cell], left: count("left", left.length) }));
    if (keyboard) {
      const next = left.find((one) => set.indexOf(one) > set.indexOf(card)) ?? left[0];
      setFocus(next ? cardAt(next) : ".pv-check");
    }
  };
  const putBack = (card: string) => {
    setSelected(null);
    if (placed[card]) {
      const { [card]: _, ...rest } = placed;
      setMoved(true);
      update({ placed: rest }, fill(ui.deselected, { card: short(card) }));
    } else say(fill(ui.deselected, { card: short(card) }));
    setFocus(cardAt(card));
  };
  const mark = (card: string, sign: Sign) => {
    setMoved(true);
    update({ signs: { ...signs, [card]: sign } }, fill(ui.signed, { sign: names.signs[sign] }));
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
    const cell = target.dataset.cell as Cell | undefined;
    if (cell) {
      const i = CELLS.indexOf(cell);
      const x = Math.min(1, Math.max(0, (i % 2) + dx));
      const y = Math.min(1, Math.max(0, (i >> 1) + dy));
      goTo(cellAt(CELLS[x + 2 * y]!));
    } else if (target.classList.contains("pv-card")) {
      const cards = [...target.closest("ul")!.querySelectorAll<HTMLElement>(".pv-card")];
      cards[cards.indexOf(target) + dx + dy]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const check = () => {
    if (tray.length) return say(count("notYet", tray.length));
    if (!key) return say(ui.complete);
    if (last && !moved) return say(ui.same);
    setMoved(false);
    setSelected(null);
    const kept = checks.length < MAX_CHECKS ? checks : [checks[0]!, ...checks.slice(2)];
    const made = [...kept, { n: Math.min(tries + 1, MAX_CHECKS), placed: { ...placed }, signs: { ...signs } }];
    const right = set.filter((card) => rightNow(key, card, placed[card]!)).length;
    update(
      { checks: made, tries: Math.min(tries + 1, made.length) },
      fill(ui.checked, { right, total: set.length, again: count("lookAgain", set.length - right) }),
    );
  };
  const tryAgain = () => {
    const stay = Object.fromEntries(Object.entries(placed).filter(([card]) => verdict(card) !== "again"));
    const sure = Object.fromEntries(Object.entries(signs).filter(([card]) => !signOff(card)));
    const back = set.length - Object.keys(stay).length;
    setMoved(true);
    update({ placed: stay, signs: sure }, fill(ui.triedAgain, { n: back }));
    setFocus(".pv-card");
  };
  const startOver = () => {
    setMoved(false);
    setSelected(null);
    update({ placed: {}, signs: {}, tries: 0 }, checks.length ? ui.startedOver : ui.startedOverFresh);
    setFocus(".pv-card");
  };
  const another = () => {
    const now = open.sets.findIndex((one) => one.join() === set.join());
    const next = open.sets[(now + 1) % open.sets.length]!;
    const done: Attempt[] = checks.length ? [{ set, checks, explained: response.explained }] : [];
    const earlier = [...response.earlier, ...done].slice(-MAX_EARLIER);
    setMoved(false);
    setSelected(null);
    change({ set: [...next], placed: {}, signs: {}, checks: [], explained: 0, tries: 0, earlier }, fill(ui.newSet, { n: next.length }));
    setFocus(".pv-card");
  };
  const mayExplain = key !== null && tries > 0 && (tries > 1 || set.every((card) => verdict(card) === "right"));
  const explain = () => {
    update({ explained: response.explained || checks.length }, ui.explained);
    setFocus(".pv-explanations");
  };

  const card = (id: string) => {
    const how = verdict(id);
    const cell = placed[id];
    return (
      <li key={id} class={how ? `pv-is-${how}` : ""}>
        <button
          type="button" class="pv-card" data-drag={id} aria-pressed={selected === id}
          {...(!cell && last?.placed[id] ? { "aria-describedby": `${base}${id}` } : {})}
          onClick={(event) => { event.stopPropagation(); select(id, event.detail === 0); }}
        >
          <span class="pv-text"><Rich nodes={textOf(id)} /></span>
          {how && <span class="pv-verdict"> {how === "right" ? ui.statusRight : ui.statusAgain}</span>}
        </button>
        {!cell && last?.placed[id] && (
          <span class="pv-tried" id={`${base}${id}`}>{fill(ui.tried, { cell: names.cells[last.placed[id]!] })}</span>
        )}
        {cell && (
          <span class="pv-signs" role="group" aria-label={fill(ui.signOf, { card: short(id) })}>
            {SIGNS.map((sign) => (
              <button
                key={sign} type="button" class="pv-sign" aria-pressed={signs[id] === sign}
                aria-label={ui[sign]}
                onClick={(event) => { event.stopPropagation(); mark(id, sign); }}
              >{names.marks[sign]}</button>
            ))}
          </span>
        )}
        {signOff(id) && <span class="pv-verdict">{ui.signAgain}</span>}
      </li>
    );
  };

  return (
    <div
      ref={box} class={`pv-matrix${selected ? " pv-choosing" : ""}`} onKeyDown={onKeyDown}
      onPointerDown={(event) => startDrag(event, (id, to) => (to === "tray" ? putBack(id) : place(id, to as Cell, false)))}
    >
      <p class="pv-how">{ui.how}</p>
      <div class="pv-table">
        <div class="pv-tray" data-drop="tray" role="group" aria-label={ui.tray}>
          <p class="pv-label">{ui.tray} <span class="pv-count">{tray.length}</span></p>
          {tray.length ? <ul>{tray.map(card)}</ul> : <p class="pv-empty">{ui.trayEmpty}</p>}
          {selected && placed[selected] && (
            <button type="button" class="pv-button" onClick={() => putBack(selected)}>{ui.putBack}</button>
          )}
        </div>
        <div class="pv-board" role="group" aria-label={names.name}>
          {Object.values(names.columns).map((name) => <span key={name} class="pv-column">{name}</span>)}
          {CELLS.map((cell) => {
            const inside = set.filter((id) => placed[id] === cell);
            return (
              <>
                {cell[0] === "I" && <span class={`pv-row pv-row-${cell[1]}`}>{names.rows[cell[1] as "W" | "J"]}</span>}
                <div
                  key={cell} class={`pv-cell pv-${cell}`} data-drop={cell}
                  onClick={() => selected && place(selected, cell, false)}
                >
                  <button
                    type="button" class="pv-place" data-cell={cell}
                    onClick={(event) => {
                      event.stopPropagation();
                      if (selected) place(selected, cell, event.detail === 0);
                      else say(ui.chooseFirst);
                    }}
                  >
                    <strong>{names.cells[cell]}</strong>{" "}
                    <span>{names.axes[cell]}</span>
                    <span class="pv-hidden">, {count("cellCards", inside.length)}</span>
                  </button>
                  {inside.length > 0 && <ul aria-label={names.cells[cell]}>{inside.map(card)}</ul>}
                </div>
              </>
            );
          })}
        </div>
      </div>
      <div class="pv-actions">
        <button type="button" class="pv-button pv-primary pv-check" onClick={check}>{key ? ui.check : ui.checkComplete}</button>
        {key && <button type="button" class="pv-button" disabled={!again.length} onClick={tryAgain}>{ui.again}</button>}
        {key && <button type="button" class="pv-button" disabled={!mayExplain} onClick={explain}>{ui.explain}</button>}
        <button type="button" class="pv-button" onClick={startOver}>{ui.over}</button>
        {open.sets.length > 1 && <button type="button" class="pv-button" onClick={another}>{ui.another}</button>}
      </div>
      {key && result.latest && tries > 0 && (
        <Feedback
          cardKeys={key} response={response} result={result} open={open}
          textOf={textOf} isOpen={(id) => verdict(id) === "again"}
        />
      )}
    </div>
  );
}

/** Without what objects inherit: a card may be called "constructor". */
function own<T>(record: Record<string, T>): Record<string, T> {
  return Object.assign(Object.create(null), record);
}

function rightNow(key: MatrixKey, card: string, cell: Cell): boolean {
  const entry = key.cards[card]!;
  return cell === entry.cell || cell === entry.alt;
}

const cellAt = (cell: Cell) => `[data-cell="${cell}"]`;
const cardAt = (card: string) => `[data-drag="${card}"]`;
