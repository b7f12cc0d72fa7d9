/** The kinds of activity: one folder here and one of the same name in pvwidgets/kinds. */
import type { Kind } from "../core/kind";
import { matrix } from "./matrix";
import { quiz } from "./quiz";
import { order } from "./order";
import { plane } from "./plane";
import { sort } from "./sort";
import { writing } from "./writing";

export const kinds: Record<string, Kind> = { matrix, sort, quiz, writing, order, plane };
