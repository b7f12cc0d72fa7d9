/** The rule of pvwidgets/kinds/matrix/grade.py; tests/vectors/matrix binds the two. */
import { attempts, choice, enough } from "../../core/attempts";
import { fraction, get } from "../../core/results";
import type { Check } from "../../core/types";
import type { BoardPublic } from "../../parts/board";

interface MatrixKey {
  cards: Record<string, { cell: string; sign: string; alt?: string }>;
}

const AXES = ["column", "row"];

export const rule = attempts({
  fields: {
    placed: choice("unknown-cell", (open: BoardPublic) => open.bins),
    signs: choice("unknown-sign", (open: BoardPublic) => open.marks!.options),
  },
  judge,
  mastered: (check) => enough(check) && AXES.every((axis) => 4 * check.parts[axis]![0] >= 3 * check.parts[axis]![1]),
});

function judge(_open: unknown, key: MatrixKey, set: string[], { placed, signs }: Record<"placed" | "signs", object>): Check {
  let halves = 0;
  const parts: Check["parts"] = { column: [0, 0], row: [0, 0], sign: [0, set.length] };
  const items: Check["items"] = {};
  for (const card of set) {
    const { cell, alt = cell, sign } = key.cards[card]!;
    const chosen: string = get(placed, card) ?? "";
    const off = AXES.filter((_, i) => chosen[i] !== cell[i] && chosen[i] !== alt[i]);
    halves += 2 - off.length;
    AXES.forEach((axis, i) => {
      if (cell[i] !== alt[i]) return;
      if (!off.includes(axis)) parts[axis]![0] += 1;
      parts[axis]![1] += 1;
    });
    if (get(signs, card) === sign) parts.sign![0] += 1;
    items[card] = !chosen ? "open" : off[1] ? "both" : off[0] ?? (chosen === cell ? "right" : "defensible");
  }
  return { score: fraction(halves, 2), max: [set.length, 1], parts, items };
}
