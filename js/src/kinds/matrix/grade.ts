/** The rule of pvwidgets/kinds/matrix/grade.py; tests/vectors/matrix binds the two. */
import { asCount, fields, isObject, Malformed, newResult, type Json } from "../../core/results";
import type { Check, Fraction, Public, Result, Rich } from "../../core/types";

export const CELLS = ["IW", "CW", "IJ", "CJ"] as const;
export const SIGNS = ["gain", "loss"] as const;
export const MAX_CHECKS = 500;
export const MAX_EARLIER = 100;

export type Cell = (typeof CELLS)[number];
export type Sign = (typeof SIGNS)[number];

export interface MatrixPublic extends Public {
  cards: { id: string; text: Rich[] }[];
  sets: string[][];
}

export interface CardKey {
  cell: Cell;
  sign: Sign;
  alt?: Cell;
  reason?: Rich[];
  words: string[];
  feedback: Record<Cell, Rich[]>;
}

export interface MatrixKey {
  cards: Record<string, CardKey>;
}

export interface Placing {
  placed: Record<string, Cell>;
  signs: Record<string, Sign>;
}

export interface Attempt {
  set: string[];
  checks: (Placing & { n: number })[];
  explained: number;
}

export interface MatrixResponse extends Placing, Attempt {
  tries: number;
  earlier: Attempt[];
}

const ATTEMPT = ["set", "checks", "explained"];

export function blank(open: Public): MatrixResponse {
  const { sets } = open as MatrixPublic;
  return { set: [...sets[0]!], placed: {}, signs: {}, checks: [], explained: 0, tries: 0, earlier: [] };
}

export function validate(open: Public, response: unknown): asserts response is MatrixResponse {
  fields(response, "", ["set", "placed", "signs", "checks", "explained", "tries", "earlier"]);
  attempt(open, response, "");
  if (asCount(response.tries, (response.checks as unknown[]).length) === null) throw new Malformed("not-a-number", "tries");
  placing(response, response.set as string[], "");
  const { earlier } = response;
  if (!Array.isArray(earlier)) throw new Malformed("not-a-list", "earlier");
  if (earlier.length > MAX_EARLIER) throw new Malformed("too-many", "earlier");
  earlier.forEach((one, i) => {
    fields(one, `earlier[${i}]`, ATTEMPT);
    attempt(open, one, `earlier[${i}]`);
  });
}

function attempt(open: Public, value: Json, at: string): void {
  const dot = at && `${at}.`;
  const { set, checks } = value;
  if (!Array.isArray(set)) throw new Malformed("not-a-list", `${dot}set`);
  if (!(open as MatrixPublic).sets.some((known) => same(known, set))) throw new Malformed("not-a-set", `${dot}set`);
  if (!Array.isArray(checks)) throw new Malformed("not-a-list", `${dot}checks`);
  if (checks.length > MAX_CHECKS) throw new Malformed("too-many", `${dot}checks`);
  checks.forEach((check, i) => {
    const here = `${dot}checks[${i}]`;
    fields(check, here, ["n", "placed", "signs"]);
    const n = asCount(check.n, MAX_CHECKS);
    if (n === null || n < 1 || (i === 0 && n !== 1)) throw new Malformed("not-a-number", `${here}.n`);
    placing(check, set, here);
  });
  if (asCount(value.explained, checks.length) === null) throw new Malformed("not-a-number", `${dot}explained`);
}

function placing(value: Json, set: string[], at: string): void {
  const dot = at && `${at}.`;
  const known = new Set(set);
  for (const [name, allowed, code] of [
    ["placed", CELLS, "unknown-cell"],
    ["signs", SIGNS, "unknown-sign"],
  ] as const) {
    const chosen = value[name];
    if (!isObject(chosen)) throw new Malformed("not-an-object", dot + name);
    if (Object.keys(chosen).some((card) => !known.has(card))) throw new Malformed("unknown-card", dot + name);
    if (Object.values(chosen).some((choice) => !isOne(choice, allowed))) throw new Malformed(code, dot + name);
  }
}

function isOne<T extends string>(value: unknown, allowed: readonly T[]): value is T {
  return (allowed as readonly unknown[]).includes(value);
}

function same(a: unknown[], b: unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

export function fit(open: Public, response: unknown): MatrixResponse {
  try {
    validate(open, response);
    return response;
  } catch (fault) {
    if (!(fault instanceof Malformed)) throw fault;
  }
  const old = isObject(response) ? response : {};
  const placed = isObject(old.placed) ? old.placed : {};
  const signs = isObject(old.signs) ? old.signs : {};
  const drawn: unknown[] = Array.isArray(old.set) ? old.set : [];
  const fresh = blank(open);
  let best = -1;
  for (const set of (open as MatrixPublic).sets) {
    const overlap = set.reduce((n, card) => n + (Object.hasOwn(placed, card) ? 2 : 0) + (drawn.includes(card) ? 1 : 0), 0);
    if (overlap > best) {
      best = overlap;
      fresh.set = [...set];
    }
  }
  for (const card of fresh.set) {
    const cell = Object.hasOwn(placed, card) && placed[card];
    const sign = Object.hasOwn(signs, card) && signs[card];
    if (isOne(cell, CELLS)) fresh.placed[card] = cell;
    if (isOne(sign, SIGNS)) fresh.signs[card] = sign;
  }
  const current = { set: old.set ?? null, checks: old.checks ?? null, explained: old.explained ?? null };
  if (fits(open, current) && same(current.set, fresh.set)) {
    fresh.checks = current.checks;
    fresh.explained = current.explained;
    fresh.tries = asCount(old.tries, current.checks.length) ?? 0;
  }
  const attempts: unknown[] = Array.isArray(old.earlier) ? old.earlier : [];
  fresh.earlier = attempts.filter((one): one is Attempt => fits(open, one)).slice(0, MAX_EARLIER);
  return fresh;
}

function fits(open: Public, value: unknown): value is Attempt {
  try {
    fields(value, "", ATTEMPT);
    attempt(open, value, "");
    return true;
  } catch (fault) {
    if (!(fault instanceof Malformed)) throw fault;
    return false;
  }
}

export function grade(_open: Public, key: unknown, response: unknown): Result {
  const { set, placed, signs, checks, earlier } = response as MatrixResponse;
  const answered = Object.keys(placed).length;
  if (!key) return newResult("ungraded", answered, set.length);
  const k = key as MatrixKey;
  const last = checks.at(-1);
  // A set that comes up again has had its first check already.
  const firsts: { drawn: string[]; check: Check }[] = [];
  for (const { set: drawn, checks: made } of [...earlier, { set, checks }]) {
    if (made[0] && !firsts.some((one) => same(one.drawn, drawn))) firsts.push({ drawn, check: judge(k, drawn, made[0]) });
  }
  return {
    ...newResult("graded", answered, set.length),
    board: judge(k, set, { placed, signs }),
    first: firsts.find((one) => same(one.drawn, set))?.check ?? null,
    latest: last ? judge(k, set, last) : null,
    mastery: firsts.some((one) => mastered(one.check)),
  };
}

function judge(key: MatrixKey, set: string[], choices: Placing): Check {
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
  const score: Fraction = halves % 2 ? [halves, 2] : [halves / 2, 1];
  return { score, max: [set.length, 1], parts, items };
}

function mastered({ score, max, parts }: Check): boolean {
  return (
    5 * score[0] * max[1] >= 4 * max[0] * score[1] &&
    [parts.column!, parts.row!].every(([right, of]) => 4 * right >= 3 * of)
  );
}
