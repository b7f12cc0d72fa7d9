/** Records that rules read: the form, the operators and the report of pvwidgets/kinds/records.py. */
import type { FieldDef } from "../parts/form";
import type { Rule } from "./kind";
import { fields, isObject, Malformed, newResult, type Json } from "./results";
import type { Check, Public, Rich } from "./types";
import { say as fill } from "./words";

export type Lamp = "met" | "doubt" | "unmet";
type Test = any[];
type Entry = Record<string, any>;
type Found = Entry | null;

interface Condition {
  if: Test;
  say: string;
  name?: string;
}

export interface RuleDef {
  id: string;
  title: string;
  name?: string;
  each?: boolean;
  checked: string;
  taken: string;
  at?: [number, number];
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
  naming: { aligned: string; broken: string; notYet: string; wrong: string; rows?: { name: string; signs: string; remedy: string }[] };
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

const most = ({ most, options }: FieldDef): number => most || options?.length || 12;
const listed = ({ type }: FieldDef): boolean => type === "list" || type === "many";

function checkFields(defs: FieldDef[], value: unknown, at: string): asserts value is Json {
  if (!isObject(value)) throw new Malformed("not-an-object", at);
  const named = defs.filter(({ id }) => Object.hasOwn(value, id));
  if (Object.keys(value).length > named.length) throw new Malformed("unknown-field", at);
  for (const def of named) check(def, value[def.id], `${at}.${def.id}`);
}

function check(def: FieldDef, value: unknown, at: string): void {
  if (listed(def)) {
    if (!Array.isArray(value)) throw new Malformed("not-a-list", at);
    if (value.length > most(def)) throw new Malformed("too-many", at);
  }
  if (def.type === "list") return (value as unknown[]).forEach((entry, i) => checkFields(def.fields!, entry, `${at}[${i}]`));
  for (const one of listed(def) ? (value as unknown[]) : [value]) {
    if (typeof one !== "string") throw new Malformed("not-text", at);
    if ([...one].length > (def.max ?? 400)) throw new Malformed("too-long", at);
    if (def.options && (one || listed(def)) && !def.options.some(({ id }) => id === one)) throw new Malformed("unknown-choice", at);
  }
}

function fits(call: () => void): boolean {
  try {
    call();
    return true;
  } catch (thrown) {
    if (!(thrown instanceof Malformed)) throw thrown;
    return false;
  }
}

function keepFields(defs: FieldDef[], old: Json): Json {
  return Object.fromEntries(defs.flatMap((def) => {
    if (!Object.hasOwn(old, def.id)) return [];
    const value = old[def.id];
    const list = Array.isArray(value) ? value : [];
    if (def.type === "list") return [[def.id, list.filter(isObject).slice(0, most(def)).map((one) => keepFields(def.fields!, one))]];
    if (listed(def)) return [[def.id, list.filter((one) => fits(() => check(def, [one], ""))).slice(0, most(def))]];
    return fits(() => check(def, value, "")) ? [[def.id, value]] : [];
  }));
}

/** An amount in millionths; null for unknown, and for what is none. */
function amount(text: string): bigint | null {
  const read = /^([0-9]{1,3}(?:[ ,][0-9]{3}){1,4}|[0-9]{1,15})(?:\.([0-9]{1,6}))?$/.exec(text);
  return read && BigInt(read[1]!.replace(/[ ,]/g, "") + (read[2] ?? "").padEnd(6, "0"));
}

function readValue(def: FieldDef, value: any): any {
  if (def.type === "list") return (value ?? []).map((entry: Entry) => readFields(def.fields!, entry));
  if (def.type === "many") return (value ?? []).map((one: string) => one.trim());
  const text: string = (value ?? "").trim();
  if (def.type === "number" && amount(text) === null) return /^unknown$/i.test(text) ? "unknown" : "";
  if (def.lines) return text.split("\n").map((line) => line.trim()).filter(Boolean);
  return text || (def.empty ?? "");
}

const readFields = (defs: FieldDef[], record: Entry): Entry =>
  Object.fromEntries(defs.map((def) => [def.id, readValue(def, record[def.id])]));

/** A name that stands nowhere in the record is none. */
function linkFields(defs: FieldDef[], record: Entry, all: Entry): Entry {
  return Object.fromEntries(defs.map((def) => {
    let value = record[def.id];
    if (def.type === "list") value = value.map((entry: Entry) => linkFields(def.fields!, entry, all));
    else if (def.from) {
      const [list, field] = def.from;
      const known = (name: string) => all[list].some((entry: Entry) => entry[field] === name);
      value = Array.isArray(value) ? value.filter(known) : known(value) ? value : "";
    }
    return [def.id, value];
  }));
}

/** The record that the rules read. */
function whole(open: RecordPublic, given: Entry): Entry {
  let record: Entry = Object.assign(Object.create(null), given);
  if (open.cards) {
    const chosen = record;
    record = { ...open.given };
    for (const { id } of fieldsOf(open)) {
      for (const card of [chosen[id] || []].flat()) {
        for (const [name, value] of Object.entries(open.cards[card]!)) {
          const old = record[name];
          record[name] = !old?.length ? value : Array.isArray(value) ? [...old, ...value] : `${old}\n${value}`;
        }
      }
    }
  }
  const defs = open.fields ?? fieldsOf(open);
  const read = readFields(defs, record);
  return linkFields(defs, read, read);
}

/** What a condition found, for its sentence; null where it does not hold. */
function holds([operator, first, ...rest]: Test, record: Entry, entry: Entry = {}): Found {
  const get = (path: string) => (path[0] === "." ? entry[path.slice(1)] : record[path]);
  const every = (tests: Test[], one: Entry) => tests.reduce<Found>((told, test) => {
    const found = told && holds(test, record, one);
    return found && { ...told, ...found };
  }, {});
  const set = (what: any): string[] => {
    const found = typeof what === "string" ? [get(what)]
      : what[0] === "of" ? record[what[1]].filter((one: Entry) => every(what.slice(3), one)).map((one: Entry) => one[what[2]])
      : what;
    return [...new Set<string>(found.flat())].filter(Boolean);
  };
  const yes = (so: unknown): Found => (so ? {} : null);
  switch (operator) {
    case "is": return yes(rest.includes(get(first)));
    case "not": return yes(!holds(first, record, entry));
    case "all": return every([first, ...rest], entry);
    case "any": {
      for (const [i, one] of record[first].entries()) {
        const found = every(rest, one);
        if (found) return { ...one, ...found, n: i + 1 };
      }
      return null;
    }
    case "fewer": return yes(record[first].length < rest[0]);
    case "more": {
      const [a, b] = [amount(get(first)), amount(get(rest[0]))];
      return yes(a !== null && b !== null && 10n * a > BigInt(rest[1]) * b);
    }
    case "words": {
      const word = new RegExp(`(?<![a-z])(${rest[0]})(?![a-z])`, "i").exec(get(first));
      return word && { it: [word[0]] };
    }
  }
  const others = rest.flatMap(set);
  const it = set(first).filter((one) => others.includes(one) === (operator === "both"));
  return it.length ? { it } : null;
}

export function report(open: RecordPublic, given: Entry): Report {
  const { rules, naming, labels } = open;
  const record = whole(open, given);
  const put = (template: string, values: Entry) => fill(template, Object.fromEntries(Object.entries(values).map(([name, value]) =>
    [name, Array.isArray(value) ? value.map((one) => (Object.hasOwn(labels, one) ? labels[one] : one)).join(", ") : value])));
  const names = new Set<string>();
  const said: string[][] = [];
  const lamps = rules.map((rule): Lamp => {
    for (const level of ["unmet", "doubt"] as const) {
      const found = rule[level].flatMap((one) => {
        const context = holds(one.if, record);
        return context ? [{ one, context }] : [];
      });
      if (!found.length) continue;
      said.push((rule.each ? found : found.slice(0, 1)).map(({ one, context }) => put(one.say, { ...record, ...context })));
      for (const { one } of found) {
        const name = one.name ?? rule.name;
        if (name && level === "unmet") names.add(name);
      }
      return level;
    }
    said.push([rule.met]);
    return "met";
  });
  const corners = (lamp: Lamp) => (naming.rows ? [0, 1, 2].reduce((sum, i) => sum + (lamps[i] === lamp ? 1 << i : 0), 0) : 0);
  const [row, doubts] = [corners("unmet"), corners("doubt")];
  const it = rules.filter((_, i) => lamps[i] === "doubt").map(({ title }) => title);
  let name = naming.aligned;
  if (row) {
    name = [naming.rows![row]!.name, ...names].join("; ");
    if (doubts) {
      const cornersIn = rules.filter((_, i) => i < 3 && lamps[i] === "doubt").map(({ title }) => title);
      name += put(naming.wrong, { row: naming.rows![row | doubts]!.name, it: cornersIn });
    }
  } else if (lamps.includes("unmet")) name = put(naming.broken, { it: [...names] });
  else if (it.length) name = put(naming.notYet, { it });
  return { lamps, said, name, row };
}

const filled = (value: any): boolean => Boolean(typeof value === "string" ? value.trim() : value?.length);

export const rule: Rule & { report: typeof report } = {
  report,
  blank: (open) => ({ record: (open as RecordPublic).start ?? {} }),
  validate(open, response) {
    fields(response, "", ["record"]);
    checkFields(fieldsOf(open as RecordPublic), response.record, "record");
  },
  fit(open, response) {
    if (fits(() => rule.validate(open, response))) return response as object;
    const old = isObject(response) && response.record;
    return isObject(old) ? { record: keepFields(fieldsOf(open as RecordPublic), old) } : rule.blank(open);
  },
  grade(given, key, response) {
    const open = given as RecordPublic;
    const { record } = response as { record: Entry };
    const asked = fieldsOf(open).filter((def) => !def.optional);
    const n = asked.filter(({ id }) => Object.hasOwn(record, id) && filled(record[id])).length;
    if (!key) return newResult("ungraded", n, asked.length);
    const { lamps } = report(open, record);
    const halves = lamps.map((lamp) => ({ met: 2, doubt: 1, unmet: 0 })[lamp]);
    const sum = halves.reduce((a, b) => a + b, 0);
    const checked: Check = {
      score: sum % 2 ? [sum, 2] : [sum / 2, 1],
      max: [lamps.length, 1],
      parts: Object.fromEntries(open.rules.map(({ id }, i) => [id, [halves[i]!, 2]])),
      items: Object.fromEntries(open.rules.map(({ id }, i) => [id, lamps[i]!])),
    };
    return { ...newResult("graded", n, asked.length), board: checked, latest: checked, mastery: sum === 2 * lamps.length };
  },
};
