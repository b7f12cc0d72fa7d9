/** The rule of pvwidgets/kinds/quiz/grade.py; tests/vectors/quiz binds the two. */
import { attempts, byItem, type Items } from "../../core/attempts";
import { fits } from "../../core/records";
import { fraction, get, isObject } from "../../core/results";
import type { Check, Rich } from "../../core/types";
import type { FieldDef } from "../../parts/form";

export interface Part extends FieldDef {
  /** So many options are to be chosen. */
  pick?: number;
  /** What may follow a number. */
  tails?: string[];
}

type Card = Items["cards"][number] & { parts?: Part[] };

export interface QuizPublic extends Items {
  parts: Part[];
  cards: Card[];
}

/** What is said of an option or a number, and what it earns. */
export interface Told {
  id: string;
  name: string;
  tag?: string;
  said?: Rich[];
  points: number;
  meets: string[];
}

export interface PartKey {
  lead: string;
  of: number;
  /** Of a number: the key, slips, and last all others. */
  told: Told[];
  near: string;
  else: Rich[];
}

export interface QuizKey {
  /** Of this, every part of every question earns a whole number. */
  scale: number;
  cards: Record<string, Record<string, PartKey>>;
}

export type Values = Record<string, any>;

const partsOf = (open: QuizPublic, item: string) => open.cards.find(({ id }) => id === item)!.parts ?? open.parts;

const NUMBER = /^([-+−]?)(?![1-9]\d{0,2},\d{3}$)(?=[.,]?\d)(\d{0,15})(?:[.,](\d{0,15}))?$/;

/** In units of 10 to the power of -15, or null. */
function parse(text = "", tails: string[] = []): bigint | null {
  const bare = text.trim();
  const tail = tails.find((one) => bare.endsWith(one)) ?? "";
  const found = NUMBER.exec(bare.slice(0, bare.length - tail.length).trim());
  return found && BigInt((found[1] && found[1] !== "+" ? "-" : "") + found[2] + (found[3] ?? "").padEnd(15, "0"));
}

/** What the key says of an answer that is ready: an entry for each option chosen. */
export function chosen({ type, tails }: Part, { told, near }: PartKey, value: any): Told[] {
  if (type !== "number") return told.filter(({ id }) => [value].flat().includes(id));
  const given = parse(value, tails)!;
  return [told.find(({ id }) => {
    const off = given - (parse(id) ?? given);
    return off * off <= parse(near)! ** 2n;
  })!];
}

export const ready = ({ type, tails, pick }: Part, value: any): boolean =>
  type === "number" ? parse(value, tails) !== null : pick ? value?.length === pick : Boolean(value?.length);

/** How much of a part's point an answer that is ready earns, of the key's `of`. */
export function earned(part: Part, key: PartKey, value: any): number {
  const all = chosen(part, key, value);
  return part.pick ? new Set(all.flatMap(({ meets }) => meets)).size : Math.max(0, all.reduce((sum, { points }) => sum + points, 0));
}

/** Of several options, none may be chosen twice. */
const fitsOnce = (part: Part, value: any): boolean => fits(part, value) && (part.type !== "many" || new Set(value).size === value.length);

export const rule = attempts({
  fields: {
    answers: byItem("unknown-answer", (open, item, value) =>
      isObject(value) && Object.entries(value).every(([name, one]) =>
        partsOf(open as QuizPublic, item).some((part) => part.id === name && fitsOnce(part, one)))),
  },
  judge,
  answered: (open: QuizPublic, { set, answers }) =>
    set.filter((item) => partsOf(open, item).every((part) => ready(part, get(get(answers, item), part.id)))).length,
});

function judge(open: QuizPublic, { scale, cards }: QuizKey, set: string[], { answers }: { answers: Values }): Check {
  let score = 0;
  const items: Record<string, string> = {};
  const told: Check["parts"] = Object.fromEntries(open.parts.map(({ id }) => [id, [0, set.length]]));
  for (const item of set) {
    const parts = partsOf(open, item);
    let points = 0;
    let open_ = false;
    for (const part of parts) {
      const { id } = part;
      const value = get(get(answers, item), id);
      if (ready(part, value)) {
        const key = cards[item]![id]!;
        const got = earned(part, key, value);
        points += (scale / key.of / parts.length) * got;
        if (got === key.of && get(told, id)) told[id]![0] += 1;
      } else open_ = true;
    }
    score += points;
    items[item] = open_ ? "open" : points === scale ? "right" : points ? "half" : "wrong";
  }
  return { score: fraction(score, scale), max: [set.length, 1], parts: told, items };
}
