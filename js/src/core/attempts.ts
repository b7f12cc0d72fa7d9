/** The form of responses that are answered item by item; pvwidgets/kinds/attempts.py in Python. */
import type { Rule } from "./kind";
import { asCount, count, fields, isObject, list, Malformed, newResult, type Json } from "./results";
import type { Check, Public, Rich } from "./types";

export const MAX_CHECKS = 500;
export const MAX_EARLIER = 100;

export type Answers = Record<string, any>;

export interface Attempt {
  set: string[];
  checks: (Answers & { n: number })[];
  explained: number;
}

/** Besides these, one entry for each field of answers. */
export interface Response extends Attempt {
  tries: number;
  earlier: Attempt[];
  [field: string]: any;
}

export interface Items extends Public {
  sets: string[][];
  cards: { id: string; text: Rich[] }[];
}

export interface Field {
  blank(open: Items, set: string[]): unknown;
  /** Throws Malformed. */
  check(open: Items, set: string[], value: unknown, at: string): void;
  /** What of a stored field still fits these items. */
  keep(open: Items, set: string[], old: unknown): unknown;
  has(old: unknown, item: string): boolean;
}

const has = (old: unknown, item: string): old is Json => isObject(old) && Object.hasOwn(old, item);

/** A field of answers that maps an item's id to one value. */
export function byItem(code: string, fits: (open: Items, item: string, value: unknown) => boolean): Field {
  return {
    blank: () => ({}),
    check(open, set, value, at) {
      if (!isObject(value)) throw new Malformed("not-an-object", at);
      const known = new Set(set);
      const entries = Object.entries(value);
      if (entries.some(([item]) => !known.has(item))) throw new Malformed("unknown-card", at);
      if (!entries.every(([item, one]) => fits(open, item, one))) throw new Malformed(code, at);
    },
    keep: (open, set, old) =>
      Object.fromEntries(set.flatMap((item) => (has(old, item) && fits(open, item, old[item]) ? [[item, old[item]]] : []))),
    has,
  };
}

/** A field of answers that maps an item's id to the id of an option. */
export const choice = (code: string, options: (open: any) => { id: string }[]): Field =>
  byItem(code, (open, _item, value) => options(open).some(({ id }) => id === value));

interface Form {
  fields: Record<string, Field>;
  judge(open: any, key: any, set: string[], answers: any): Check;
  mastered?(check: Check): boolean;
  answered?(open: any, response: Response): number;
}

export interface AttemptRule extends Rule {
  judge: Form["judge"];
}

/** A check in which each item earns a point, half a one, or none by its status. */
export function tally(items: Record<string, string>, parts: Check["parts"] = {}): Check {
  const all = Object.values(items);
  const halves = all.reduce((n, one) => n + (isRight(one) ? 2 : Number(one === "half")), 0);
  return { score: halves % 2 ? [halves, 2] : [halves / 2, 1], max: [all.length, 1], parts, items };
}

/** A status that counts as right. */
export const isRight = (status: string | undefined) => status === "right" || status === "defensible";

const ATTEMPT = ["set", "checks", "explained"];

export const enough = ({ score, max }: Check): boolean => 5 * score[0] * max[1] >= 4 * max[0] * score[1];

export function attempts({ fields: named, judge, mastered = enough, answered }: Form): AttemptRule {
  const names = Object.keys(named);
  const each = Object.entries(named);

  function answers(open: Items, value: Json, set: string[], at: string): void {
    for (const [name, field] of each) field.check(open, set, value[name], at + name);
  }
  function attempt(open: Items, value: Json, at: string): void {
    const { set, checks } = value;
    list(set, Infinity, `${at}set`);
    if (!open.sets.some((known) => same(known, set))) throw new Malformed("not-a-set", `${at}set`);
    list(checks, MAX_CHECKS, `${at}checks`);
    checks.forEach((check, i) => {
      const here = `${at}checks[${i}]`;
      fields(check, here, ["n", ...names]);
      count(check.n, 1, i ? MAX_CHECKS : 1, `${here}.n`);
      answers(open, check, set, `${here}.`);
    });
    count(value.explained, 0, checks.length, `${at}explained`);
  }
  function fits(open: Items, value: unknown): boolean {
    return !fault(() => (fields(value, "", ATTEMPT), attempt(open, value, "")));
  }
  function blank(open: Public): Response {
    const set = [...(open as Items).sets[0]!];
    const start = each.map(([name, field]) => [name, field.blank(open as Items, set)]);
    return { set, ...Object.fromEntries(start), checks: [], explained: 0, tries: 0, earlier: [] };
  }
  function validate(open: Public, response: unknown): asserts response is Response {
    fields(response, "", ["set", ...names, "checks", "explained", "tries", "earlier"]);
    attempt(open as Items, response, "");
    count(response.tries, 0, (response.checks as unknown[]).length, "tries");
    answers(open as Items, response, response.set as string[], "");
    const { earlier } = response;
    list(earlier, MAX_EARLIER, "earlier");
    earlier.forEach((one, i) => {
      fields(one, `earlier[${i}]`, ATTEMPT);
      attempt(open as Items, one, `earlier[${i}].`);
    });
  }
  function fit(given: Public, response: unknown): Response {
    const open = given as Items;
    if (!fault(() => validate(open, response))) return response as Response;
    const old = isObject(response) ? response : {};
    const [first, field] = each[0]!;
    const drawn: unknown[] = Array.isArray(old.set) ? old.set : [];
    const fresh = blank(open);
    let best = -1;
    for (const set of open.sets) {
      const overlap = set.reduce((n, item) => n + (field.has(old[first], item) ? 2 : 0) + (drawn.includes(item) ? 1 : 0), 0);
      if (overlap > best) {
        best = overlap;
        fresh.set = [...set];
      }
    }
    for (const [name, one] of each) fresh[name] = one.keep(open, fresh.set, old[name]);
    const current = { set: old.set, checks: old.checks, explained: old.explained };
    if (fits(open, current) && same(current.set as string[], fresh.set)) {
      Object.assign(fresh, current);
      fresh.tries = asCount(old.tries, fresh.checks.length) ?? 0;
    }
    const earlier: unknown[] = Array.isArray(old.earlier) ? old.earlier : [];
    fresh.earlier = (earlier as Attempt[]).filter((one) => fits(open, one)).slice(0, MAX_EARLIER);
    return fresh;
  }
  return {
    blank, validate, fit, judge,
    grade(open, key, given) {
      const response = given as Response;
      const { set, checks, earlier } = response;
      const n = answered ? answered(open, response) : Object.keys(response[names[0]!]).length;
      if (!key) return newResult("ungraded", n, set.length);
      const last = checks.at(-1);
      // A set that comes up again has had its first check already.
      const firsts: { drawn: string[]; check: Check }[] = [];
      for (const { set: drawn, checks: made } of [...earlier, response]) {
        if (made[0] && !firsts.some((one) => same(one.drawn, drawn))) {
          firsts.push({ drawn, check: judge(open, key, drawn, made[0]) });
        }
      }
      return {
        ...newResult("graded", n, set.length),
        board: judge(open, key, set, response),
        first: firsts.find((one) => same(one.drawn, set))?.check ?? null,
        latest: last ? judge(open, key, set, last) : null,
        mastery: firsts.some((one) => mastered(one.check)),
      };
    },
  };
}

/** The Malformed that a call throws; any other fault is ours and goes on. */
export function fault(call: () => void): Malformed | null {
  try {
    call();
    return null;
  } catch (thrown) {
    if (!(thrown instanceof Malformed)) throw thrown;
    return thrown;
  }
}

export function same(a: unknown[], b: unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
