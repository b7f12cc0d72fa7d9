import { same, type Response } from "../../core/attempts";
import { startDrag } from "../../core/drag";
import type { ViewProps } from "../../core/kind";
import { plain, Rich, shorten } from "../../core/rich";
import { say as fill, ui, words } from "../../core/words";
import { isRight, lastOf, attemptOf } from "../../parts/attempt";
import { Feedback } from "../../parts/feedback";
import type { OrderKey, OrderPublic } from "./grade";

export function View(props: ViewProps) {
  const w = words.order;
  const open = props.open as OrderPublic;
  const key = props.key_ as OrderKey | null;
  const response = props.response as Response;
  const { set } = response;
  const order = response.order as string[];
  const at = open.sets.findIndex((one) => same(one, set));
  const { stages, arrows } = key?.chains[at] ?? { stages: [], arrows: [] };

  const selected: string | undefined = props.local.selected;
  const select = (card?: string) => props.hold({ selected: card });

  const texts = new Map(open.cards.map(({ id, text }) => [id, text]));
  const short = (card: string) => shorten(plain(texts.get(card)!));
  const { last, items } = lastOf(props);
  const held = Object.values(items).map(isRight);
  const solved = key && last && same(order, last.order) && held.every(Boolean);
  const steps = arrows.map((reason, n) => {
    const text = [fill(w.step, { from: stages[n]!, to: stages[n + 1]! })];
    return { id: `${n}`, text, reason, lead: !held[n] && w.off, said: reason, choices: [] };
  });

  const { update, stage, actions } = attemptOf(props, {
    left: same(order, set) ? 1 : 0,
    notYet: () => w.start,
    open: !solved,
    reset: () => select(),
    first: ".pv-card",
  });

  const move = (card: string, to: number) => {
    const active = document.activeElement as HTMLElement;
    const next = order.filter((one) => one !== card);
    next.splice(Math.max(0, to), 0, card);
    update({ order: next }, fill(w.moved, { card: short(card), n: next.indexOf(card) + 1, of: set.length }));
    // What is moved in the document loses the focus.
    setTimeout(() => active.focus());
  };
  const choose = (card?: string) => {
    props.say(fill(card ? w.chosen : ui.deselected, { card: short(card ?? selected!) }));
    select(card);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const card = (event.target as HTMLElement).dataset.drag;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Escape" && selected) choose();
    else if (by && card) {
      const to = order.indexOf(card) + by;
      if (event.altKey || selected === card) move(card, to);
      else props.focus(`[data-drag="${order[to]}"]`);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div onKeyDown={onKeyDown} onPointerDown={(event) => startDrag(event, (card, to) => move(card, +to))}>
      <p class="pv-how">{w.how}</p>
      <p class="pv-label" id={`${props.base}0`}>{open.titles[at]}</p>
      <ol class="pv-order" aria-labelledby={`${props.base}0`}>
        {order.map((card, n) => (
          <li key={card} class={solved ? "pv-is-right" : ""} data-drop={n}>
            <button
              type="button" class="pv-card" data-drag={card} aria-pressed={selected === card}
              onClick={() => {
                if (!selected || selected === card) return choose(selected ? undefined : card);
                move(selected, n);
                select();
              }}
            >
              <span class="pv-text"><Rich nodes={texts.get(card)!} /></span>
              {key && (solved || stage > 2) && <>{" "}<span class="pv-tried">{stages[key.stages[card]!]}</span></>}
            </button>
            {[-1, 1].map((by) => (
              <button
                type="button" class="pv-sign" aria-label={fill(by < 0 ? w.up : w.down, { card: short(card) })}
                onClick={() => move(card, n + by)}
              >{by < 0 ? "↑" : "↓"}</button>
            ))}
          </li>
        ))}
      </ol>
      {actions}
      {stage > 0 && (
        <Feedback
          open={open} response={response} result={props.result} stage={stage}
          closer={steps.filter(({ lead }) => lead).slice(0, 1)}
          explained={() => steps}
        />
      )}
    </div>
  );
}
