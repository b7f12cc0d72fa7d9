/** The kinds of activity: one folder here and one of the same name in pvwidgets/kinds. */
import type { Kind } from "../core/kind";
import { alignment } from "./alignment";
import { matrix } from "./matrix";
import { sort } from "./sort";
import { triangle } from "./triangle";

export const kinds: Record<string, Kind> = { matrix, sort, triangle, alignment };
