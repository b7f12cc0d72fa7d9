/** A record to fill in beside the lamps of the rules that read it. */
import type { Kind, ViewProps } from "../core/kind";
import { rule } from "../core/records";

function View(_: ViewProps) {
  return <p />;
}

export const recordKind: Kind = { rule, View };
