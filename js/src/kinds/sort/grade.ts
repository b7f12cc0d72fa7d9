/** The rule of pvwidgets/kinds/sort/grade.py; tests/vectors/sort binds the two. */
import { attempts, choice, tally, type Items } from "../../core/attempts";
import { get, Malformed } from "../../core/results";
import type { Check } from "../../core/types";
import type { BoardPublic } from "../../parts/board";

interface SortKey {
  cards: Record<string, { bin: string; half?: string[]; mark?: string }>;
}

type Placed = Record<string, string>;

const places = choice("unknown-place", (open: BoardPublic) => open.bins);

function overfull(open: Items, values: string[]): boolean {
  return (open as BoardPublic).bins.some(({ id, room }) => room !== undefined && values.filter((one) => one === id).length > room);
}

export const rule = attempts({
  fields: {
    placed: {
      ...places,
      check(open, set, value, at) {
        places.check(open, set, value, at);
        if (overfull(open, Object.values(value as Placed))) throw new Malformed("too-full", at);
      },
      keep(open, set, old) {
        const kept: Placed = {};
        for (const [card, bin] of Object.entries(places.keep(open, set, old) as Placed)) {
          if (!overfull(open, [...Object.values(kept), bin])) kept[card] = bin;
        }
        return kept;
      },
    },
    marks: choice("unknown-mark", (open: BoardPublic) => open.marks?.options ?? []),
  },
  judge,
});

function judge(_open: unknown, key: SortKey, set: string[], { placed, marks }: Record<"placed" | "marks", Placed>): Check {
  const mark: [number, number] = [0, 0];
  const items: Record<string, string> = {};
  for (const card of set) {
    const entry = key.cards[card]!;
    const chosen: string | undefined = get(placed, card);
    items[card] = !chosen ? "open" : chosen === entry.bin ? "right" : entry.half?.includes(chosen) ? "half" : "wrong";
    if (entry.mark) {
      if (get(marks, card) === entry.mark) mark[0] += 1;
      mark[1] += 1;
    }
  }
  return tally(items, mark[1] ? { mark } : {});
}
