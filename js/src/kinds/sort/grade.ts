/** The rule of pvwidgets/kinds/sort/grade.py; tests/vectors/sort binds the two. */
import { attempts, byItem, tally, type Items } from "../../core/attempts";
import { Malformed } from "../../core/results";
import type { Check, Rich } from "../../core/types";

export interface SortPublic extends Items {
  layout: "columns" | "strip";
  bins: { id: string; title: string; text?: string; room?: number }[];
  marks?: { bin: string; label: string; options: { id: string; title: string }[] };
}

export interface SortKey {
  cards: Record<string, { bin: string; half?: string[]; mark?: string; words: string[]; feedback: Record<string, Rich[]> }>;
}

type Placed = Record<string, string>;

const placed = byItem("unknown-place", (open, _card, value) => (open as SortPublic).bins.some(({ id }) => id === value));

function overfull(open: Items, values: string[]): boolean {
  return (open as SortPublic).bins.some(({ id, room }) => room !== undefined && values.filter((one) => one === id).length > room);
}

export const rule = attempts({
  fields: {
    placed: {
      ...placed,
      check(open, set, value, at) {
        placed.check(open, set, value, at);
        if (overfull(open, Object.values(value as Placed))) throw new Malformed("too-full", at);
      },
      keep(open, set, old) {
        const kept: Placed = {};
        for (const [card, bin] of Object.entries(placed.keep(open, set, old) as Placed)) {
          if (!overfull(open, [...Object.values(kept), bin])) kept[card] = bin;
        }
        return kept;
      },
    },
    marks: byItem("unknown-mark", (open, _card, value) => Boolean((open as SortPublic).marks?.options.some(({ id }) => id === value))),
  },
  judge,
});

function judge(_open: unknown, key: SortKey, set: string[], answers: { placed: Placed; marks: Placed }): Check {
  const mark: [number, number] = [0, 0];
  const items: Record<string, string> = {};
  for (const card of set) {
    const entry = key.cards[card]!;
    const chosen = Object.hasOwn(answers.placed, card) ? answers.placed[card]! : null;
    items[card] = chosen === null ? "open" : chosen === entry.bin ? "right" : entry.half?.includes(chosen) ? "half" : "wrong";
    if (entry.mark !== undefined) {
      if (Object.hasOwn(answers.marks, card) && answers.marks[card] === entry.mark) mark[0] += 1;
      mark[1] += 1;
    }
  }
  return tally(items, mark[1] ? { mark } : {});
}
