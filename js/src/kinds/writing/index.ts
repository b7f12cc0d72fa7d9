/** Write, compare with a model, rate by a rubric: reflections, steps of the log, the capstone. */
import type { Kind } from "../../core/kind";
import { rule } from "./grade";
import { View } from "./view";

export const writing: Kind = { rule, View };
