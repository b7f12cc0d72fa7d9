/** The form of pvwidgets/kinds/writing/grade.py; tests/vectors/writing binds the two. */
import type { Rule } from "../../core/kind";
import { asCount, fields, isObject, Malformed, newResult, type Json } from "../../core/results";
import type { Public, Rich } from "../../core/types";
import type { FieldDef } from "../../parts/form";

export interface WritingPublic extends Public {
  parts: (FieldDef & { title: string; hint: string })[];
  /** The parts that have one. */
  models: string[];
  rubric: (FieldDef & { weight: number })[];
  samples: { id: string; title: string; text: Rich[] }[];
  most: number;
  pass?: { points: number; nonzero: string[]; yes: string; no: string };
  gather?: WritingPublic[];
}

export interface WritingKey {
  models: Record<string, Rich[]>;
  samples: Record<string, Record<string, { option: string; feedback: Rich[] }>>;
}

export interface Response {
  texts: Record<string, string>;
  shown: boolean;
  ratings: Record<string, Record<string, number>>;
}

/** A value if it fits. */
type Fit = (value: unknown) => unknown;

const ids = (items: { id: string }[]) => items.map(({ id }) => id);
const text: Fit = (value) => (typeof value === "string" && [...value].length <= 4000 ? value : undefined);
const rating: Fit = (value) => asCount(value, 3) ?? undefined;

function keep(old: unknown, names: string[], fit: Fit): Json {
  const entries = Object.entries(isObject(old) ? old : {}).map(([name, value]) => [name, names.includes(name) ? fit(value) : undefined]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

export const isWritten = (value = "") => /[^ \t\r\n]/.test(value);

export const rule = {
  blank: () => ({ texts: {}, shown: false, ratings: {} }),
  validate(open, response) {
    const fitted: Json = rule.fit(open, response);
    const names = Object.keys(rule.blank());
    fields(response, "", names);
    for (const name of names) {
      // Fitting leaves values out and changes none.
      if (JSON.stringify(fitted[name]) !== JSON.stringify(response[name])) throw new Malformed(`bad-${name}`, name);
    }
  },
  fit(given, response) {
    const { parts, samples, rubric } = given as WritingPublic;
    const { texts, shown, ratings } = (isObject(response) ? response : {}) as Json;
    const fitted = {
      texts: keep(texts, ids(parts), text),
      shown: shown === true,
      ratings: keep(ratings, [...ids(samples), "own"], (one) => (isObject(one) ? keep(one, ids(rubric), rating) : undefined)),
    };
    // In the order of what is kept: what came by an answer code is sorted, and has not changed.
    return Object.assign(keep(response, Object.keys(fitted), (one) => one), fitted);
  },
  grade: (open, _key, response) =>
    newResult("ungraded", Object.values((response as Response).texts).filter(isWritten).length, (open as WritingPublic).parts.length),
} satisfies Rule;
