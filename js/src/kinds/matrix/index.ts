/** Sort cards into the four cells of the public value matrix. */
import type { Kind } from "../../core/kind";
import { rule } from "./grade";
import { View } from "./view";

export const matrix: Kind = { rule, View };
