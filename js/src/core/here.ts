/** What belongs to the activity that is being drawn, for parts deep in it. */
import type { ViewProps } from "./kind";

export let here: Pick<ViewProps, "local" | "hold" | "focus">;

export function setHere(next: typeof here): void {
  here = next;
}

/** What is held under a field's id, a text too long to be kept, is forgotten where all starts over. */
export const noDrafts = ({ base, local }: Pick<ViewProps, "base" | "local">) =>
  Object.fromEntries(Object.keys(local).filter((name) => name.startsWith(base)).map((name) => [name, undefined]));
