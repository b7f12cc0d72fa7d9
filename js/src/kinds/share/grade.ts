/** The rule of pvwidgets/kinds/share/grade.py; tests/vectors/share binds the two. */
import { attempts, byItem, tally, type Items } from "../../core/attempts";
import { asCount, Malformed } from "../../core/results";
import type { Check, Rich } from "../../core/types";

export interface SharePublic extends Items {
  unit: string;
  /** The word for exactly one. */
  unit_one: string;
  portion: number;
  outcome: string;
  /** What each group reaches with 0, 1, 2, ... portions. */
  groups: { name: string; people: number; outcomes: number[] }[];
  start: number[];
  /** What each rule chooses, the portions that it wants each group to have, and the least sum over all people. */
  rules: Record<string, { best: number[]; floor: number[]; least: number }>;
  /** The questions; the first is which rule. */
  cards: { id: string; text: Rich[]; options: { id: string; text: string }[] }[];
}

export interface ShareKey {
  cards: Record<string, Record<string, { status: string; feedback: Rich[] }>>;
}

export const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

function fits({ groups, start }: SharePublic, hours: any): boolean {
  return Array.isArray(hours) && hours.length === groups.length
    && groups.every(({ outcomes }, i) => asCount(hours[i], outcomes.length - 1) !== null) && sum(hours) <= sum(start);
}

export const rule = attempts({
  fields: {
    answers: byItem("unknown-option", (open, card, one) => (open as SharePublic).cards.find(({ id }) => id === card)!.options.some(({ id }) => id === one)),
    hours: {
      blank: (open) => (open as SharePublic).start,
      check(open, _set, hours, at) {
        if (!fits(open as SharePublic, hours)) throw new Malformed("not-shares", at);
      },
      keep: (open, _set, old) => (fits(open as SharePublic, old) ? old : (open as SharePublic).start),
      has: () => false,
    },
  },
  judge,
});

function judge(_open: unknown, { cards }: ShareKey, set: string[], { answers }: { answers: Record<string, string> }): Check {
  return tally(Object.fromEntries(set.map((card) => [card, Object.hasOwn(answers, card) ? cards[card]![answers[card]!]!.status : "open"])));
}
