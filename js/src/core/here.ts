/** What belongs to the activity that is being drawn, for parts deep in it. */
import type { ViewProps } from "./kind";

export let here: Pick<ViewProps, "local" | "hold" | "focus">;

export function setHere(next: typeof here): void {
  here = next;
}
