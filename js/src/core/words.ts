/**
 * Interface words. They all stand in pvwidgets/words.json, and reach the front end as data: a page
 * or a widget brings along those of the kinds that it shows.
 */
import type catalogue from "../../../pvwidgets/words.json";

type Catalogue = typeof catalogue;

export let words = {} as Catalogue;
export let ui = {} as Catalogue["ui"];

export function setWords(given: object): void {
  words = Object.assign(words, given);
  ui = words.ui;
}

/** Words that a kind has of its own stand in place of those of the same name. */
export const uiOf = (kind: string): Catalogue["ui"] => ({ ...ui, ...(words as unknown as Record<string, object>)[kind] });

type Values = Record<string, string | number>;

export function say(template: string, values: Values = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Words that depend on a number: "name", and "name_0" and "name_one" where they differ. */
export function count(section: object, name: string, n: number): string {
  const all = section as Record<string, string>;
  return say((n === 0 && all[`${name}_0`]) || (n === 1 && all[`${name}_one`]) || all[name]!, { n });
}
