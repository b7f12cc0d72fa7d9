/** The kinds of activity: one folder here and one of the same name in pvwidgets/kinds. */
import type { Kind } from "../core/kind";
import { alignment } from "./alignment";
import { matrix } from "./matrix";
import { order } from "./order";
import { plane } from "./plane";
import { quiz } from "./quiz";
import { share } from "./share";
import { sort } from "./sort";
import { triangle } from "./triangle";
import { writing } from "./writing";

export const kinds: Record<string, Kind> = { alignment, matrix, order, plane, quiz, share, sort, triangle, writing };
