/** Sort cards into the four cells of the public value matrix. */
import type { Kind } from "../../core/kind";
import { Board } from "../../parts/board";
import { rule } from "./grade";

export const matrix: Kind = { rule, View: Board };
