/** What a grader answers with, and why a response is malformed; pvwidgets/results.py in Python. */
import type { Fraction, Result } from "./types";

/** A response is not of its activity's form: it scores nothing, and is not called wrong. */
export class Malformed extends Error {
  constructor(readonly code: string, readonly at: string) {
    super(code);
  }
}

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Without what objects inherit: a card may be called "constructor". */
export const get = (record: any, name: string) => (record && Object.hasOwn(record, name) ? record[name] : undefined);

/** Throws unless a value is a list with at most so many entries. */
export function list(value: unknown, most: number, at: string): asserts value is any[] {
  if (!Array.isArray(value)) throw new Malformed("not-a-list", at);
  if (value.length > most) throw new Malformed("too-many", at);
}

/** Throws unless a value is a whole number from low to high. */
export function count(value: unknown, low: number, high: number, at: string): void {
  const n = asCount(value, high);
  if (n === null || n < low) throw new Malformed("not-a-number", at);
}

/** A whole number from 0 to high, or null. */
export function asCount(value: unknown, high: number): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= high ? value : null;
}

/** Throws unless a value is an object with exactly these fields. */
export function fields(value: unknown, at: string, names: string[]): asserts value is Json {
  if (!isObject(value)) throw new Malformed("not-an-object", at);
  for (const name of names) {
    if (!Object.hasOwn(value, name)) throw new Malformed("missing-field", at ? `${at}.${name}` : name);
  }
  if (Object.keys(value).length > names.length) throw new Malformed("unknown-field", at);
}

export function newResult(status: Result["status"], answered: number, total: number): Result {
  return {
    status, answered, total,
    problem: null, board: null, first: null, latest: null, mastery: null,
  };
}

const divisor = (a: number, b: number): number => (b ? divisor(b, a % b) : a);

export function fraction(numerator: number, denominator: number): Fraction {
  const by = divisor(numerator, denominator);
  return [numerator / by, denominator / by];
}

/** Points for the screen. */
export function decimal([numerator, denominator]: Fraction): string {
  return String(+(numerator / denominator).toFixed(2));
}
