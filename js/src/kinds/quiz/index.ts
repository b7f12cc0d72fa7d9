/** Questions: one or several options, true or false with a reason, a number, or a cover of needs. */
import type { Kind } from "../../core/kind";
import { rule } from "./grade";
import { View } from "./view";

export const quiz: Kind = { rule, View };
