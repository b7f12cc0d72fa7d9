/** Interface words; all of them stand in pvwidgets/words.json. */
import { code, matrix, ui } from "../../../pvwidgets/words.json";

export { code, matrix, ui };

type Values = Record<string, string | number>;

export function say(template: string, values: Values = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

type Plural = "left" | "cellCards" | "notYet" | "lookAgain" | "loaded";

export function count(name: Plural, n: number): string {
  const words = ui as Record<string, string>;
  return say((n === 0 && words[`${name}_0`]) || (n === 1 && words[`${name}_one`]) || words[name]!, { n });
}
