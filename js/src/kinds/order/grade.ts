/** The rule of pvwidgets/kinds/order/grade.py; tests/vectors/order binds the two. */
import { attempts, same, tally, type Items } from "../../core/attempts";
import { list, Malformed } from "../../core/results";
import type { Check, Rich } from "../../core/types";

export interface OrderPublic extends Items {
  /** What stands above each set. */
  titles: string[];
}

export interface OrderKey {
  /** The stage of each card, from 0. */
  stages: Record<string, number>;
  /** The stages' names, and why each step is as it is; one for each set. */
  chains: { stages: string[]; arrows: Rich[][] }[];
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const rule = attempts({
  fields: {
    order: {
      blank: (_open, set) => [...set],
      check(_open, set, value, at) {
        list(value, Infinity, at);
        if (value.length !== set.length || set.some((card) => !value.includes(card))) throw new Malformed("not-an-order", at);
      },
      keep: (_open, set, old) => [...new Set([...listed(old), ...set])].filter((one) => set.includes(one as string)),
      has: (old, card) => listed(old).includes(card),
    },
  },
  judge,
  answered: (_open, { set, order }) => (same(set, order) ? 0 : set.length),
});

function judge(_open: unknown, { stages }: OrderKey, _set: string[], { order }: { order: string[] }): Check {
  const at = order.map((card) => stages[card]!);
  return tally(Object.fromEntries(Array.from({ length: Math.max(...at) }, (_, n) =>
    [n + 1, at.lastIndexOf(n) < at.indexOf(n + 1) ? "right" : "wrong"])));
}
