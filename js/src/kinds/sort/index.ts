/** Sort cards into named places: columns, or the boxes of a chain. */
import type { Kind } from "../../core/kind";
import { Board } from "../../parts/board";
import { rule } from "./grade";

export const sort: Kind = { rule, View: Board };
