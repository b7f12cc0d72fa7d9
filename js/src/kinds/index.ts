/** The kinds of activity: one folder here and one of the same name in pvwidgets/kinds. */
import type { Kind } from "../core/kind";
import { matrix } from "./matrix";

export const kinds: Record<string, Kind> = { matrix };
