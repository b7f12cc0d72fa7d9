/** The rule of pvwidgets/kinds/plane/grade.py; tests/vectors/plane binds the two. */
import { attempts, choice, tally } from "../../core/attempts";
import { get } from "../../core/results";
import type { Check, Rich } from "../../core/types";
import type { BoardPublic } from "../../parts/board";
import type { Option } from "../../parts/form";

export interface PlanePublic extends BoardPublic {
  cards: { id: string; name: string; text: Rich[] }[];
  steps: Option[];
}

export interface PlaneKey {
  cards: Record<string, { cell: string; accept: string[]; lawful: boolean; affected: boolean }>;
  steps: Record<string, { fits: string[]; feedback: Rich[] }>;
}

/** Has power, and opposes. */
export const isStrong = (cell: string | undefined) => /^[sd].*opp/.test(cell!);

export const rule = attempts({
  fields: {
    placed: choice("unknown-place", (open: PlanePublic) => open.bins),
    steps: choice("unknown-step", (open: PlanePublic) => open.steps),
  },
  judge,
});

function judge(_open: unknown, key: PlaneKey, set: string[], { placed, steps }: Record<"placed" | "steps", Record<string, string>>): Check {
  const items: Record<string, string> = {};
  let lawful = false, affected = true, all = true, any = false;
  for (const card of set) {
    const entry = key.cards[card]!;
    const cell: string = get(placed, card) ?? "";
    items[card] = !cell ? "open" : cell === entry.cell ? "right" : entry.accept.includes(cell) ? "defensible" : "wrong";
    if (entry.lawful && /^[sd].*-[us]/.test(cell)) lawful = true;
    if (entry.affected && !/^n/.test(cell)) affected = false;
    if (isStrong(cell)) {
      any = true;
      if (!key.steps[get(steps, card)]?.fits.includes(card)) all = false;
    }
  }
  for (const [name, holds] of Object.entries({ lawful, affected, steps: any && all })) items[`.${name}`] = holds ? "right" : "wrong";
  return tally(items);
}
