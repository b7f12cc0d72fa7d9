/** Records that rules read: the form, the operators and the report of pvwidgets/kinds/records.py. */
import type { FieldDef } from "../parts/form";
import { fault } from "./attempts";
import type { Rule } from "./kind";
import { fields, fraction, get, isObject, list, Malformed, newResult, type Json } from "./results";
import type { Check, Public, Rich } from "./types";

export type Lamp = "met" | "doubt" | "unmet";
type Test = any[];
type Entry = Record<string, any>;
type Found = Entry | null;

export type Shape = string | number | [string, Record<string, any>, ...Shape[]];

interface Condition {
  if: Test;
  say: string;
  name?: string;
}

export interface RuleDef {
  id: string;
  title: string;
  /** What is broken where it is not met. */
  name?: string;
  /** Whether every condition that holds is said, or the first. */
  each?: boolean;
  limits: string;
  met: string;
  unmet: Condition[];
  doubt: Condition[];
}

export interface RecordPublic extends Public {
  groups: { title: string; fields: FieldDef[] }[];
  /** In a guided activity: the form that the rules read, what is fixed of it, what cards add. */
  fields?: FieldDef[];
  given?: Entry;
  cards?: Record<string, Entry>;
  start?: Entry;
  rules: RuleDef[];
  naming: { aligned: string; broken: string; notYet: string; wrong: string; rows?: { name: string; told: string }[] };
  /** By the number of partners. */
  figures: Shape[];
  /** By the number of rules met. */
  turns?: string[];
  labels: Record<string, string>;
  words: Record<string, string> & { lamps: Record<Lamp, string>; marks: Record<Lamp, string> };
}

export interface RecordKey {
  cards?: Record<string, { trap: boolean; said: Rich[] }>;
}

export interface Report {
  lamps: Lamp[];
  said: string[][];
  name: string;
  row: number;
}

export const fieldsOf = (open: RecordPublic): FieldDef[] => open.groups.flatMap((group) => group.fields);

const listed = ({ type }: FieldDef): boolean => type === "list" || type === "many";
const most = ({ most, options }: FieldDef): number => most || options?.length || 12;

function checkFields(defs: FieldDef[], value: unknown, at: string): asserts value is Json {
  if (!isObject(value)) throw new Malformed("not-an-object", at);
  const named = defs.filter(({ id }) => Object.hasOwn(value, id));
  if (Object.keys(value).length > named.length) throw new Malformed("unknown-field", at);
  for (const def of named) check(def, value[def.id], `${at}.${def.id}`);
}

function check(def: FieldDef, value: any, at: string): void {
  const { options, max = 400 } = def;
  if (listed(def)) {
    list(value, most(def), at);
    if (def.fields) return value.forEach((entry, i) => checkFields(def.fields!, entry, `${at}[${i}]`));
  }
  for (const one of listed(def) ? value : [value]) {
    if (typeof one !== "string") throw new Malformed("not-text", at);
    if ([...one].length > max) throw new Malformed("too-long", at);
    if (options && (one || listed(def)) && !options.some(({ id }) => id === one)) throw new Malformed("unknown-choice", at);
  }
}

export const fits = (def: FieldDef, value: unknown): boolean => !fault(() => check(def, value, ""));

/** Fields by their ids; those of which nothing is to be said are left out. */
const each = (defs: FieldDef[], say: (def: FieldDef) => unknown): Entry =>
  Object.fromEntries(defs.map((def) => [def.id, say(def)]).filter(([, value]) => value !== undefined));

const keep = (defs: FieldDef[], old: Json): Entry => each(defs, (def) => {
  const value = get(old, def.id) as unknown;
  if (value === undefined || !listed(def)) return fits(def, value) ? value : undefined;
  const list = Array.isArray(value) ? value : [];
  return (def.fields ? list.filter(isObject).map((one) => keep(def.fields!, one)) : list.filter((one) => fits(def, [one]))).slice(0, most(def));
});

/** An amount in millionths; null for unknown, and for what is none. */
function amount(text: string): bigint | null {
  const read = /^([0-9]{1,3}(?:[ ,][0-9]{3}){1,4}|[0-9]{1,15})(?:\.([0-9]{1,6}))?$/.exec(text);
  return read && BigInt(read[1]!.replace(/[ ,]/g, "") + (read[2] ?? "").padEnd(6, "0"));
}

/** Trimmed, empty choices as they count; a name that stands nowhere in the record is none. */
const readFields = (defs: FieldDef[], record: Entry, all = record): Entry => each(defs, (def) => {
  const value = record[def.id] ?? "";
  const { fields: inside, from } = def;
  if (inside) return [...value].map((entry) => readFields(inside, entry, all));
  const known = (name: string) => !from || all[from[0]]?.some((entry: Entry) => entry[from[1]]?.trim() === name);
  if (listed(def)) return [...value].map((one) => one.trim()).filter(known);
  const text = value.trim();
  if (def.type === "number" && amount(text) === null) return /^unknown$/i.test(text) ? "unknown" : "";
  if (def.lines) return text.split("\n").map((line: string) => line.trim()).filter(Boolean);
  return text && known(text) ? text : (def.empty ?? "");
});

/** The record that the rules read. */
function whole(open: RecordPublic, given: Entry): Entry {
  const record: Entry = { ...(open.cards ? open.given : given) };
  if (open.cards) {
    for (const card of Object.values(each(fieldsOf(open), ({ id }) => (get(given, id) || []))).flat()) {
      for (const [name, value] of Object.entries(open.cards[card]!)) {
        const old = record[name];
        record[name] = !old?.length ? value : Array.isArray(value) ? [...old, ...value] : `${old}\n${value}`;
      }
    }
  }
  return readFields(open.fields ?? fieldsOf(open), record);
}

/** What a condition found, for its sentence; null where it does not hold. */
function holds([operator, first, ...rest]: Test, record: Entry, entry: Entry = {}): Found {
  const get = (path: string) => (path[0] === "." ? entry[path.slice(1)] : record[path]);
  const every = (tests: Test[], one: Entry) => tests.reduce<Found>((told, test) => {
    const found = told && holds(test, record, one);
    return found && { ...told, ...found };
  }, {});
  const set = (what: any): string[] => [...new Set<string>((
    typeof what === "string" ? [get(what)]
    : what[0] === "of" ? record[what[1]].filter((one: Entry) => every(what.slice(3), one)).map((one: Entry) => one[what[2]])
    : what
  ).flat())].filter(Boolean);
  const yes = (so: unknown): Found => (so ? {} : null);
  switch (operator) {
    case "is": return yes(rest.includes(get(first)));
    case "not": return yes(!holds(first, record, entry));
    case "all": return every([first, ...rest], entry);
    case "any":
      return record[first].map((one: Entry, i: number) => {
        const found = every(rest, one);
        return found && { ...one, ...found, n: i + 1 };
      }).find(Boolean) ?? null;
    case "fewer": return yes(record[first].length < rest[0]);
    case "more": {
      const [a, b] = [amount(get(first)), amount(get(rest[0]))];
      return yes(a !== null && b !== null && 10n * a > BigInt(rest[1]) * b);
    }
    case "words": {
      const word = new RegExp(`(?<![a-z])(${rest[0]})(?![a-z])`, "i").exec(get(first));
      return word && { it: word[0] };
    }
  }
  const others = rest.flatMap(set);
  const it = set(first).filter((one) => others.includes(one) === (operator === "both"));
  return it[0] ? { it } : null;
}

export function report(open: RecordPublic, given: Entry): Report {
  const { rules, labels, naming: { rows, aligned, broken, notYet, wrong } } = open;
  const record = whole(open, given);
  const put = (template: string, values: Entry) => template.replace(/\{(\w+)\}/g, (_, name: string) =>
    [values[name]].flat().map((one) => get(labels, one) ?? one).join(", "));
  const names = new Set<string>();
  const said: string[][] = [];
  const lamps = rules.map((rule): Lamp => {
    for (const level of ["unmet", "doubt"] as const) {
      const told = rule[level].flatMap((one) => {
        const context = holds(one.if, record);
        const name = one.name ?? rule.name;
        if (context && name && level === "unmet") names.add(name);
        return context ? [put(one.say, { ...record, ...context })] : [];
      });
      if (told[0]) {
        said.push(rule.each ? told : [told[0]]);
        return level;
      }
    }
    said.push([rule.met]);
    return "met";
  });
  const corners = (lamp: Lamp) => (rows ? [0, 1, 2].reduce((sum, i) => sum + (lamps[i] === lamp ? 1 << i : 0), 0) : 0);
  const doubtful = (first: number) => rules.slice(0, first).filter((_, i) => lamps[i] === "doubt").map(({ title }) => title);
  const row = corners("unmet");
  const doubts = corners("doubt");
  const it = doubtful(6);
  return {
    lamps, said, row,
    name: row ? [rows![row]!.name, ...names].join("; ") + (doubts ? put(wrong, { row: rows![row | doubts]!.name, it: doubtful(3) }) : "")
      : lamps.includes("unmet") ? put(broken, { it: [...names].join("; ") })
      : it[0] ? put(notYet, { it })
      : aligned,
  };
}

export const rule: Rule = {
  blank: (open) => ({ record: (open as RecordPublic).start ?? {} }),
  validate(open, response) {
    fields(response, "", ["record"]);
    checkFields(fieldsOf(open as RecordPublic), response.record, "record");
  },
  fit(open, response) {
    if (!fault(() => rule.validate(open, response))) return response as object;
    const old = isObject(response) && response.record;
    return isObject(old) ? { record: keep(fieldsOf(open as RecordPublic), old) } : rule.blank(open);
  },
  grade(given, key, response) {
    const open = given as RecordPublic;
    const { record } = response as { record: Entry };
    const asked = fieldsOf(open).filter((def) => !def.optional);
    const n = asked.filter(({ id }) => Object.hasOwn(record, id) && (record[id].trim?.() ?? record[id])[0]).length;
    if (!key) return newResult("ungraded", n, asked.length);
    const { lamps } = report(open, record);
    const halves = lamps.map((lamp) => ({ met: 2, doubt: 1, unmet: 0 })[lamp]);
    const sum = halves.reduce<number>((a, b) => a + b, 0);
    const check: Check = {
      score: fraction(sum, 2),
      max: [lamps.length, 1],
      parts: Object.fromEntries(open.rules.map(({ id }, i) => [id, [halves[i]!, 2]])),
      items: Object.fromEntries(open.rules.map(({ id }, i) => [id, lamps[i]!])),
    };
    return { ...newResult("graded", n, asked.length), board: check, latest: check, mastery: sum === 2 * lamps.length };
  },
};
