/** The kinds of activity: one folder here and one of the same name in pvwidgets/kinds. */
import type { Kind } from "../core/kind";
import { matrix } from "./matrix";
import { order } from "./order";
import { plane } from "./plane";
import { share } from "./share";
import { sort } from "./sort";

export const kinds: Record<string, Kind> = { matrix, sort, order, plane, share };
