/** The rule of pvwidgets/kinds/matrix/grade.py; tests/vectors/matrix binds the two. */
import { attempts, choice, enough } from "../../core/attempts";
import { fraction } from "../../core/results";
import type { Check } from "../../core/types";
import type { BoardPublic } from "../../parts/board";

interface MatrixKey {
  cards: Record<string, { cell: string; sign: string; alt?: string }>;
}

interface Placing {
  placed: Record<string, string>;
  signs: Record<string, string>;
}

export const rule = attempts({
  fields: {
    placed: choice("unknown-cell", (open: BoardPublic) => open.bins),
    signs: choice("unknown-sign", (open: BoardPublic) => open.marks!.options),
  },
  judge,
  mastered: (check) =>
    enough(check) && [check.parts.column!, check.parts.row!].every(([right, of]) => 4 * right >= 3 * of),
});

function judge(_open: unknown, key: MatrixKey, set: string[], choices: Placing): Check {
  let halves = 0;
  const parts = { column: [0, 0], row: [0, 0], sign: [0, set.length] } as Record<"column" | "row" | "sign", [number, number]>;
  const items: Record<string, string> = {};
  for (const card of set) {
    const entry = key.cards[card]!;
    const chosen = Object.hasOwn(choices.placed, card) ? choices.placed[card]! : null;
    if (Object.hasOwn(choices.signs, card) && choices.signs[card] === entry.sign) parts.sign[0] += 1;
    const off: string[] = [];
    (["column", "row"] as const).forEach((axis, place) => {
      const doubtful = entry.alt !== undefined && entry.alt[place] !== entry.cell[place];
      const right = chosen !== null && (doubtful || chosen[place] === entry.cell[place]);
      if (right) halves += 1;
      else off.push(axis);
      if (!doubtful) {
        if (right) parts[axis][0] += 1;
        parts[axis][1] += 1;
      }
    });
    items[card] =
      chosen === null ? "open"
      : off.length === 2 ? "both"
      : off[0] ?? (chosen === entry.cell ? "right" : "defensible");
  }
  return { score: fraction(halves, 2), max: [set.length, 1], parts, items };
}
